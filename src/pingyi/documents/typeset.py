"""Typeset a PDF from a template and plain values, with the fonts that come along; the same input gives the same bytes.

A template is a Typst file in `documents/typst/`; it reads what it says with `json("values.json")`, so words of people
are never read as markup. `house.typ` there holds what official papers share. Pictures are named in the values and
handed over beside them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "typst"
UNPRINTABLE = "〓"  # the printer's mark for a character that the fonts lack
STANDARD: Final = "a-2b"  # PDF/A: for the archive
WITH_FILES: Final = "a-3b"  # the same, and files of any kind may go with it


def pdf(
    template: str,
    values: object,
    *,
    pictures: Mapping[str, bytes] | None = None,
    attached: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the PDF of a template such as "letter", filled with a dataclass or a mapping.

    Pictures are handed over by file name, and so are the files that the template attaches.
    """
    import typst

    files = {path.name: path.read_bytes() for path in TEMPLATES.glob("*.typ")}
    files["main.typ"] = files.pop(f"{template}.typ")
    files["values.json"] = json.dumps(_plain(values), ensure_ascii=False, sort_keys=True).encode()
    everything: Any = {
        **files,
        **(pictures or {}),
        **(attached or {}),
    }  # files by name: no folder is read; the library's types forget it
    made = typst.compile(
        everything,
        font_paths=[FONTS],
        ignore_system_fonts=True,  # a server has none, or others: the paper would differ from place to place
        pdf_standards=WITH_FILES if attached else STANDARD,
        timestamp=0,
    )
    return bytes(made)


def unprintable(text: str) -> str:
    """Return the characters of a text that the fonts lack, each once, in order; a PDF shows 〓 for them."""
    return "".join(dict.fromkeys(letter for letter in text if letter not in _characters() and letter not in "\n\r\t"))


@cache
def _characters() -> frozenset[str]:
    return frozenset((FONTS / "characters.txt").read_text(encoding="utf-8").replace("\n", ""))


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (date, Decimal)):
        return str(value)
    return _printable(value) if isinstance(value, str) else value


def _printable(text: str) -> str:
    lacking = unprintable(text)
    return text.translate(dict.fromkeys(map(ord, lacking), UNPRINTABLE)) if lacking else text
