"""What this person may do next with a case: asked of the same rules that decide when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pingyi.rules.actor import Actor, Role
from pingyi.rules.case.stages import UNFINISHED, Stage
from pingyi.rules.day import day_of
from pingyi.rules.permissions import may
from pingyi.rules.refused import Refused
from pingyi.stations.cases.models import Case, CaseHold
from pingyi.stations.cases.queries import people, stops


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """A case, who looks at it and when."""

    case: Case
    by: Actor
    at: datetime
    carries: bool  # holder, stand-in or head: those who may act on it
    oversees: bool

    @property
    def is_open(self) -> bool:
        """Whether it is unfinished."""
        return self.case.stage in UNFINISHED

    @property
    def is_running(self) -> bool:
        """Whether its due date has not passed."""
        return day_of(self.at) <= self.case.due_on


def next_moves(case: Case, *, by: Actor, at: datetime) -> frozenset[str]:
    """Return the verbs, such as "answer", that this person may do to the case now."""
    around = Around(
        case=case,
        by=by,
        at=at,
        carries=carries(case, by=by, at=at),
        oversees=by.role is Role.SUPERVISION_OFFICE,
    )
    about = case.about()
    return frozenset(move for move, fits in _FITS.items() if may(by, f"case.{move}", about) and fits(around))


def carries(case: Case, *, by: Actor, at: datetime) -> bool:
    """Whether this person may act on the case as its holder would."""
    try:
        people.check_carrier(case, by=by, on=day_of(at))
    except Refused:
        return False
    return True


def _takes(around: Around) -> bool:
    case = around.case
    if not case.is_offered or not around.is_open:
        return False
    asked = people.taking(case.offered_to, case.offered_member, on=day_of(around.at)) if case.offered_member else []
    return not asked or around.by.reference in {one.reference for one in asked}


def _acts(around: Around) -> bool:
    return around.is_open and around.carries


def _handles(around: Around) -> bool:
    return around.is_open and (around.carries or around.oversees)


def _closes(around: Around) -> bool:
    case = around.case
    is_free = not case.is_offered and case.stopped_on is None
    return case.state.is_ready and is_free and not around.by.did_any(case.doers)


def _resumes(around: Around) -> bool:
    if around.case.stopped_on is None or not around.is_open:
        return False
    return around.carries or stops.ends_as_office(around.case, by=around.by)


def _looks(around: Around) -> bool:
    """Another than who stopped the clock or holds the case looks at a stop and lets it stand."""
    is_stopped = around.is_open and around.case.stopped_on is not None
    return is_stopped and not around.by.did_any(stops.handlers(around.case))


def _corrects(around: Around) -> bool:
    """Another than who gave the kind puts it right; a report of misconduct is neither made nor unmade by it."""
    case = around.case
    return around.is_open and not case.is_restricted and not around.by.did_any((case.kind_by or "",))


def _is_held(around: Around) -> bool:
    return CaseHold.objects.filter(case=around.case, ended_on=None).exists()


def _urges(around: Around) -> bool:
    return around.oversees and around.is_open and around.case.stopped_on is None


def _asks(around: Around) -> bool:
    case = around.case
    is_first = not case.is_extended and case.asked_until is None
    return _acts(around) and is_first and case.limit_extension_days > 0 and around.is_running


def _decides(around: Around) -> bool:
    asked = around.case.asked_until is not None
    return around.is_open and asked and not around.by.did_any((around.case.asked_by,))


# In the order in which a page offers them.
_FITS: Mapping[str, Callable[[Around], bool]] = {
    "accept": _takes,
    "decline": _takes,
    "close": _closes,
    "extend_grant": _decides,
    "extend_deny": _decides,
    "answer": _acts,
    "settle": _acts,
    "assign": lambda around: _handles(around) and not around.case.is_offered,
    "recall": lambda around: _handles(around) and around.case.is_offered,
    "notify": _acts,
    "stop_clock": lambda around: _acts(around) and around.case.stopped_on is None and around.is_running,
    "resume_clock": _resumes,
    "let_stand": _looks,
    "extend_ask": _asks,
    "classify": _handles,
    "correct_kind": _corrects,
    "split": _handles,
    "merge": lambda around: around.is_open and around.case.stopped_on is None and not around.case.is_offered,
    "urge": _urges,
    "criticize": lambda around: _urges(around) and not around.is_running,
    "hold": lambda around: around.oversees and around.case.erased_on is None and not _is_held(around),
    "release": lambda around: around.oversees and _is_held(around),
    "reopen": lambda around: around.case.stage == Stage.CLOSED,
    "readmit": lambda around: around.case.erased_on is not None and around.case.external_key != "",
}
ORDER = tuple(_FITS)
