"""The openness checklist (政务公开): what must be open to everybody, where it is seen, who looked again (§3.2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pingyi.rules import calendar as days
from pingyi.rules.calendar import Calendar
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.refused import Refused


class Area(StrEnum):
    """What the item is about."""

    LICENSES = "licenses"
    FEES = "fees"
    INFORMATION = "information"


class Stage(StrEnum):
    """Where an item stands."""

    MISSING = "missing"  # not yet open, or found not to be
    SHOWN = "shown"  # the section says where it can be seen; another person looks
    CHECKED = "checked"
    NOT_APPLICABLE = "not_applicable"


class Standing(StrEnum):
    """How an item looks on a day, worst first."""

    MISSING = "missing"
    RECHECK = "recheck"  # nobody has looked again for too long
    SHOWN = "shown"
    CHECKED = "checked"
    NOT_APPLICABLE = "not_applicable"


MOVES: Mapping[str, tuple[frozenset[Stage], Stage]] = {
    "show": (frozenset({Stage.MISSING, Stage.SHOWN, Stage.CHECKED}), Stage.SHOWN),
    "accept": (frozenset({Stage.SHOWN, Stage.CHECKED}), Stage.CHECKED),
    "return": (frozenset({Stage.SHOWN, Stage.CHECKED}), Stage.MISSING),
    "drop": (frozenset({Stage.MISSING, Stage.SHOWN, Stage.CHECKED}), Stage.NOT_APPLICABLE),
}

# What a bureau's counters open to everybody; a section takes what applies to it and adds its own.
TEMPLATE: Mapping[str, Area] = {
    "license_items": Area.LICENSES,
    "license_basis": Area.LICENSES,
    "license_conditions": Area.LICENSES,
    "license_papers": Area.LICENSES,
    "license_steps": Area.LICENSES,
    "license_time": Area.LICENSES,
    "license_results": Area.LICENSES,
    "fee_items": Area.FEES,
    "fee_basis": Area.FEES,
    "fee_rates": Area.FEES,
    "office_duties": Area.INFORMATION,
    "office_people": Area.INFORMATION,
    "complaint_ways": Area.INFORMATION,
    "penalty_decisions": Area.INFORMATION,
}
RECHECK_DAYS = 60  # working days after which an item is looked at again


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemState:
    """What the moves of an item depend on."""

    stage: Stage
    shown_on: date | None = None
    checked_on: date | None = None
    recheck_days: int = RECHECK_DAYS
    doers: tuple[str, ...] = ()


def show(state: ItemState, *, url: str, proofs: int, by: str, on: date) -> ItemState:
    """Say where the item can be seen, with an address or a file as proof."""
    _allow(state, "show")
    if not url.strip() and proofs == 0:
        raise Refused("openness.proof_needed", field="proofs")
    doers = tuple(sorted({*state.doers, by}))
    return replace(state, stage=Stage.SHOWN, shown_on=on, checked_on=None, doers=doers)


def accept(state: ItemState, *, by: str, on: date) -> ItemState:
    """Say that the item was looked at and is open; never by a person who showed it. Doing so again is the recheck."""
    _allow(state, "accept")
    _another(state, by)
    return replace(state, stage=Stage.CHECKED, checked_on=on)


def send_back(state: ItemState, *, reason: str, by: str) -> ItemState:
    """Say that the item is not open, or no longer, and what is missing."""
    _allow(state, "return")
    _another(state, by)
    _reason(reason)
    return replace(state, stage=Stage.MISSING, checked_on=None)


def drop(state: ItemState, *, reason: str, by: str) -> ItemState:
    """Say that the item does not apply to the section; never by a person who showed it."""
    _allow(state, "drop")
    _another(state, by)
    _reason(reason)
    return replace(state, stage=Stage.NOT_APPLICABLE, checked_on=None)


def dissolve(state: ItemState) -> ItemState:
    """End the item because its section is closed; nobody judges it by that."""
    _allow(state, "drop")
    return replace(state, stage=Stage.NOT_APPLICABLE, checked_on=None)


def recheck_on(state: ItemState, *, calendar: Calendar) -> date | None:
    """Return the day by which a checked item is to be looked at again."""
    if state.stage is not Stage.CHECKED or state.checked_on is None:
        return None
    return days.due_date(
        state.checked_on, days=state.recheck_days, unit=DayUnit.WORKING, calendar=calendar
    ).date  # fmt: skip


def standing(state: ItemState, *, on: date, calendar: Calendar) -> Standing:
    """How the item looks on this day."""
    days_ago = (on - state.checked_on).days if state.checked_on else 0
    if days_ago > state.recheck_days:  # so many working days take at least as many days
        due = recheck_on(state, calendar=calendar)
        if due is not None and on > due:
            return Standing.RECHECK
    return Standing(state.stage.value)


def _allow(state: ItemState, move: str) -> None:
    if state.stage not in MOVES[move][0]:
        raise Refused(f"openness.is_{state.stage.value}", move=move)


def _another(state: ItemState, by: str) -> None:
    if by in state.doers:
        raise Refused("openness.own_work")


def _reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("openness.reason_needed", field="reason")
