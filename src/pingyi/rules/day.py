"""The calendar day of an instant: the whole country keeps one time."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

BUREAU_TIME = ZoneInfo("Asia/Shanghai")


def day_of(at: datetime) -> date:
    """Return the calendar day of an aware instant where the bureau is."""
    return at.astimezone(BUREAU_TIME).date()
