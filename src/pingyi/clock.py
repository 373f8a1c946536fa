"""The only reader of the time; in a rehearsal (演练) it reads the rehearsal's own movable clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from pingyi.rules.day import day_of
from pingyi.storage import files


def now() -> datetime:
    """Return the present instant, or the rehearsal's."""
    instant = timezone.now()
    return instant + _shift() if settings.PINGYI.rehearsal else instant


def today() -> date:
    """Return the present day where the bureau is."""
    return day_of(now())


def move_to(at: datetime) -> None:
    """Set the rehearsal's clock; a real round has none to set."""
    if not settings.PINGYI.rehearsal:
        raise RuntimeError("only a rehearsal's clock can be moved")
    files.put(_file(), str((at - timezone.now()).total_seconds()).encode("ascii"))


def _shift() -> timedelta:
    path = _file()
    return timedelta(seconds=float(path.read_text(encoding="ascii"))) if path.exists() else timedelta()


def _file() -> Path:
    return Path(settings.PINGYI.home) / "rehearsal-clock"
