"""A form that was overtaken by somebody else's change: it is shown beside the new state, and may then be sent again."""

from __future__ import annotations

from django.forms import Form
from django.http import QueryDict


def overtaken(form: Form, *, version: int) -> bool:
    """Whether the row moved on while the form was open; what was typed stays, and the form now knows the new state."""
    sent = form.data
    if not isinstance(sent, QueryDict) or str(sent.get("seen", "") or version) == str(version):
        return False
    given = sent.copy()
    given["seen"] = str(version)
    form.data = given
    return True
