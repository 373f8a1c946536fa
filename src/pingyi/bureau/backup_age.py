"""How long ago the site was last backed up, for the office's desk, the page of what runs by itself, and the command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pingyi.backup import history
from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role

PATIENCE = timedelta(days=7)


def last() -> datetime | None:
    """Return when the last backup was made; None where there was never one."""
    return history.last(Path(settings.PINGYI.home))


def alarm(*, at: datetime) -> str:
    """Return what to tell the office; empty while a backup is young enough, and in a rehearsal, which needs none."""
    made = last()
    since = made or _began()
    if settings.PINGYI.rehearsal or since is None or at - since <= PATIENCE:
        return ""
    if made is None:
        return _("There is no backup of this site. Ask the information center to run ./pingyi backup.")
    told = {"when": f"{localtime(made):%Y-%m-%d}"}
    return _("The last backup is of %(when)s. Ask the information center to run ./pingyi backup.") % told


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Lay on the supervision office's desk that a backup is due; it is gone once one was made."""
    told = alarm(at=at) if actor.role is Role.SUPERVISION_OFFICE else ""
    return [DeskItem(kind=DeskKind.LATE, title=told, url="/jobs/", room="bureau")] if told else []


def _began() -> datetime | None:
    """Return when the site began: its secret is made at the first start, or its record's key soon after."""
    kept = [Path(settings.PINGYI.home) / name for name in ("secret-key", "record-key")]
    begun = [path.stat().st_mtime for path in kept if path.exists()]
    return datetime.fromtimestamp(min(begun), UTC) if begun else None
