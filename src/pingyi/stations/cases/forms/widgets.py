"""Inputs that several forms of the room share."""

from __future__ import annotations

from typing import Any

from django import forms


class Day(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self) -> None:
        """Write days as browsers want them."""
        super().__init__(format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A day and a time, picked or typed."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        """Write moments as browsers want them."""
        super().__init__(format="%Y-%m-%dT%H:%M")


def area(rows: int) -> forms.Textarea:
    """Return a box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def with_files(given: dict[str, Any]) -> dict[str, Any]:
    """Call the files what the actions call them; a form keeps that name for what was uploaded."""
    return {("files" if name == "attachments" else name): value for name, value in given.items()}
