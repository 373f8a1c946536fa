"""What may be handed in, and what of it is kept."""

from __future__ import annotations

import io

import pytest
from docx import Document
from PIL import Image

from pingyi.documents import handed_in
from pingyi.reader import client
from pingyi.reader.papers import COMPOUND_HEAD
from pingyi.reader.refusals import NotReadError
from pingyi.rules.refused import Refused


def photo(**options: object) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (36.0, 5.0, 1.0)}  # GPS
    exif[0x0112] = 6  # turned by a quarter
    Image.new("RGB", (40, 20), "green").save(out, "JPEG", exif=exif, **options)
    return out.getvalue()


def refused(content: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        handed_in.accept(content, name=name)
    return caught.value.code


def test_a_photograph_loses_the_place_where_it_was_taken_and_stands_upright() -> None:
    kept = handed_in.accept(photo(), name="公示牌.JPG")
    with Image.open(io.BytesIO(kept.content)) as image:
        assert not image.getexif()
        assert image.size == (20, 40)
    assert (kept.name, kept.mime) == ("公示牌.jpg", "image/jpeg")


def test_what_hangs_behind_a_picture_is_not_kept() -> None:
    kept = handed_in.accept(photo() + b"<script>alert(1)</script>", name="a.jpg")
    assert b"script" not in kept.content


def test_a_word_document_a_pdf_and_a_text_are_kept_as_they_are() -> None:
    out = io.BytesIO()
    Document().save(out)
    assert handed_in.accept(out.getvalue(), name="总结.docx").content == out.getvalue()
    assert handed_in.accept(b"%PDF-1.7\n%\xe2\xe3", name="总结.pdf").mime == "application/pdf"
    assert handed_in.accept("签到表".encode("gb18030"), name="签到.txt").mime == "text/plain"
    assert handed_in.accept(COMPOUND_HEAD + b"\0" * 600, name="旧.doc").mime == "application/msword"


def test_a_kind_is_read_from_the_content_and_not_from_the_name() -> None:
    assert refused(b"MZ\x90\0" + b"\0" * 100, "总结.pdf") == "file.kind_not_accepted"
    assert refused(b"PK\x03\x04" + b"\0" * 50, "总结.docx") == "file.kind_not_accepted"
    assert refused(b"<html><script>1</script></html>", "a.html") == "file.kind_not_accepted"
    assert refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg") == "file.kind_not_accepted"
    assert refused(b"a\0b", "a.txt") == "file.kind_not_accepted"
    assert handed_in.accept(photo(), name="no-ending").mime == "image/jpeg"


def test_empty_large_and_damaged_files_are_refused_by_name() -> None:
    assert refused(b"", "a.pdf") == "file.empty"
    assert refused(b"%PDF-" + b"0" * handed_in.LARGEST, "a.pdf") == "file.too_large"
    assert refused(photo()[:200], "a.jpg") == "file.damaged_picture"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\桌面\\照片 1.jpg", "照片 1.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("con<>|.txt", "con___.txt"),
        ("", "file"),
        ("长" * 200 + ".docx", "长" * 75 + ".docx"),
    ],
)
def test_names_become_safe(given: str, kept: str) -> None:
    assert handed_in.safe_name(given) == kept


@pytest.mark.parametrize("code", ["file.damaged", "file.too_much"])
def test_a_file_whose_reading_was_ended_is_named(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: object, **__: object) -> None:
        raise NotReadError(code)

    monkeypatch.setattr(client, "ask", ended)
    with pytest.raises(Refused) as caught:
        handed_in.accept(b"%PDF-1.7", name="../证据.pdf")
    assert (caught.value.code, caught.value.facts) == (code, {"name": "证据.pdf"})
