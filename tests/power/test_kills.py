"""Killed at moments of chance: what was promised is there, nothing is double, the record agrees (§5.4)."""

from __future__ import annotations

from pathlib import Path

from tests.power import cuts, kills


def test_kills_in_the_middle_of_submissions_cases_and_sequencing_leave_nothing_half_done(tmp_path: Path) -> None:
    home = cuts.ground(tmp_path)
    found = kills.trials(cuts.environment(home), count=6)
    assert found.promises > 20
    assert found.faults == ()
