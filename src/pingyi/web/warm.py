"""What a process reads once in its life, read before it serves: an act must not hold the others' turn meanwhile (§5.4).

The addresses of all pages alone are seconds of reading on a busy machine, and so are the years of the calendar. Read by
the first act, they were read within its transaction, and on SQLite nobody else could write until it was done.
"""

from __future__ import annotations

from django.urls import reverse

from pingyi.authoring.calendars import load_calendar


def warm() -> None:
    """Read the addresses and the calendar."""
    reverse("web:front")
    load_calendar()
