"""Pictures that were made to harm: no program is started for them, no memory runs out, and each is told in words."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from pingyi.documents import handed_in
from pingyi.reader.pictures import FORMATS
from pingyi.rules.refused import Refused

PROGRAM = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n{} loop\n"
# What a library would open if it were let: each has had its holes, and no telephone makes one.
UNWANTED = ("PPM", "SGI", "TGA", "DDS", "ICNS", "PCX", "XBM", "JPEG2000", "MSP", "SPIDER", "ICO", "BLP", "EPS")


def drawn(form: str, size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.new(mode, size, 1 if mode == "1" else None).save(out, form)
    return out.getvalue()


def refused(content: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        handed_in.accept(content, name=name)
    return caught.value.code


def empty_png(width: int, height: int) -> bytes:
    """A picture of one colour: a few kilobytes for any number of pixels."""
    rows = zlib.compressobj(9)
    row = b"\0" + b"\0" * (width // 8 + bool(width % 8))
    body = b"".join(rows.compress(row) for _ in range(height)) + rows.flush()
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", body), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(one)) + kind + one + struct.pack(">I", zlib.crc32(kind + one)) for kind, one in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "photo.eps", "photo", "photo.pdf"])
def test_a_program_named_as_a_picture_starts_no_other_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    mark = tmp_path / "was started"
    for program in ("gs", "gswin64c"):
        path = tmp_path / program
        path.write_text(f"#!/bin/sh\ntouch '{mark}'\n", encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert refused(PROGRAM, name).startswith("file.")
    assert not mark.exists()


@pytest.mark.parametrize("form", UNWANTED)
def test_a_format_that_no_telephone_makes_is_not_opened(form: str) -> None:
    modes = {"XBM": "1", "MSP": "1", "SPIDER": "F", "BLP": "P"}
    content = drawn(form, mode=modes.get(form, "RGB"))
    for name in ("photo.png", "photo.jpg", f"photo.{form.lower()}"):
        assert refused(content, name) in {"file.kind_not_accepted", "file.damaged_picture"}


@pytest.mark.parametrize("form", [*FORMATS, "MPO"])
def test_what_telephones_cameras_and_scanners_make_is_taken(form: str) -> None:
    kept = handed_in.accept(drawn(form), name=f"photo.{form.lower()}")
    with Image.open(io.BytesIO(kept.content)) as opened:
        assert opened.size == (64, 48)
    assert kept.mime in {"image/png", "image/jpeg"}


@pytest.mark.parametrize("size", [(8_900, 8_900), (30_000, 30_000), (60_000, 1_000)])
def test_small_files_of_many_pixels_are_refused_before_they_take_memory(size: tuple[int, int]) -> None:
    assert refused(empty_png(*size), "plan.png") == "file.too_many_pixels"


def test_a_telephones_largest_photograph_is_taken_and_made_smaller() -> None:
    kept = handed_in.accept(drawn("JPEG", (9_248, 6_936)), name="photo.jpg")
    with Image.open(io.BytesIO(kept.content)) as opened:
        assert max(opened.size) == 4096


def test_what_shines_through_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "WEBP", lossless=True)
    with Image.open(io.BytesIO(handed_in.accept(out.getvalue(), name="a.webp").content)) as opened:
        assert opened.getpixel((4, 4)) == (255, 255, 255)
