"""What of a site's address and of its record's name is given before the first run, so that it is not asked."""

from __future__ import annotations

import os

from django.conf import settings

from pingyi import site
from pingyi.record import keys
from pingyi.record.models import Entry
from pingyi.rules.readiness import is_loopback


def given() -> frozenset[str]:
    """Return the fields of the first run that need no answer any more."""
    found: set[str] = set()
    if site.address() or os.environ.get("PINGYI_HOSTS") or not is_loopback(settings.ALLOWED_HOSTS):
        found.add("address")  # whoever keeps the machine has thought of it
    if site.is_named() or keys.are_kept_apart() or Entry.objects.exists() or settings.PINGYI.rehearsal:
        found.add("record_name")  # a signer apart has its name; what was signed keeps its own
    return frozenset(found)


def host() -> str:
    """Return the host that the environment says others reach the site by; empty where it names none."""
    return next((one.lstrip(".") for one in settings.ALLOWED_HOSTS if not is_loopback([one]) and one != "*"), "")
