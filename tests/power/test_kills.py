"""Killed at moments of chance: what was promised is there, nothing is double, the record agrees (§5.4)."""

from __future__ import annotations

from pathlib import Path

from tests.power import cuts, kills


def test_kills_in_the_middle_of_submissions_cases_and_sequencing_leave_nothing_half_done(tmp_path: Path) -> None:
    home = cuts.ground(tmp_path)
    found = kills.trials(cuts.environment(home), count=6)
    assert found.promises > 20
    assert found.faults == ()


def test_a_year_killed_at_its_first_entry_verifies(tmp_path: Path) -> None:
    found = kills.plays(tmp_path, count=1)
    assert found.faults == ()
