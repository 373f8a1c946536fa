"""A year that was judged and made public, as tests of publication begin with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.record.tests import office
from pingyi.rules.refused import Refused
from pingyi.stations.publication.actions import publish as actions
from pingyi.stations.publication.models import Published
from pingyi.stations.results.tests import stage

LATER = stage.AFTER + timedelta(days=1)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def published(cast: Cast) -> Published:
    stage.confirmed(cast)
    return publish(cast)


def publish(cast: Cast, *, who: str = "zhou") -> Published:
    """The plan asks for one witness: what is laid down is signed, then published."""
    assert refusal(lambda: actions.publish_verdict(2026, by=cast.actor(who), at=LATER)) == "record.witnesses_missing"
    office.sign(at=LATER)
    return actions.publish_verdict(2026, by=cast.actor(who), at=LATER)


def verbs() -> list[str]:
    return list(Entry.objects.exclude(verb="record.bind").order_by("pk").values_list("verb", flat=True))
