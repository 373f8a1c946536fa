"""The calendar day and the hour of an instant: the whole country keeps one time."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

BUREAU_TIME = ZoneInfo("Asia/Shanghai")


def day_of(at: datetime) -> date:
    """Return the calendar day of an aware instant where the bureau is."""
    return at.astimezone(BUREAU_TIME).date()


def hour_of(at: datetime) -> datetime:
    """Return the full hour that an instant lies in: as much as the open record tells of when people do things."""
    return at.replace(minute=0, second=0, microsecond=0)
