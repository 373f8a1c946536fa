"""The only reader of the time; in a rehearsal (演练) it reads the rehearsal's own movable clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.storage import files


def now() -> datetime:
    """Return the present instant, or the rehearsal's."""
    instant = timezone.now()
    return instant + _shift() if settings.PINGYI.rehearsal else instant


def today() -> date:
    """Return the present day where the bureau is."""
    return day_of(now())


def move_to(at: datetime) -> None:
    """Move the rehearsal's clock on; a real round has none to move, and no clock goes back once it was set."""
    if not settings.PINGYI.rehearsal:
        raise RuntimeError("only a rehearsal's clock can be moved")
    if _file().exists() and at < now():
        raise Refused("time.backwards", day=day_of(at).isoformat(), newest=today().isoformat())
    files.put(_file(), str((at - timezone.now()).total_seconds()).encode("ascii"))


def _shift() -> timedelta:
    path = _file()
    return timedelta(seconds=float(path.read_text(encoding="ascii"))) if path.exists() else timedelta()


def _file() -> Path:
    return Path(settings.PINGYI.home) / "rehearsal-clock"
