"""The office is told when no backup was made for a week, and nobody else is."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pingyi.backup import history
from pingyi.bureau import backup_age
from pingyi.bureau.tests.cast import Cast
from pingyi.config.environment import Environment

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.PINGYI = Environment(home=tmp_path)
    (tmp_path / "secret-key").touch()
    os.utime(tmp_path / "secret-key", (BEGAN.timestamp(), BEGAN.timestamp()))
    return tmp_path


def backed_up(home: Path, at: datetime) -> None:
    history.add(home, history.Made(made_at=at.isoformat(), file="a.age", size=1, checkpoint=1))


def test_a_new_site_has_a_week_for_its_first_backup(home: Path, cast: Cast) -> None:
    office = cast.actor("zhou")
    assert not backup_age.desk(office, BEGAN + timedelta(days=7))
    told = backup_age.desk(office, BEGAN + timedelta(days=8))
    assert [one.url for one in told] == ["/jobs/"]
    assert "pingyi backup" in told[0].title
    assert not backup_age.desk(cast.actor("wang"), BEGAN + timedelta(days=8))


def test_the_line_goes_with_the_next_backup_and_comes_back_a_week_later(home: Path, cast: Cast) -> None:
    office, made = cast.actor("zhou"), BEGAN + timedelta(days=9)
    backed_up(home, made)
    assert not backup_age.desk(office, made + timedelta(days=6))
    assert "2026-11-10" in backup_age.desk(office, made + timedelta(days=8))[0].title


def test_a_rehearsal_needs_no_backup(home: Path, cast: Cast, settings: Any) -> None:
    settings.PINGYI = Environment(home=home, rehearsal=True)
    assert not backup_age.desk(cast.actor("zhou"), BEGAN + timedelta(days=80))


def test_the_page_says_when_the_last_backup_was_made(home: Path, cast: Cast) -> None:
    page = cast.client("zhou").get("/jobs/").content.decode()
    assert "还没有备份" in page or "还没有做过备份" in page
    backed_up(home, datetime(2026, 11, 2, 3, tzinfo=UTC))
    assert "2026-11-02" in cast.client("zhou").get("/jobs/").content.decode()
