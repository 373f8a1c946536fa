"""The reader's seconds are counted for each visitor together in all processes, and one who spent them waits."""

from __future__ import annotations

import pytest

from pingyi.bureau.reader_seconds import TENTHS, SharedMeter
from pingyi.reader import door
from pingyi.reader.refusals import BusyError


def test_a_web_process_counts_with_all_others() -> None:
    assert isinstance(door.DOOR.meter, SharedMeter)


def test_who_spent_the_seconds_waits_and_nobody_else_does() -> None:
    SharedMeter().spent("192.0.2.7", TENTHS.most / 10)
    assert not SharedMeter().may("192.0.2.7")
    assert SharedMeter().may("192.0.2.8")
    seats = door.Door(meter=SharedMeter())
    with door.asked_by("192.0.2.7"), pytest.raises(BusyError), seats.seat():
        pass
    with door.asked_by("192.0.2.8"), seats.seat():
        assert SharedMeter().may("192.0.2.8")
