"""Understanding a long plan document, against merely taking the text out of it."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import measure

PAGE = 600  # characters on a printed page of an official document, its blank lines counted in
GOLDEN = measure.ROOT / "src" / "pingyi" / "authoring" / "prose" / "tests" / "golden"


def figures() -> list[measure.Figure]:
    """Measure 50 pages against taking their text out, and 200 pages against 50."""
    with tempfile.TemporaryDirectory() as folder:
        short, long = Path(folder) / "50.docx", Path(folder) / "200.docx"
        for path in (short, long):
            measure.alone("reader", "make", path, path.stem, times=1)
        runs = {name: measure.alone("reader", name, short) for name in ("ours", "with_python_docx", "with_python")}
        great = measure.alone("reader", "ours", long)
    return _figures(runs, great)


def _figures(runs: dict[str, measure.Run], great: measure.Run) -> list[measure.Figure]:
    ours, docx, plain = runs["ours"], runs["with_python_docx"], runs["with_python"]
    return [
        measure.Figure(
            name="reader/python-docx",
            what="time to understand a plan of 50 pages (DOCX), against taking its text out with python-docx",
            ratio=f"{ours.seconds / docx.seconds:.1f} ×",
            detail=f"{ours.seconds:.2f} s : {docx.seconds:.2f} s; {ours.answer}",
        ),
        measure.Figure(
            name="reader/bytes",
            what="time to understand a plan of 50 pages (DOCX), against unpacking its bytes",
            ratio=f"{ours.seconds / plain.seconds:.0f} ×",
            detail=f"{ours.seconds:.2f} s : {plain.seconds:.4f} s",
        ),
        measure.Figure(
            name="reader/linear",
            what="time to understand a page of 200, against a page of 50",
            ratio=f"{great.seconds / 4 / ours.seconds:.2f} ×",
            detail=f"{great.seconds:.2f} s for 200 pages; {great.answer}",
        ),
        measure.Figure(
            name="reader/memory",
            what="most memory held for 200 pages, against 50",
            ratio=f"{great.peak_mb / ours.peak_mb:.2f} ×",
            detail=f"{great.peak_mb:.0f} MB : {ours.peak_mb:.0f} MB",
        ),
    ]


def make(path: str, pages: str) -> None:
    """Write a document of so many pages out of the paragraphs of the golden texts, each with its round in it."""
    from docx import Document

    texts = [file.read_bytes() for file in sorted(GOLDEN.glob("*.txt"))]
    paragraphs = [line for text in texts for line in _decoded(text).splitlines() if line.strip()]
    document, written, turn = Document(), 0, 0
    while written < int(pages) * PAGE:
        turn += 1
        for line in paragraphs:
            document.add_paragraph(line if turn == 1 else line.replace("局", f"局第{turn}分局"))
            written += len(line)
            if written >= int(pages) * PAGE:
                break
    document.save(path)


def ours(path: str) -> measure.Part:
    """Read and understand."""
    from pingyi.authoring.prose import understand
    from pingyi.authoring.reading import read_document

    def work() -> str:
        document = read_document(Path(path).read_bytes(), name=Path(path).name)
        draft = understand(document.text, name=Path(path).name)
        return f"{len(document.text):,} characters, {len(draft.plan.tasks)} duties found"

    return _part(work)


def with_python_docx(path: str) -> measure.Part:
    """Take the text out with python-docx."""
    from docx import Document

    return _part(lambda: len("\n".join(paragraph.text for paragraph in Document(path).paragraphs)))


def with_python(path: str) -> measure.Part:
    """Unpack the document's bytes."""

    def work() -> int:
        with zipfile.ZipFile(path) as archive:
            return len(archive.read("word/document.xml").decode())

    return _part(work)


def _part(work: Callable[[], object]) -> measure.Part:
    seconds, answer = measure.timed(work)  # without the libraries' loading
    return measure.Part(seconds=seconds, answer=answer)


def _decoded(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("gb18030", errors="replace")
