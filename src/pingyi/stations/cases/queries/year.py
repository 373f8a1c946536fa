"""What the year's plan says about cases: channels, time limits, handling (§3.2.2)."""

from __future__ import annotations

from datetime import date

from pingyi.authoring.calendars import load_calendar
from pingyi.bureau import hooks
from pingyi.rules.calendar import Calendar
from pingyi.rules.case import timing
from pingyi.rules.case.clock import Limit
from pingyi.rules.plan.conduct import CaseKind, Channel, ChannelKind, HandlingRules, TimeLimit
from pingyi.stations.cases import words
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round


def round_on(day: date) -> Round | None:
    """Return the round of a day's year, else the latest one: a case of the holidays is handled by the plan in force."""
    return plans.round_of(day.year) or plans.current_round()


def handling(round: Round | None) -> HandlingRules:  # noqa: A002 - the glossary's word
    """Return how cases are reminded of, urged and called back; the house's own rules where no plan says."""
    return (plans.plan(round).handling if round else None) or HandlingRules()


def channels(round: Round | None) -> tuple[Channel, ...]:  # noqa: A002 - the glossary's word
    """Return the plan's hotlines and columns."""
    return tuple(plans.plan(round).channels) if round else ()


def telephones() -> list[str]:
    """Return the year's hotlines with their numbers, for whoever cannot be received on this site."""
    found = [one for one in channels(plans.current_round()) if one.number]
    return [one.name if one.number in one.name else f"{one.name} {one.number}" for one in found]


def channel_name(round: Round | None, channel: str) -> str:  # noqa: A002 - the glossary's word
    """Return what a way in is called: by the plan, or else by the house."""
    named = next((one.name for one in channels(round) if one.id == channel), "")
    return named or str(words.CHANNELS.get(channel, channel))


def telephone(*, on: date) -> str:
    """Return the telephone of the plan's first hotline, for whoever cannot hand in here; empty where none is named."""
    lines = [one.number for one in channels(round_on(on)) if one.kind is ChannelKind.HOTLINE]
    return next((number for number in lines if number), "")


def limit(round: Round | None, *, kind: str, section: str, on: date) -> Limit:  # noqa: A002 - the glossary's word
    """Return the limit for a kind of case: the plan's, or the shorter one that the section promised (§3.2.3)."""
    planned: tuple[TimeLimit, ...] = tuple(plans.plan(round).time_limits) if round else ()
    return timing.limit_of(kind, planned, hooks.promises(section, CaseKind(kind), on=on) if section else ())


def calendar() -> Calendar:
    """Return the published working calendar."""
    return load_calendar()
