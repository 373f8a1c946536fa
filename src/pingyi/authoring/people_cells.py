"""One cell → one typed value, or a problem that names the cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches

from pingyi.authoring import people_words as words

_EXCEL_BEGIN = date(1899, 12, 30)
_ERRORS = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProblem:
    """Something wrong at one place of the file; row 0 is the file itself."""

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    facts: dict[str, object] = field(default_factory=dict)

    def sentence(self, *, zh: bool) -> str:
        """Return what is wrong and what to do."""
        return words.sentence(self.code, zh=zh, **self.facts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row below the head: field → text, with where it stands and what its columns are called."""

    sheet: str
    row: int
    cells: dict[str, str]
    heads: dict[str, str]


class Reader:
    """Reads the cells of one line, gathering problems."""

    def __init__(self, line: Line, problems: list[RowProblem]) -> None:
        """Read this line into that list."""
        self.line = line
        self.problems = problems
        for name, text in line.cells.items():
            if _ERRORS.fullmatch(text):
                self.fault("cell.error", name, value=text)

    def fault(self, code: str, name: str, /, **facts: object) -> None:
        """Note a problem at a field of this line."""
        column = self.line.heads.get(name, "")
        place = {"sheet": self.line.sheet, "row": self.line.row, "column": column}
        self.problems.append(RowProblem(code=code, facts=facts, **place))  # type: ignore[arg-type]

    def text(self, name: str, *, most: int = 60) -> str:
        """Return a text that is short enough to be kept."""
        value = self.line.cells.get(name, "")
        if len(value) > most:
            self.fault("name.too_long", name, value=value[:20] + "…", most=most)
        return value[:most]

    def required(self, name: str, *, most: int = 60) -> str:
        """Return a text that must be there."""
        value = self.text(name, most=most)
        if not value:
            self.fault("name.missing", name)
        return value

    def phone(self, name: str) -> str:
        """Return a number that can be dialled; 13800000000.0 is a number that a spreadsheet mistook."""
        value = re.sub(r"[\s()（）]", "", re.sub(r"\.0+$", "", self.line.cells.get(name, "")))
        if value and not re.fullmatch(r"\+?\d[\d-]{4,18}(转\d{1,6})?", value):
            self.fault("phone.unreadable", name, value=value[:30])
        return value

    def mail(self, name: str) -> str:
        """Return an address that mail can be sent to."""
        value = self.line.cells.get(name, "").strip()
        if value and not re.fullmatch(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", value[:255]):
            self.fault("mail.unreadable", name, value=value[:30])
        return value[:255]

    def day(self, name: str) -> date | None:
        """Return a date in any common spelling, an Excel serial number included."""
        value = self.line.cells.get(name, "")
        found = _DATE.fullmatch(value.split("T")[0].split(" ")[0] if value[:4].isdigit() else value)
        try:
            if found:
                return date(*(int(part) for part in found.groups()))
            if re.fullmatch(r"[2-6]\d{4}(\.\d+)?", value):
                return _EXCEL_BEGIN + timedelta(days=int(float(value)))
        except ValueError:
            found = None
        if value:
            self.fault("date.unreadable", name, value=value[:30])
        return None

    def yes(self, name: str) -> bool | None:
        """Return yes or no; None where the cell says nothing."""
        value = self.line.cells.get(name, "").lower()
        if value in words.YES | words.NO:
            return value in words.YES
        if value:
            self.fault("yes_no.unreadable", name, value=value[:30])
        return None


def near(value: str, known: list[str]) -> str:
    """Return "did you mean" for a misspelled name, or nothing."""
    match = get_close_matches(value, known, n=1, cutoff=0.5)
    return f"（{match[0]}？）" if match else ""
