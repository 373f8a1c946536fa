"""The record's name."""

from __future__ import annotations

from django.conf import settings


def log_name() -> str:
    """Return the name in entries and checkpoints; a rehearsal (演练) says that it is one."""
    origin: str = settings.PINGYI.origin
    return f"{origin}/rehearsal" if settings.PINGYI.rehearsal else origin
