"""What tests of refusals share: a refusal leaves nothing in the record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pingyi.record.models import Entry
from pingyi.rules.refused import Refused


def refused(call: Callable[[], object]) -> Refused:
    """Return the refusal of a call, which leaves no entry."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as told:
        call()
    assert Entry.objects.count() == before
    return told.value
