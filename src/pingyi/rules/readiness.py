"""What must be in order before a plan is adopted and before a verdict is computed, as plain judgements (§0, §4.4b)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address

from pingyi.rules.plan import Plan
from pingyi.rules.plan.outcome import Consequence, ConsequenceKind
from pingyi.rules.refused import Refused


class Step(StrEnum):
    """What is about to be done."""

    ADOPT = "adopt"
    SETTLE = "settle"


class Severity(StrEnum):
    """What an open line does to the step, the gravest first."""

    STOPS = "stops"  # the step is refused until the line is mended or accepted with a reason of its own
    WARNS = "warns"  # it is refused until then too, but several lines may be accepted with one reason
    NOTES = "notes"


# What follows from a verdict within a term; without one nobody can say when it is late.
IN_TERM = frozenset(
    {
        ConsequenceKind.EXPLANATION,
        ConsequenceKind.RECTIFICATION_ORDER,
        ConsequenceKind.ADMONITION_TALK,
        ConsequenceKind.TALK,
    }
)
TERM_WORDS = ("限期", "期限", "按期", "within")


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassFit:
    """How a plan's classes and the bureau's sections fit together (§3.1)."""

    unplaced: tuple[str, ...]  # names of sections that no class takes
    empty: tuple[str, ...]  # names of classes that no section is in


def years_differ(*, plan: int, bureau: int, today: int) -> bool:
    """Whether a plan is of another year than the bureau works in, or of one that is over."""
    return plan != bureau or plan < today


def without_term(plan: Plan) -> tuple[str, ...]:
    """Return the names of the consequences that are to be done within a term which the plan does not give."""
    return tuple(one.name for one in plan.consequences if one.days is None and _promises_term(one))


def class_fit(plan: Plan, *, placed: Mapping[str, str]) -> ClassFit:
    """Return what does not fit, given each section's name and the id of its class as the plan sees it."""
    known = {one.id for one in plan.subject.classes}
    return ClassFit(
        unplaced=tuple(name for name, class_ in placed.items() if class_ not in known),
        empty=tuple(one.name for one in plan.subject.classes if one.id not in placed.values()),
    )


def is_loopback(hosts: Iterable[str]) -> bool:
    """Whether a site answers under no name but those that only its own machine reaches."""
    return all(_is_own(host) for host in hosts)


def require_acceptable(*, seen: str, stands: str, is_acceptable: bool, reason: str) -> None:
    """Refuse to accept a line that is no longer as it was seen, must be mended, or comes without a reason."""
    if not stands:
        raise Refused("ready.gone")
    if not is_acceptable:
        raise Refused("ready.to_be_mended")
    if seen != stands:
        raise Refused("ready.changed")
    if not reason.strip():
        raise Refused("ready.reason_needed", field="reason")


def require_ready(open_lines: Sequence[str] | Collection[str]) -> None:
    """Refuse a step while a line is neither mended nor accepted."""
    if open_lines:
        raise Refused("ready.open", count=len(open_lines))


def _promises_term(one: Consequence) -> bool:
    return one.kind in IN_TERM or any(word in one.name for word in TERM_WORDS)


def _is_own(host: str) -> bool:
    name = host.strip().lower().removeprefix("[").removesuffix("]")
    if name in {"", "localhost", "testserver"} or name.endswith((".localhost", ".local")):
        return True
    try:
        found = ip_address(name)
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified
