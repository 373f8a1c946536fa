"""What is open, accepted and in order before a step: the declared checks beside what was accepted of them (§5.4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pingyi import ready
from pingyi.bureau.models import Acceptance
from pingyi.record import queries as record
from pingyi.rules import readiness as rules
from pingyi.rules.readiness import Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """A line that somebody accepted as it is: who, when, on what ground, in what words."""

    line: ready.Line
    by: str
    on: date
    ground: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """Everything that was looked at before one step."""

    occasion: ready.Occasion
    open: tuple[ready.Line, ...]
    accepted: tuple[Accepted, ...]
    in_order: tuple[ready.Check, ...]
    foreseen: tuple[ready.Foreseen, ...]

    def of(self, severity: Severity) -> list[ready.Line]:
        """Return the open lines of one gravity."""
        return [line for line in self.open if line.check.severity is severity]

    @property
    def stops(self) -> list[ready.Line]:
        """What the step is refused for."""
        return self.of(Severity.STOPS)

    @property
    def warns(self) -> list[ready.Line]:
        """What should be mended, or accepted, before the step."""
        return self.of(Severity.WARNS)

    @property
    def acceptable(self) -> list[ready.Line]:
        """What may be accepted together, with one reason."""
        return [line for line in self.warns if line.check.is_acceptable]

    @property
    def notes(self) -> list[ready.Line]:
        """What is good to know."""
        return self.of(Severity.NOTES)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is open but what is only good to know."""
        return not self.stops and not self.warns


def look(occasion: ready.Occasion) -> Readiness:
    """Look at everything that rooms declared for this step, and at what was accepted of it in its year."""
    lines = ready.lines(occasion)
    rows = Acceptance.objects.filter(year=occasion.year).select_related("accepted_by")
    kept = {(row.line, row.digest): row for row in rows}
    accepted = [(line, kept[line.check.id, line.digest]) for line in lines if (line.check.id, line.digest) in kept]
    taken, found = {line.check.id for line, _ in accepted}, {line.check.id for line in lines}
    return Readiness(
        occasion=occasion,
        open=tuple(line for line in lines if line.check.id not in taken),
        accepted=tuple(_accepted(line, row) for line, row in accepted),
        in_order=tuple(one for one in ready.checks(occasion.step) if one.id not in found),
        foreseen=tuple(ready.foreseen(occasion)),
    )


def require(occasion: ready.Occasion, *, told: Collection[str] = ()) -> None:
    """Refuse a step while a line is neither mended nor accepted; `told` are those whose reason the step itself asks."""
    found = look(occasion)
    open_lines = (line.check.id for line in (*found.stops, *found.warns))
    rules.require_ready([line for line in open_lines if line not in told])


def _accepted(line: ready.Line, row: Acceptance) -> Accepted:
    told = record.history(row.subject, with_words=True)
    ground, words = (told[0].ground, told[0].reason) if told else ("", "")
    return Accepted(line=line, by=row.accepted_by.name, on=row.accepted_on, ground=ground, words=words)
