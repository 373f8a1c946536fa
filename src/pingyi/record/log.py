"""The record's name."""

from __future__ import annotations

from django.conf import settings

from pingyi import site


def log_name() -> str:
    """Return the name in entries and checkpoints; a rehearsal (演练) says that it is one."""
    return f"{site.name()}/rehearsal" if settings.PINGYI.rehearsal else site.name()
