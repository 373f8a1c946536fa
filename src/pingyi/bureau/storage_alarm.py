"""Whether anything can still be kept on this machine, said on the office's desk before and while it cannot (§5.4)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from pingyi import outages
from pingyi.desk import DeskItem, DeskKind
from pingyi.outages import Outage
from pingyi.rules.actor import Actor, Role

MEGABYTE = 1024 * 1024
LITTLE, SHARE = 200 * MEGABYTE, 20  # that much, or that part of a small disk, is little
NOTHING = MEGABYTE  # with less the database cannot write its journal


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Lay it on the supervision office's desk when the disk is full, nearly full or read-only."""
    if actor.role is not Role.SUPERVISION_OFFICE:
        return []
    return [
        DeskItem(kind=DeskKind.LATE, title=said, url="/jobs/", room="bureau", is_alarm=True) for said in sentences()
    ]


def sentences() -> list[str]:
    """Return what is wrong with the disk as sentences that say what to do; none while all is well."""
    home = Path(settings.PINGYI.home)
    return [said for said in (_of_room(home), _of_rights(home), _of_late()) if said]


def _of_room(home: Path) -> str:
    found = os.statvfs(home)
    left, whole = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
    if left < NOTHING:
        return _(
            "The disk is full: nothing can be received or recorded. Have the information center make room at once."
        )
    if left < min(LITTLE, whole // SHARE):
        said = _("The disk is nearly full (%(left)s MB left). Have the information center make room today.")
        return said % {"left": left // MEGABYTE}
    return ""


def _of_rights(home: Path) -> str:
    """Files of the database that may not be written are told by the system's word, for nothing is written to try."""
    database = settings.DATABASES["default"]
    files = [home, *([Path(str(database["NAME"]))] if "sqlite" in str(database["ENGINE"]) else [])]
    is_closed = os.statvfs(home).f_flag & os.ST_RDONLY or any(
        not os.access(file, os.W_OK) for file in files if file.exists()
    )
    if not is_closed:
        return ""
    return _(
        "The site's folder is read-only: nothing can be received or recorded. Tell the information center at once."
    )


def _of_late() -> str:
    """What this process itself had to refuse in the last minutes, wherever the database lies."""
    found = outages.lately()
    is_seen_here = "sqlite" in str(settings.DATABASES["default"]["ENGINE"]) and found in {Outage.FULL, Outage.READ_ONLY}
    if found is None or is_seen_here:  # what is looked at above is gone as soon as there is room
        return ""
    said = _("In the last minutes something could not be kept: %(why)s. Tell the information center.")
    return said % {"why": outages.WHY[found]}
