"""Filing a paper with an office above: handed over, received with a number; late is computed (§1.3, §4.3d, §4.4a)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pingyi.rules.actor import Role
from pingyi.rules.plan import Plan
from pingyi.rules.plan.people import Authority, Chain, Doer
from pingyi.rules.plan.schedule import Product
from pingyi.rules.recurrence import dated_tasks
from pingyi.rules.refused import Refused


class FilingStage(StrEnum):
    """Where a filing stands."""

    WANTED = "wanted"  # the plan asks for it
    FILED = "filed"
    RECEIVED = "received"
    RETURNED = "returned"  # the office above wants it better


# Verb → the stages it may start from, and the stage it leads to. A paper can be exchanged until it is received.
MOVES: Mapping[str, tuple[frozenset[FilingStage], FilingStage]] = {
    "file": (frozenset({FilingStage.WANTED, FilingStage.FILED, FilingStage.RETURNED}), FilingStage.FILED),
    "receive": (frozenset({FilingStage.FILED}), FilingStage.RECEIVED),
    "return": (frozenset({FilingStage.FILED}), FilingStage.RETURNED),
}
RECEIVERS: Mapping[Chain, Role] = {Chain.BLOCK: Role.DISTRICT_OFFICE, Chain.LINE: Role.CITY_BUREAU}
# How a draft marks what only people can write, in both languages; words inside, so that the place can be named.
_UNFILLED = re.compile(r"[（(](?:请在此填写|To be written)[:：]\s*([^（()）]+)[）)]")
_NUMBER = re.compile(r"[\w〔〕\[\]()（）./ -]{1,40}")


@dataclass(frozen=True, kw_only=True, slots=True)
class FilingState:
    """What the moves of a filing depend on."""

    stage: FilingStage = FilingStage.WANTED
    receiver: Role = Role.DISTRICT_OFFICE
    due_on: date | None = None
    filed_on: date | None = None
    received_on: date | None = None


def receiver_of(recipient: str, *, authorities: Iterable[Authority]) -> Role | None:
    """Return whose members give the receipt: the district's for its block, the city bureau's for its line (§1.3)."""
    chain = next((one.chain for one in authorities if one.id == recipient), None)
    if chain is not None:
        return RECEIVERS[chain]
    return next((role for role in RECEIVERS.values() if role.value == recipient), None)


def file(state: FilingState, *, on: date) -> FilingState:
    """Hand the paper over; until it is received another paper may take its place."""
    _allow(state, "file")
    return replace(state, stage=FilingStage.FILED, filed_on=on)


def unfilled(text: str) -> tuple[str, ...]:
    """Return the places of a drafted paper that nobody filled in, as they stand there."""
    return tuple(dict.fromkeys(found.strip() for found in _UNFILLED.findall(text)))


def require_filled(text: str) -> None:
    """Let no paper go to an office above in which a place of its draft still waits to be written (§4.4a)."""
    found = unfilled(text)
    if found:
        raise Refused("filing.place_unfilled", field="document", place="；".join(found))


def receive(state: FilingState, *, by: Role, number: str, on: date) -> FilingState:
    """Give the receipt, with the receiving office's own number; only the office that it was filed with."""
    _check_receiver(state, by=by)
    _allow(state, "receive")
    return _received(state, number=number, on=on)


def receive_on_paper(state: FilingState, *, number: str, received_on: date, has_scan: bool, on: date) -> FilingState:
    """Enter the receipt that an office without a login gave on paper: its number, its day, and the scan (§4.4a)."""
    _allow(state, "receive")
    if state.filed_on is not None and not state.filed_on <= received_on <= on:
        raise Refused("filing.day_out_of_range", field="received_on", filed_on=state.filed_on, today=on)
    if not has_scan:
        raise Refused("filing.scan_needed", field="scan")
    return _received(state, number=number, on=received_on)


def send_back(state: FilingState, *, by: Role, reason: str) -> FilingState:
    """Return the paper with a reason; it is then to be filed again, under the same due date."""
    _check_receiver(state, by=by)
    _allow(state, "return")
    if not reason.strip():
        raise Refused("filing.reason_needed", field="reason")
    return replace(state, stage=FilingStage.RETURNED, filed_on=None)


def days_late(state: FilingState, *, on: date) -> int:
    """Return how many days after its due date it was filed, or stands unfiled today; 0 when in time."""
    if state.due_on is None:
        return 0
    return max(0, ((state.filed_on or on) - state.due_on).days)


def _check_receiver(state: FilingState, *, by: Role) -> None:
    if by is not state.receiver:
        raise Refused("filing.not_yours", receiver=state.receiver.value)


def _received(state: FilingState, *, number: str, on: date) -> FilingState:
    if not _NUMBER.fullmatch(number.strip()):
        raise Refused("filing.number_malformed", field="number")
    return replace(state, stage=FilingStage.RECEIVED, received_on=on)


def _allow(state: FilingState, verb: str) -> None:
    if state.stage not in MOVES[verb][0]:
        raise Refused("filing.received_already" if state.stage is FilingStage.RECEIVED else "filing.not_filed")


def summaries(plan: Plan) -> tuple[str, ...]:
    """Return the tasks by which every section sums its year up (§4.4a).

    They are those whose product is a summary, first of all in the last phase; a plan that names no product of any
    means all that sections do in the last phase.
    """
    last = max(plan.phases, key=lambda phase: phase.ends_on, default=None)
    own = [task for task in dated_tasks(plan) if task.doer is Doer.EVERY_SECTION]
    closing = [task for task in own if last and task.phase == last.id]
    named = [[task for task in some if task.product is Product.SUMMARY] for some in (closing, own)]
    return tuple(task.id for task in next((some for some in named if some), closing))
