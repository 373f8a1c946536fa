"""One file's child harms no other: whatever becomes of it, the next file is read, and nobody waits for ever."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from pingyi.reader import client, door, wire
from pingyi.reader.process import Reader
from pingyi.reader.refusals import BusyError, NotReadError, TooMuchError
from pingyi.reader.samples import picture
from pingyi.reader.tests.lines import answer, children, connected, drawn, half_asked, wait_until

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="children are looked for in /proc")  # noqa: PTH112


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    own = Reader()
    own.keep()
    monkeypatch.setenv(door.ADDRESS, own.address)
    client.state()  # it is ready
    yield own
    own.end()


def test_a_child_that_is_killed_harms_nobody(reader: Reader) -> None:
    line = half_asked(reader)
    wait_until(lambda: bool(children(reader)))
    os.kill(children(reader)[0], signal.SIGKILL)
    assert "end" not in answer(line)  # it may not even have begun
    assert drawn(picture("PNG")) == "png"


def test_a_child_that_comes_to_no_end_is_killed(reader: Reader) -> None:
    line = half_asked(reader, wall=0.2)
    assert "end" not in answer(line)  # it may not even have begun
    assert not children(reader)
    assert drawn(picture("JPEG")) == "jpg"


def test_a_request_may_ask_for_less_time_than_the_table_but_never_for_more() -> None:
    most = client.LIMITS["handed_in"]
    asked = [most.wall_of(one) for one in (0.2, 10_000, None, "x", 0, -1, True)]
    assert asked == [0.2, *[most.wall] * 6]


def test_no_more_than_two_children_are_at_work_and_the_third_waits_its_turn(reader: Reader) -> None:
    first, second, third = (half_asked(reader) for _ in range(3))
    wait_until(lambda: len(children(reader)) == 2)
    assert client.state().children == 2
    first.sendall(b"x")
    assert answer(first) == ["begun", "no"]
    wait_until(lambda: len(children(reader)) == 2)
    for line in (second, third):
        line.sendall(b"x")
        assert answer(line) == ["begun", "no"]


def test_one_asker_holds_one_place_and_leaves_the_other_to_everybody_else(reader: Reader) -> None:
    first, second = half_asked(reader, asker="a"), half_asked(reader, asker="a")
    assert drawn(picture("PNG")) == "png"  # though two of the same asker came before
    wait_until(lambda: len(children(reader)) == 1)
    first.sendall(b"x")
    second.sendall(b"x")
    assert answer(first) == answer(second) == ["begun", "no"]


def test_an_officers_long_import_leaves_a_place_for_pictures(reader: Reader) -> None:
    lines = [half_asked(reader, do="import") for _ in range(3)]
    assert drawn(picture("PNG")) == "png"
    wait_until(lambda: len(children(reader)) == 1)
    assert len(lines) == 3


def test_whoever_hangs_up_frees_the_place(reader: Reader) -> None:
    lines = [half_asked(reader), half_asked(reader)]
    wait_until(lambda: len(children(reader)) == 2)
    for line in lines:
        line.close()
    wait_until(lambda: not children(reader))


@pytest.mark.parametrize(
    "said",
    [
        b"\xff\xff\xff\xff",
        b"\0\0\0\0",
        b"\0\0\0\x02[]",
        b"\0\0\0\x04null",
        wire.packed({"do": "no such thing"}),
        wire.packed({"do": "handed_in", "facts": {}}).replace(b'"n": 0', b'"n": -1'),
        wire.packed({"do": "handed_in", "facts": {}}).replace(b'"n": 0', b'"n": 9999999999'),
    ],
)
def test_what_is_no_request_is_hung_up_on(reader: Reader, said: bytes) -> None:
    line = connected(reader)
    line.sendall(said.ljust(5, b"x"))
    assert answer(line) == []
    assert drawn(picture("PNG")) == "png"


def test_a_reader_that_was_killed_starts_again_and_what_came_meanwhile_is_read(reader: Reader) -> None:
    reader.watch()
    assert drawn(picture("PNG")) == "png"
    os.kill(reader.pid, signal.SIGKILL)
    assert drawn(picture("PNG")) == "png"


def test_where_the_servers_reader_is_gone_a_command_starts_its_own(reader: Reader) -> None:
    reader.end()
    assert drawn(picture("PNG")) == "png"


def test_where_every_place_is_taken_the_asker_is_told_in_time(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [half_asked(reader), half_asked(reader)]
    wait_until(lambda: len(children(reader)) == 2)
    monkeypatch.setattr(client, "PATIENCE", 0.2)
    with pytest.raises(BusyError):
        drawn(picture("PNG"))
    assert len(lines) == 2


def test_a_file_of_more_bytes_than_the_table_lets_is_not_even_sent(reader: Reader) -> None:
    with pytest.raises(TooMuchError):
        drawn(b"x" * (client.LIMITS["handed_in"].content + 1))
    assert not children(reader)


def taken(seats: door.Door) -> bool:
    with seats.seat():
        return True


def test_the_seats_of_a_process_are_few_and_one_asker_has_one() -> None:
    seats = door.Door(seats=2)
    with door.asked_by("192.0.2.1"), seats.seat():
        with pytest.raises(BusyError):
            taken(seats)
        with door.asked_by("192.0.2.2"), seats.seat(), door.asked_by("192.0.2.3"), pytest.raises(BusyError):
            taken(seats)
    with door.asked_by("192.0.2.1"):
        assert taken(seats)


def test_an_asker_whose_seconds_are_spent_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    seats = door.Door()
    monkeypatch.setattr(door, "MOST_SECONDS", 1.0)
    seats.meter.spent("192.0.2.1", 2.0)
    with door.asked_by("192.0.2.1"), pytest.raises(BusyError):
        taken(seats)
    with door.asked_by("192.0.2.2"):
        assert taken(seats)


def test_an_answer_of_no_known_shape_is_not_believed() -> None:
    for head in (
        {"kind": "kept", "ending": "../x", "is_drawn": True, "n": 1},
        {"kind": "no", "no": "x", "n": 0},
        {"kind": "?", "n": 0},
    ):
        with pytest.raises(wire.BrokenError):
            client.answers.typed(head)


def test_an_answer_to_another_question_is_not_believed(reader: Reader) -> None:
    with pytest.raises(NotReadError):
        client.ask("handed_in", picture("PNG"), client.answers.State, name="a.png")
