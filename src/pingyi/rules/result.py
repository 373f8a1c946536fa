"""From a computed verdict to a final one: preview, objections, confirmation, consequences (§4.4b, §4.4c, §5.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pingyi.rules.plan.outcome import ConsequenceKind
from pingyi.rules.refused import Refused


class Stage(StrEnum):
    """Where a verdict stands."""

    COMPUTED = "computed"
    PREVIEW = "preview"  # each section sees its own sheet and may object
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


# Verb → the stages it may start from, and the stage it leads to. Printed as the diagram in the docs.
MOVES: Mapping[str, tuple[frozenset[Stage], Stage | None]] = {
    "open_preview": (frozenset({Stage.COMPUTED}), Stage.PREVIEW),
    "confirm": (frozenset({Stage.PREVIEW}), Stage.CONFIRMED),
    "apply": (frozenset({Stage.CONFIRMED, Stage.PUBLISHED}), None),
    "recount": (frozenset({Stage.COMPUTED, Stage.PREVIEW, Stage.CONFIRMED, Stage.PUBLISHED}), None),
    "publish": (frozenset({Stage.CONFIRMED}), Stage.PUBLISHED),
    "take_back": (frozenset({Stage.PUBLISHED}), Stage.CONFIRMED),
    "withdraw": (frozenset({Stage.COMPUTED, Stage.PREVIEW, Stage.CONFIRMED}), Stage.WITHDRAWN),
}
FINAL = frozenset({Stage.CONFIRMED, Stage.PUBLISHED})


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictState:
    """What the moves of a verdict depend on."""

    stage: Stage = Stage.COMPUTED
    is_complete: bool = True
    settled_by: str = ""
    preview_ends_on: date | None = None  # the last day on which sections may object
    confirmed_on: date | None = None
    applied_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Objections:
    """How a verdict's objections stand."""

    waiting: int = 0
    upheld: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What was published of a verdict and no longer held for some sections: still to be corrected, or corrected."""

    to_correct: tuple[str, ...] = ()  # references of sections of which something is published that no longer holds
    corrected_on: date | None = None
    url: str = ""  # where it is corrected, or can be read


def open_preview(state: VerdictState, *, ends_on: date, is_current: bool) -> VerdictState:
    """Show each section its own sheet, until the end of a day; neither with gaps nor from tables of before."""
    _allow(state, "open_preview")
    if not state.is_complete:
        raise Refused("result.incomplete")
    if not is_current:
        raise Refused("result.evidence_changed")
    return replace(state, stage=Stage.PREVIEW, preview_ends_on=ends_on)


def confirm(
    state: VerdictState, *, by: str, on: date, objections: Objections, is_current: bool, is_disputed: bool = False
) -> VerdictState:
    """Make the verdict final: by another person than who settled it, after the preview, with nothing open."""
    _allow(state, "confirm")
    if by == state.settled_by:
        raise Refused("result.needs_another_person")
    if state.preview_ends_on is None or on <= state.preview_ends_on:
        raise Refused("result.preview_runs", ends_on=_text(state.preview_ends_on))
    if objections.waiting:
        raise Refused("result.objections_wait", count=objections.waiting)
    if objections.upheld:
        raise Refused("result.objection_upheld", count=objections.upheld)
    if not is_current:
        raise Refused("result.evidence_changed")
    require_undisputed(is_disputed=is_disputed)
    return replace(state, stage=Stage.CONFIRMED, confirmed_on=on)


class Ruling(StrEnum):
    """What the bureau meeting decides of a consequence whose triggers the evidence does not confirm (§4.4c, §5.2)."""

    ORDER = "order"
    WAIVE = "waive"  # it is not carried out
    LATER = "later"  # it waits for another meeting


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruled:
    """A ruling with its reasons; to order one needs none of its own, the decision gives them."""

    ruling: Ruling
    reason: str = ""


def rule_on(asked: Iterable[str], rulings: Mapping[str, Ruled]) -> None:
    """Refuse a decision that leaves out a consequence it is asked about, rules on another, or gives no reason."""
    wanted = list(asked)
    for key in wanted:
        if key not in rulings:
            raise Refused("result.ruling_needed", field=f"ruling_{key}")
        if rulings[key].ruling is not Ruling.ORDER and not rulings[key].reason.strip():
            raise Refused("result.ruling_reason_needed", field=f"reason_{key}")
    if set(rulings) - set(wanted):
        raise Refused("result.ruling_not_asked", field="decision")


def apply(state: VerdictState, *, on: date, postponed: int = 0) -> VerdictState:
    """Order what follows from the final verdict, once; then once more what the meeting had put off (§4.4c)."""
    _allow(state, "apply")
    if state.applied_on is not None and not postponed:
        raise Refused("result.applied_already", on=_text(state.applied_on))
    return replace(state, applied_on=state.applied_on or on)


def count_again(state: VerdictState, *, by: str, counted_by: Collection[str]) -> None:
    """Let another person than who settled count the numbers again (复核重算), once while it comes out equal (§5.4)."""
    _allow(state, "recount")
    if by == state.settled_by:
        raise Refused("result.recount_needs_another")
    if by in counted_by:
        raise Refused("result.recounted_already")


def require_undisputed(*, is_disputed: bool) -> None:
    """Let no verdict become final or public that came out otherwise when somebody counted it again (§5.4)."""
    if is_disputed:
        raise Refused("result.recount_disputed")


def publish(state: VerdictState) -> VerdictState:
    """Mark a final verdict as made known."""
    return _moved(state, "publish")


def take_back(state: VerdictState) -> VerdictState:
    """Mark that the publication was withdrawn; the verdict itself stays final."""
    return _moved(state, "take_back")


def withdraw(state: VerdictState, *, reason: str, orders_begun: int = 0) -> VerdictState:
    """Take the verdict back, with a reason; not once it is published or its consequences are being carried out."""
    if state.stage is Stage.PUBLISHED:
        raise Refused("result.published_already")
    if orders_begun:
        raise Refused("result.orders_begun", count=orders_begun)
    if not reason.strip():
        raise Refused("result.reason_needed", field="reason")
    return _moved(state, "withdraw")


class ObjectionStage(StrEnum):
    """Where an objection (申诉) stands."""

    FILED = "filed"
    UPHELD = "upheld"  # the verdict is settled anew
    DISMISSED = "dismissed"


def file_objection(state: VerdictState, *, text: str, on: date, waiting: int) -> ObjectionStage:
    """Object to one's own sheet while the preview runs; one objection at a time."""
    if state.stage is not Stage.PREVIEW or state.preview_ends_on is None or on > state.preview_ends_on:
        raise Refused("objection.no_preview")
    if waiting:
        raise Refused("objection.waits_already")
    if not text.strip():
        raise Refused("objection.empty", field="text")
    return ObjectionStage.FILED


def answer_objection(
    stage: ObjectionStage, *, is_upheld: bool, answer: str, by: str, doers: tuple[str, ...]
) -> ObjectionStage:
    """Answer an objection with reasons; by neither who filed it nor who settled the verdict (复核)."""
    if stage is not ObjectionStage.FILED:
        raise Refused("objection.answered_already")
    if by in doers:
        raise Refused("objection.needs_another_person")
    if not answer.strip():
        raise Refused("objection.answer_empty", field="answer")
    return ObjectionStage.UPHELD if is_upheld else ObjectionStage.DISMISSED


class OrderStage(StrEnum):
    """Where a consequence stands for one section."""

    DRAFTED = "drafted"
    ORDERED = "ordered"
    REPORTED = "reported"
    RETURNED = "returned"
    DONE = "done"
    WAIVED = "waived"
    LIFTED = "lifted"  # it was in force, and the bureau ended it


RELEASED = frozenset({OrderStage.WAIVED, OrderStage.LIFTED})
# These take effect when they are ordered: nobody has anything to report.
EFFECTIVE = frozenset({ConsequenceKind.AWARD_BAR, ConsequenceKind.YELLOW_CARD, ConsequenceKind.HONOR})
UNFINISHED = frozenset({OrderStage.DRAFTED, OrderStage.ORDERED, OrderStage.REPORTED, OrderStage.RETURNED})
TO_DO = frozenset({OrderStage.ORDERED, OrderStage.RETURNED})


def order(stage: OrderStage, *, kind: ConsequenceKind) -> OrderStage:
    """Order a drafted consequence."""
    if stage is not OrderStage.DRAFTED:
        raise Refused("consequence.not_drafted")
    return OrderStage.DONE if kind in EFFECTIVE else OrderStage.ORDERED


def report(stage: OrderStage, *, text: str) -> OrderStage:
    """Say that the consequence was carried out, and how."""
    if stage not in TO_DO:
        raise Refused("consequence.not_open")
    if not text.strip():
        raise Refused("consequence.report_empty", field="text")
    return OrderStage.REPORTED


def accept(stage: OrderStage, *, by: str, doers: tuple[str, ...]) -> OrderStage:
    """Accept the report; the checker is never the doer (§5.4)."""
    _check(stage, by=by, doers=doers)
    return OrderStage.DONE


def send_back(stage: OrderStage, *, by: str, doers: tuple[str, ...], reason: str) -> OrderStage:
    """Return the report with a reason that says what is missing."""
    _check(stage, by=by, doers=doers)
    if not reason.strip():
        raise Refused("consequence.reason_needed", field="reason")
    return OrderStage.RETURNED


def waive(stage: OrderStage, *, reason: str) -> OrderStage:
    """Decide, with reasons, that a consequence is not carried out after all."""
    if stage in {OrderStage.DONE, *RELEASED}:
        raise Refused("consequence.closed")
    if not reason.strip():
        raise Refused("consequence.reason_needed", field="reason")
    return OrderStage.WAIVED


def lift(stage: OrderStage, *, kind: ConsequenceKind, reason: str) -> OrderStage:
    """End, with reasons, what took effect when it was ordered, such as an award bar after a review."""
    if kind not in EFFECTIVE or stage is not OrderStage.DONE:
        raise Refused("consequence.not_in_force")
    if not reason.strip():
        raise Refused("consequence.reason_needed", field="reason")
    return OrderStage.LIFTED


def recount(due_on: date, *, counted: date) -> date:
    """Return the due date once the holidays are known; it never moves against the one who must comply."""
    return max(due_on, counted)


def _check(stage: OrderStage, *, by: str, doers: tuple[str, ...]) -> None:
    if stage is not OrderStage.REPORTED:
        raise Refused("consequence.nothing_reported")
    if by in doers:
        raise Refused("consequence.needs_another_person")


def _moved(state: VerdictState, verb: str) -> VerdictState:
    _allow(state, verb)
    return replace(state, stage=MOVES[verb][1] or state.stage)


def _allow(state: VerdictState, verb: str) -> None:
    if state.stage not in MOVES[verb][0]:
        raise Refused(f"result.not_{verb}", stage=state.stage.value)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
