"""The lines of a document under the printer's headings, and whether these are the printer's headings (§0)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pingyi.authoring.printing.blocks import BlockKind
from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints.patterns import bare, day_source, matches, source_of
from pingyi.authoring.values import is_english

LANGUAGES: Final = ("zh", "en")
LEAST_HEADINGS: Final = 8  # so many of ours, in our order, and the document is one of our prints
MOST_LINES: Final = 5_000
# The printer's headings in its order, and those under each.
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "preamble": (),
    "principles": (),
    "subject": ("who", "what", "organizer"),
    "steps": (),  # a phase's own name stands there
    "service": ("channels", "solicitations", "limits", "handling", "rules"),
    "marks": ("sources", "indicators", "scales", "votes", "adjust", "rank"),
    "outcome": ("triggers", "measures", "conditions"),
    "open": (),
    "requirements": (),
}
_LABELS: Final = {
    "zh": (r"[一二三四五六七八九十]{1,3}、\s*", r"（[一二三四五六七八九十]{1,3}）\s*", r"(\d{1,3})\.\s*"),
    "en": (r"\d{1,2}\.\s*", r"\d{1,2}\.\d{1,3}\s+", r"(\d{1,3})\.\s+"),
}
_HEADING_LINES: Final = 3
_STOPS: Final = "。.；;！？”"


@dataclass(kw_only=True, slots=True)
class Seen:
    """One paragraph or table of a print, and on which lines it stands."""

    kind: BlockKind
    first: int
    last: int
    label: str = ""
    pieces: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    tongue: str = "zh"

    @property
    def text(self) -> str:
        """Its words, where several lines made one paragraph."""
        return (" " if is_english(self.tongue) else "").join(self.pieces)


@dataclass(kw_only=True, slots=True)
class Sheet:
    """What stands under one heading."""

    head: str
    sub: str
    title: str  # the words of the heading
    line: int
    blocks: list[Seen] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Sheets:
    """A whole print."""

    tongue: str
    lines: list[str]
    sheets: list[Sheet]
    signatures: list[Seen] = field(default_factory=list)

    def under(self, head: str, sub: str = "") -> list[Sheet]:
        """Return what stands under a heading; under "steps" each phase by itself."""
        return [one for one in self.sheets if one.head == head and one.sub == sub]

    @property
    def count(self) -> int:
        """How many of the headings are the printer's."""
        return sum(bool(one.head) for one in self.sheets)


def sheets_of(text: str, *, is_by_lines: bool) -> Sheets | None:
    """Return a document under the printer's headings, in the language that has them; nothing where it is not a print.

    `is_by_lines` where a paragraph may go on in the next line.
    """
    lines = [line for line in map(_line, re.split(r"[\n\f]", text)) if bare(line)]
    if len(lines) > MOST_LINES:
        return None
    found = max(
        (_Sorting(lines, one, is_by_lines=is_by_lines).sheets() for one in LANGUAGES), key=lambda one: one.count
    )
    return found if found.count >= LEAST_HEADINGS else None


def _line(line: str) -> str:
    """Return a line without its margin; cells that a text parts by strokes are parted as others are."""
    return re.sub("[ 　]*　｜　[ 　]*", "\t", line).strip()


class _Sorting:
    """One pass over the lines in one language."""

    def __init__(self, lines: Sequence[str], tongue: str, *, is_by_lines: bool) -> None:
        self._tongue, self._is_by_lines = tongue, is_by_lines
        self._labels = _LABELS["en" if is_english(tongue) else "zh"]
        self._heads = list(HEADINGS)
        self._subs: list[str] = []
        self._number = 0
        self._taken = -1  # the last line that a heading took with it
        self._all = list(lines)

    def sheets(self) -> Sheets:
        """Return the sheets and the signatures."""
        if self._is_by_lines and self._all:  # issuer and day are centred, and can be taken for one title
            parted = re.fullmatch(rf"(.+?)\s*({day_source(self._tongue)})", self._all[-1])
            self._all[-1:] = parted.groups() if parted else self._all[-1:]
        signed = self._signed()
        found = Sheets(tongue=self._tongue, lines=self._all, sheets=[Sheet(head="", sub="", title="", line=0)])
        for number, line in enumerate(self._all[: len(self._all) - signed]):
            if number <= self._taken:
                continue
            heading = self._heading(line, number, found.sheets[-1])
            if heading is not None:
                found.sheets.append(heading)
                self._number = 0
            else:
                self._put(found.sheets[-1], line, number)
        found.signatures = [
            self._seen(BlockKind.SIGNATURE, number, self._all[number])
            for number in range(len(self._all) - signed, len(self._all))
        ]
        return found

    def _signed(self) -> int:
        """Return how many lines at the end are the signature: the issuer, and the day where there is one."""
        has_day = bool(self._all) and matches(self._all[-1], day_source(self._tongue))
        above = self._all[-1 - has_day :][:1]
        is_name = bool(above) and "\t" not in above[0] and not any(re.match(one, above[0]) for one in self._labels)
        return has_day + is_name

    def _heading(self, line: str, number: int, last: Sheet) -> Sheet | None:
        first, second, _ = self._labels
        if found := re.match(first, line):
            words = bare(line[found.end() :])
            code = next((one for one in self._heads if bare(word(one, language=self._tongue)) == words), None)
            if code is not None:
                self._heads = self._heads[self._heads.index(code) + 1 :]
                self._subs = list(HEADINGS[code])
                return Sheet(head=code, sub="", title=line[found.end() :], line=number)
        if last.head and (found := re.match(second, line)):
            return self._subheading(line[found.end() :], number, last)
        return None

    def _subheading(self, words: str, number: int, last: Sheet) -> Sheet | None:
        if last.head == "steps":
            return self._phase(words, number)
        code = next((one for one in self._subs if bare(word(one, language=self._tongue)) == bare(words)), None)
        if code is None:
            return None
        self._subs = self._subs[self._subs.index(code) + 1 :]
        return Sheet(head=last.head, sub=code, title=words, line=number)

    def _phase(self, words: str, number: int) -> Sheet | None:
        """Return a phase; its name and days may fill more than a line, or have run into the text below them."""
        gap = " " if is_english(self._tongue) else ""
        for last in range(number, number + (_HEADING_LINES if self._is_by_lines else 1)):
            whole = gap.join([words, *self._all[number + 1 : last + 1]])
            if found := re.match(phase_source(self._tongue), whole, re.DOTALL):
                sheet = Sheet(head="steps", sub="phase", title=found.group(), line=number)
                self._taken = last
                if rest := whole[found.end() :].strip():
                    sheet.blocks.append(self._seen(BlockKind.BODY, last, rest))
                return sheet
        return None

    def _put(self, sheet: Sheet, line: str, number: int) -> None:
        last = sheet.blocks[-1] if sheet.blocks else None
        if "\t" in line:
            row = tuple(cell.strip() for cell in line.split("\t"))
            if last is None or last.kind is not BlockKind.TABLE:
                last = self._seen(BlockKind.TABLE, number)
                sheet.blocks.append(last)
            if row not in last.rows[:1]:  # a head that is repeated over the page
                last.rows.append(row)
            last.last = number
            return
        labelled = re.match(self._labels[2], line)
        if sheet.head and labelled and int(labelled[1]) in range(max(1, self._number), self._number + 3):
            self._number = int(labelled[1])
            sheet.blocks.append(self._seen(BlockKind.ITEM, number, line[labelled.end() :], label=labelled.group()))
        elif last is not None and self._goes_on(last):
            last.pieces.append(line)
            last.last = number
        else:
            sheet.blocks.append(self._seen(BlockKind.BODY, number, line))

    def _goes_on(self, last: Seen) -> bool:
        if last.kind is not BlockKind.ITEM:
            return False
        return self._is_by_lines or not last.text.endswith(tuple(_STOPS))

    def _seen(self, kind: BlockKind, number: int, text: str = "", *, label: str = "") -> Seen:
        pieces = [text] if text else []
        return Seen(kind=kind, first=number, last=number, label=label, pieces=pieces, tongue=self._tongue)


def phase_source(tongue: str) -> str:
    """Return how a phase is headed."""
    return source_of("phase", tongue, begins=day_source(tongue), ends=day_source(tongue))
