"""CSV and its kin → one sheet: encoding and delimiter are judged from the text itself."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pingyi.reader.decoding import decode
from pingyi.reader.refusals import NotReadError
from pingyi.reader.sheet import Row, Sheet

SAMPLED_LINES = 60  # by which the delimiter is judged
csv.field_size_limit(60_000_000)  # what is too long for a cell is said at its cell


def text_sheet(content: bytes, *, strict: bool = False) -> Sheet:
    """Return the sheet of a text, its rows still to be read; `strict` refuses an encoding that is only guessed."""
    encoding, delimiter = text_form(content, strict=strict)
    return Sheet(name="", rows=_lines(content, encoding=encoding, delimiter=delimiter))


def text_form(content: bytes, *, strict: bool = False) -> tuple[str, str]:
    """Return the encoding and the delimiter of a table that is text."""
    try:
        words, encoding = decode(content)
    except NotReadError as fault:
        raise NotReadError("file.text") from fault
    if words.lstrip()[:200].casefold().startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise NotReadError("file.not_a_table", kind="HTML/XML")
    is_guessed = "\ufffd" in words or not encoding.startswith(("utf", "gb18030"))
    if words.count("\ufffd") > len(words) // 20 or (strict and is_guessed):
        raise NotReadError("file.text")
    lines = words[:200_000].splitlines(keepends=True)[:SAMPLED_LINES]
    return encoding, max(",\t;，|", key=lambda mark: _evenness(lines, mark=mark))


def _evenness(lines: list[str], *, mark: str) -> tuple[float, int]:
    """Return the share of rows that this delimiter makes equally wide, and how wide; prose is full of commas too."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if any(row))
    except csv.Error:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda one: (one[1] if one[0] > 1 else 0, one[0]), default=(0, 0))
    return (count / widths.total(), width) if width > 1 else (0.0, 0)


def _lines(content: bytes, *, encoding: str, delimiter: str) -> Iterator[Row]:
    words = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
    heard: list[str] = []  # the lines of the row that is being read
    first = 1
    try:
        for row in csv.reader(_remembered(words, heard), delimiter=delimiter):
            if len(heard) > 1 and _is_open(heard, delimiter=delimiter):
                raise NotReadError("file.open_quote", line=str(first))
            first += len(heard)
            heard.clear()
            yield row
    except csv.Error as fault:
        raise NotReadError("file.damaged") from fault


def _remembered(lines: Iterable[str], heard: list[str]) -> Iterator[str]:
    for line in lines:
        heard.append(line)
        yield line


def _is_open(lines: Sequence[str], *, delimiter: str) -> bool:
    """Whether a quotation mark is never closed: all that follows is then taken for one cell."""
    if not sum(line.count('"') for line in lines) % 2:
        return False
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return "end of data" in str(fault)
    return False
