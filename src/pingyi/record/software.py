"""Which software acts: each release that is put to work is an entry of the record (§5.4)."""

from __future__ import annotations

import json
from datetime import datetime

from pingyi.record.acts import act
from pingyi.record.models import Entry
from pingyi.release import release
from pingyi.rules.actor import machine


def deployed(*, at: datetime) -> dict[str, str]:
    """Record which software acts from now on, unless the newest entry says so already; return what it says."""
    now = release()
    if newest() != now:
        with act("software.deployed", by=machine("release"), at=at) as change:
            change.note(f"software/{now['version']}", **now)
    return now


def newest() -> dict[str, str] | None:
    """Return version and digest of the software that the newest entry names; None before the first."""
    row = Entry.objects.filter(verb="software.deployed").order_by("-pk").first()
    said = json.loads(row.body)["public"] if row else {}
    return {name: str(said[name]) for name in ("version", "tree")} if said else None
