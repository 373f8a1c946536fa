"""The worker gives way to those who wait for the turn to write, and to nobody else (§5.4)."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from pingyi.cli.tests.patience import wait_until
from pingyi.storage import courtesy
from pingyi.storage.courtesy import LONGEST, SHARE, Courtesy
from pingyi.storage.turn import Turn


def test_it_rests_in_proportion_and_only_while_somebody_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = Turn(tmp_path / ".write"), Turn(tmp_path / ".write")
    monkeypatch.setattr(courtesy, "write_turn", lambda: mine)
    rests: list[float] = []
    worker = Courtesy(sleep=rests.append)
    worker.rest()
    assert rests == [], "nobody waits"
    assert mine.take(1)
    waiting = threading.Thread(target=other.take, args=(600,))
    waiting.start()
    wait_until(mine.is_wanted, told="nobody waits")
    mine.held = 0.5
    worker.rest()
    worker.rest()
    mine.held = 100.0
    worker.rest()
    assert rests == [0.5 * SHARE, 0.0, LONGEST]
    mine.end()
    waiting.join()


def test_it_is_crowded_where_more_want_a_processor_than_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = tmp_path / "loadavg"
    monkeypatch.setattr(courtesy, "LOAD", load)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert not courtesy.is_crowded(), "the system tells nothing"
    for told, wanted in (("1/300 9", False), ("4/300 9", False), ("5/300 9", True), ("?", False)):
        load.write_text(f"0.5 0.5 0.5 {told}", encoding="ascii")
        assert courtesy.is_crowded() is wanted


def test_where_nobody_waits_for_a_turn_it_rests_by_what_it_used_of_the_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used = iter([1.0, 1.25, 9.0, 9.5, 9.5])
    monkeypatch.setattr(courtesy, "write_turn", lambda: None)
    monkeypatch.setattr(courtesy.time, "process_time", lambda: next(used))
    crowded = iter([True, False, True, True])
    monkeypatch.setattr(courtesy, "is_crowded", lambda: next(crowded))
    rests: list[float] = []
    worker = Courtesy(sleep=rests.append)
    for _ in range(4):
        worker.rest()
    assert rests == [0.25 * SHARE, 0.5 * SHARE, 0.0]
