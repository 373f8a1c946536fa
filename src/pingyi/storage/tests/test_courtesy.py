"""The worker gives way to those who wait for the turn to write, and to nobody else (§5.4)."""

from __future__ import annotations

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
