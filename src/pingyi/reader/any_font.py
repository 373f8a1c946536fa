"""A font with one box for every character: the stand-in for fonts that a PDF names and does not bring along.

A sealed child can open no font of the machine. Of a font that has nothing to draw the library drops glyphs that stand
alone; and what a PDF says would depend on the fonts that happen to be installed.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

from pypdfium2 import raw

_NAME = b"AnyCharacter\0"
_GB2312 = 134  # the character set that is asked for most here; the font holds all of them
_FONT = 1  # the handle of the only font


@cache
def use() -> ctypes.Structure:
    """Have the PDF library take this font wherever one is missing; what it calls is kept for good."""
    content = font()

    def data(_: object, __: object, table: int, room: Any, size: int) -> int:
        return 0 if table else _copied(content, room, size)

    def name(_: object, __: object, room: Any, size: int) -> int:
        return _copied(_NAME, room, size)

    calls = {
        "Release": lambda _: None,
        "EnumFonts": lambda _, __: None,
        "MapFont": lambda *_: _FONT,
        "GetFont": lambda _, __: _FONT,
        "GetFontData": data,
        "GetFaceName": name,
        "GetFontCharset": lambda _, __: _GB2312,
        "DeleteFont": lambda _, __: None,
    }
    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    told: ctypes.Structure = raw.FPDF_SYSFONTINFO(version=1, **{one: kinds[one](call) for one, call in calls.items()})
    raw.FPDF_SetSystemFontInfo(told)
    return told


def _copied(content: bytes, room: Any, size: int) -> int:
    if size >= len(content):
        ctypes.memmove(room, content, len(content))
    return len(content)


def font() -> bytes:
    """Return the font: every character is the same box, as wide as a Chinese character (TrueType)."""
    box = struct.pack(">5h", 1, 0, -120, 1000, 880) + struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)
    box += struct.pack(">8h", 0, 1000, 0, -1000, -120, 0, 1000, 0)
    box += bytes(-len(box) % 4)
    tables = {
        # Format 13: many characters, one glyph.
        b"cmap": struct.pack(">4HI2H6I", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 0x21, 0x10FFFF, 1),
        b"glyf": box * 2,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 65536, 65536, 0, 0x5F0F3CF5, 3, 1000, 0, 0, 0, -120, 1000, 880, 0, 8, 2, 0, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 65536, 880, -120, 0, 1000, 0, 0, 1000, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">H2h", 1000, 0, 0),
        b"loca": struct.pack(">3H", 0, len(box) // 2, len(box)),
        b"maxp": struct.pack(">I14H", 65536, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    places = b""
    body = b""
    for name, content in sorted(tables.items()):
        start = 12 + 16 * len(tables) + len(body)
        places += struct.pack(">4s3I", name, 0, start, len(content))
        body += content + bytes(-len(content) % 4)
    return struct.pack(">I4H", 65536, len(tables), 64, 2, 16 * len(tables) - 64) + places + body
