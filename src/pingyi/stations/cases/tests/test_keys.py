"""A channel's key is shown once, taken back at any time, and stands in the record without its secret."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pingyi.record.models import Entry
from pingyi.stations.cases.actions import keys
from pingyi.stations.cases.models import ChannelKey
from pingyi.stations.cases.tests.conftest import MONDAY, Play


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(MONDAY, tick=False)


def test_the_office_issues_a_key_shown_once_and_revokes_it(play: Play) -> None:
    office = play.cast.client("zhou")
    page = office.post("/cases/keys/", {"channel": "hotline_12345", "label": "热线平台"})
    row = ChannelKey.objects.get()
    assert "仅显示这一次" in page.content.decode()
    assert row.secret_sha256 not in page.content.decode()
    assert office.post(f"/cases/keys/{row.reference}/revoke/").status_code == 302
    assert ChannelKey.objects.get().revoked_on is not None
    assert play.cast.client("wang").get("/cases/keys/").status_code == 403


def test_keys_stand_in_the_record(play: Play, key: str) -> None:
    keys.revoke(ChannelKey.objects.get().reference, by=play.actor("zhou"), at=MONDAY + timedelta(hours=1))
    said = list(Entry.objects.filter(subject__startswith="channelkey/").order_by("pk").values_list("verb", flat=True))
    assert said == ["key.issue", "key.revoke"]
    assert key not in "".join(Entry.objects.values_list("body", flat=True))
