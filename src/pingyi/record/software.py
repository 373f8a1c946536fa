"""Which software acts: each release that is put to work is an entry of the record (§5.4)."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import cache
from pathlib import Path

import pingyi
from pingyi.record.acts import act
from pingyi.record.models import Entry
from pingyi.rules.actor import machine
from pingyi.rules.entry import canonical

MADE_HERE = (".pyc", ".mo")  # written by the machine itself, from what is counted


@cache
def tree_digest() -> str:
    """Return the digest of the product's own files: of the canonical JSON of their paths and SHA-256 digests."""
    root = Path(pingyi.__file__).parent
    names = (one for one in root.rglob("*") if one.is_file() and one.suffix not in MADE_HERE)
    digests = {one.relative_to(root).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest() for one in names}
    return hashlib.sha256(canonical(digests)).hexdigest()


def deployed(*, at: datetime) -> dict[str, str]:
    """Record which software acts from now on, unless the newest entry says so already; return what it says."""
    now = {"version": pingyi.VERSION, "tree": tree_digest()}
    if newest() != now:
        with act("software.deployed", by=machine("release"), at=at) as change:
            change.note(f"software/{now['version']}", **now)
    return now


def newest() -> dict[str, str] | None:
    """Return version and digest of the software that the newest entry names; None before the first."""
    row = Entry.objects.filter(verb="software.deployed").order_by("-pk").first()
    said = json.loads(row.body)["public"] if row else {}
    return {name: str(said[name]) for name in ("version", "tree")} if said else None
