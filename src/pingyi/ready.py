"""What must be in order before a great step: rooms declare their checks here; one page and one command show them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.utils.functional import Promise

from pingyi.rules.plan import Plan
from pingyi.rules.readiness import Severity, Step
from pingyi.words import Bilingual

Known = TypeVar("Known")
EVERY_STEP = frozenset(Step)


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """A step that is about to be done: the adoption of a version, or the settling of a year."""

    step: Step
    about: str  # the version's reference, or the year
    title: str
    year: int
    plan: Plan | None  # None before one was brought
    url: str  # where the step is done
    at: datetime
    asked: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what its checks know already

    def once(self, name: str, ask: Callable[[], Known]) -> Known:
        """Return what several checks of one look need, asked by the first of them."""
        if name not in self.asked:
            self.asked[name] = ask()
        known: Known = self.asked[name]
        return known


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """That something is not in order: the facts of the sentence, whom or what it is about, and where it is mended."""

    mend: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    names: tuple[str | Bilingual, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing that is looked at; `sentence` takes the finding's facts, and `names` is their number."""

    id: str
    title: str | Promise  # what is looked at, for the list of what is in order
    sentence: str | Promise
    remedy: str | Promise  # what the way to mend it is called
    severity: Severity
    find: Callable[[Occasion], Finding | None]
    steps: frozenset[Step] = EVERY_STEP
    is_acceptable: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A check that found something."""

    check: Check
    finding: Finding

    @property
    def said(self) -> str:
        """The sentence in the reader's language."""
        return str(self.check.sentence) % {**self.finding.facts, "count": len(self.finding.names)}

    @property
    def digest(self) -> str:
        """What was found, as one word: an acceptance holds only for what was seen."""
        facts = {name: _plain(value) for name, value in self.finding.facts.items()}
        found = [facts, [_plain(one) for one in self.finding.names]]
        text = json.dumps([self.check.id, found], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


def together(seen: Iterable[Line]) -> str:
    """Return several lines as one word, for an acceptance of them all: it holds only for what was seen."""
    return hashlib.sha256("\n".join(sorted(line.digest for line in seen)).encode("ascii")).hexdigest()


def _plain(value: object) -> str:
    """Return a fact as it is whoever reads it: in another language it is still the same."""
    return value.zh if isinstance(value, Bilingual) else str(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreseen:
    """One figure of what a step would do if it were done now."""

    label: str | Promise
    value: int
    is_bad: bool = False  # that it is not nought is no good sign


Occasions = Callable[[datetime], Sequence[Occasion]]
Foresight = Callable[[Occasion], Sequence[Foreseen]]

_CHECKS: list[Check] = []
_OCCASIONS: list[Occasions] = []
_FORESIGHTS: list[Foresight] = []


def declare(checks: Iterable[Check]) -> None:
    """Add a room's checks; called once, from its AppConfig.ready."""
    known = {one.id for one in _CHECKS}
    _CHECKS.extend(one for one in checks if one.id not in known)


def occasions_from(source: Occasions) -> None:
    """Register who knows what is about to be done; called once, from AppConfig.ready."""
    if source not in _OCCASIONS:
        _OCCASIONS.append(source)


def foreseen_by(source: Foresight) -> None:
    """Register who knows what a step would do; called once, from AppConfig.ready."""
    if source not in _FORESIGHTS:
        _FORESIGHTS.append(source)


def foreseen(given: Occasion) -> list[Foreseen]:
    """Return what a step would do if it were done now; nothing is changed."""
    return [one for source in _FORESIGHTS for one in source(given)]


def checks(step: Step) -> list[Check]:
    """Return what is looked at before a step, the gravest first, in the order in which rooms declared it."""
    order = list(Severity)
    return sorted((one for one in _CHECKS if step in one.steps), key=lambda one: order.index(one.severity))


def occasions(*, at: datetime) -> list[Occasion]:
    """Return every step that is about to be done, the nearest first."""
    order = list(Step)
    found = [one for source in _OCCASIONS for one in source(at)]
    return sorted(found, key=lambda one: order.index(one.step))


def occasion(step: str, about: str, *, at: datetime) -> Occasion | None:
    """Return one step by its name and what it is about; None where it is not about to be done."""
    return next((one for one in occasions(at=at) if (one.step.value, one.about) == (step, about)), None)


def lines(given: Occasion) -> list[Line]:
    """Look at everything, and return what is not in order."""
    found = ((one, one.find(given)) for one in checks(given.step))
    return [Line(check=one, finding=finding) for one, finding in found if finding is not None]
