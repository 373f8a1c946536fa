"""What an import gives: the plan as far as it was understood, and where each part of it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from pingyi.authoring.prose.fact_kinds import Fact
from pingyi.rules.plan import Plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of the cleaned text."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing understood: where it is in the plan ("phases[0]") and which words say so."""

    path: str
    start: int
    end: int
    quote: str
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence of the text that gave nothing."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A passage in which bytes were lost, as found, with its neighborhood."""

    start: int
    end: int
    found: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return it as it stands there."""
        return f"{self.before}{self.found}{self.after}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """A problem of understanding: a code with facts, and the place where there is one."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)
    span: Span | None = None
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedUnit:
    """A unit that the text evaluates by name, and its class where it gives one."""

    name: str
    kind: str
    section_class: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A plan document as it was understood; all places refer to `text`."""

    name: str
    text: str
    plan: Plan
    items: tuple[Item, ...]
    uncovered: tuple[Sentence, ...]
    lost: tuple[Lost, ...]
    problems: tuple[Doubt, ...]
    units: tuple[NamedUnit, ...] = ()
    left_out: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    half_read: tuple[Doubt, ...] = ()  # sentences that were used, and lost a fact on the way
    sentences: int = 0

    @property
    def is_usable(self) -> bool:
        """Tell whether anything of a plan was found at all."""
        return not any(problem.code == "nothing" for problem in self.problems)
