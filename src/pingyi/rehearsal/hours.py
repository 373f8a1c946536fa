"""When a made-up office works: from nine to half past five on working days, with holidays and make-up days."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from functools import cache

from pingyi.authoring.calendars import load_calendar
from pingyi.rules.calendar import is_working_day
from pingyi.rules.day import BUREAU_TIME, day_of

OPENS, ENDS = time(9), time(17, 30)


def hour(on: date, at: time = time(10)) -> datetime:
    """Return an instant of a day where the bureau is."""
    return datetime.combine(on, at, BUREAU_TIME)


def at_work(at: datetime) -> datetime:
    """Return the instant itself within working hours, else the next morning that somebody is there."""
    local = at.astimezone(BUREAU_TIME)
    if is_open(day_of(local)) and OPENS <= local.time() <= ENDS:
        return local
    day = day_of(local) if local.time() < OPENS else day_of(local) + timedelta(days=1)
    while not is_open(day):
        day += timedelta(days=1)
    return hour(day, OPENS) + timedelta(minutes=local.minute)


def working_days(day: date, days: int) -> date:
    """Return the working day so many after (or, below nought, before) a day."""
    step = timedelta(days=1 if days >= 0 else -1)
    for _ in range(abs(days)):
        day += step
        while not is_open(day):
            day += step
    return day


def moment(on: date, *, chance: random.Random) -> datetime:
    """Return some moment of a day at which an office answers."""
    return at_work(hour(on, OPENS) + timedelta(minutes=chance.randrange(8 * 60)))


@cache
def is_open(day: date) -> bool:
    """Whether the office works on this day."""
    return is_working_day(day, calendar=load_calendar())
