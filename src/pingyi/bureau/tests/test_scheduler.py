"""Each declared job runs in its own net, by one process at a time, and the desk tells what did not run."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from pingyi.bureau import job_alarms, leases
from pingyi.bureau.models import JobRun
from pingyi.bureau.scheduler import Scheduler
from pingyi.bureau.tests.cast import Cast
from pingyi.jobs import HOUR, MINUTE, SECOND, Job, Turn, declared, job

pytestmark = pytest.mark.django_db
NAMES = [one.name for one in declared()]
BEGUN = datetime(2026, 4, 1, 4, tzinfo=UTC)


@dataclass
class Clock:
    at: datetime = BEGUN

    def now(self) -> datetime:
        return self.at

    def pass_by(self, some: timedelta) -> None:
        self.at += some


@dataclass
class Child:
    """A job's own process, as long as nobody says how it ended."""

    code: int | None = None
    is_killed: bool = False

    def poll(self) -> int | None:
        return self.code

    def kill(self) -> None:
        self.is_killed = True


@dataclass
class Played:
    """The declared jobs, each replaced by one that counts and may raise."""

    faults: dict[str, Exception] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    within: dict[str, Callable[[Turn], object]] = field(default_factory=dict)

    def of(self, one: Job) -> Job:
        def run(turn: Turn) -> None:
            self.ran.append(one.name)
            if one.name in self.within:
                self.within[one.name](turn)
            if one.name in self.faults:
                raise self.faults[one.name]

        return replace(one, run=run, is_apart=False)

    def scheduler(self, *jobs: Job, by: str = "here:1", **more: object) -> Scheduler:
        found = [self.of(one) for one in jobs or declared()]
        return Scheduler(found, now=self.clock.now, apart=lambda _: Child(), by=by, **more)


def one(name: str, *, every: timedelta = HOUR, most: timedelta = MINUTE, **more: bool) -> Job:
    return Job(name=name, title=name, every=every, most=most, run=lambda _: None, **more)


def test_every_room_declares_its_jobs_and_the_frequent_ones_come_first() -> None:
    assert {name.partition(".")[0] for name in NAMES} == {"record", "bureau", "plans", "cases", "results"}
    assert NAMES.index("cases.inbox") < NAMES.index("record.sequence") < NAMES.index("plans.remind")
    with pytest.raises(ValueError, match="two jobs"):
        job("plans.remind", title="", every=HOUR, most=HOUR)(lambda _: None)


@pytest.mark.parametrize("name", NAMES)
def test_a_job_that_raises_holds_up_no_other_and_the_desk_shows_it_until_it_runs(cast: Cast, name: str) -> None:
    played = Played(faults={name: OperationalError("database is locked")})
    scheduler = played.scheduler()
    scheduler.begin()
    scheduler.tick()
    assert set(played.ran) == set(NAMES)
    assert not job_alarms.desk(cast.actor("zhou"), played.clock.at)
    played.clock.pass_by(HOUR + SECOND)
    scheduler.tick()
    shown = job_alarms.desk(cast.actor("zhou"), played.clock.at)
    title = next(str(job.title) for job in declared() if job.name == name)
    assert [title in item.title for item in shown] == [True]
    assert not job_alarms.desk(cast.actor("wang"), played.clock.at)
    played.faults.clear()
    played.clock.pass_by(2 * HOUR)
    scheduler.tick()
    assert not job_alarms.desk(cast.actor("zhou"), played.clock.at)


def test_a_fault_is_logged_once_with_its_trace_and_the_job_rests_longer_each_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    played = Played(faults={"x.often": ValueError("odd row")})
    scheduler = played.scheduler(one("x.often", every=SECOND), one("x.other", every=SECOND))
    with caplog.at_level(logging.ERROR):
        for _ in range(600):
            scheduler.tick()
            played.clock.pass_by(SECOND)
    assert played.ran.count("x.other") == 600
    assert 10 <= played.ran.count("x.often") <= 20
    assert [record.message for record in caplog.records] == ["the job x.often did not run"]
    assert caplog.records[0].exc_info is not None
    row = JobRun.objects.get(name="x.often")
    assert (row.fails, row.fault) == (played.ran.count("x.often"), "ValueError")


def test_the_longest_rest_is_an_hour_or_the_jobs_own() -> None:
    pauses = [leases.pause(one("x", every=MINUTE), fails) for fails in (1, 2, 3, 20)]
    assert pauses == [MINUTE, 2 * MINUTE, 4 * MINUTE, HOUR]
    assert leases.pause(one("x", every=24 * HOUR), 3) == 24 * HOUR


def test_two_workers_never_run_the_same_job() -> None:
    played = Played()
    first, second = (played.scheduler(by=f"elsewhere:{number}") for number in (1, 2))
    for _ in range(5):
        first.tick()
        second.tick()
        played.clock.pass_by(SECOND)
    assert all(played.ran.count(name) == (5 if by == SECOND else 1) for name, by in every().items())


def every() -> dict[str, timedelta]:
    return {one.name: one.every for one in declared()}


def test_a_job_within_another_workers_run_is_left_to_it() -> None:
    played = Played()
    first, second = (played.scheduler(one("x.long"), by=f"elsewhere:{number}") for number in (1, 2))
    played.within["x.long"] = lambda _: second.tick()
    first.tick()
    assert played.ran == ["x.long"]


def test_what_a_dead_process_of_this_machine_held_is_free_at_once_and_another_machines_when_its_lease_is_over() -> None:
    gone = f"{socket.gethostname()[:80]}:{2**22 + 7}"
    for holder, waits in ((gone, SECOND), ("elsewhere:7", 2 * MINUTE)):
        JobRun.objects.all().delete()
        played = Played()
        JobRun.objects.create(name="x.long", holder=holder, due=BEGUN + 2 * MINUTE)
        scheduler = played.scheduler(one("x.long"))
        played.clock.pass_by(waits - SECOND)
        scheduler.tick()
        assert played.ran == ([] if holder != gone else ["x.long"])
        played.clock.pass_by(6 * SECOND)
        scheduler.tick()
        assert played.ran == ["x.long"]


def test_a_living_process_of_this_machine_keeps_its_lease() -> None:
    row = JobRun(name="x", holder=f"{socket.gethostname()[:80]}:{os.getppid()}", due=BEGUN + MINUTE)
    assert not leases.is_free(row, one("x"), by="here:1", at=BEGUN)
    assert leases.is_free(row, one("x"), by="here:1", at=BEGUN + MINUTE)


def test_a_clock_that_was_set_back_silences_no_job() -> None:
    played = Played()
    scheduler = played.scheduler(one("x.often", every=SECOND), one("x.rare"))
    scheduler.tick()
    played.clock.at = BEGUN - timedelta(days=200)
    scheduler.tick()
    assert played.ran == ["x.often", "x.rare"] * 2


def test_a_quick_job_runs_between_the_pieces_of_a_long_one_and_the_long_one_keeps_its_lease() -> None:
    played, alive = Played(), list[str]()
    quick, long = one("x.quick", every=SECOND, is_quick=True), one("y.long", most=MINUTE)

    def pieces(turn: Turn) -> None:
        for _ in range(10):
            played.clock.pass_by(MINUTE / 2)
            turn.between()
            assert JobRun.objects.get(name="y.long").due >= played.clock.at

    played.within["y.long"] = pieces
    scheduler = played.scheduler(quick, long, alive=lambda job: alive.append(job.name if job else ""))
    scheduler.tick()
    assert played.ran.count("x.quick") == 11
    assert alive.count("y.long") >= 11
    assert alive[-1] == ""


def test_the_same_job_is_not_begun_within_itself() -> None:
    played = Played()
    played.within["x.quick"] = lambda turn: turn.between()
    played.scheduler(one("x.quick", every=SECOND, is_quick=True)).tick()
    assert played.ran == ["x.quick"]


def test_a_frequent_job_writes_its_row_once_in_a_while(django_assert_num_queries: Callable[..., object]) -> None:
    played = Played()
    scheduler = played.scheduler(one("x.often", every=SECOND))
    scheduler.tick()
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        for _ in range(20):
            played.clock.pass_by(SECOND)
            scheduler.tick()
    assert len(played.ran) == 21


def test_the_first_run_of_a_frequent_job_is_told_at_once() -> None:
    played = Played()
    played.scheduler(one("x.often", every=SECOND)).tick()
    assert JobRun.objects.get(name="x.often").ended == played.clock.now()


def test_a_job_apart_is_started_once_and_its_end_is_told() -> None:
    clock, children = Clock(), list[Child]()

    def start(_: Job) -> Child:
        children.append(Child())
        return children[-1]

    scheduler = Scheduler([one("x.apart", is_apart=True)], now=clock.now, apart=start, by="here:1")
    for _ in range(3):
        scheduler.tick()
    assert len(children) == 1
    children[0].code = 0
    scheduler.tick()
    assert JobRun.objects.get(name="x.apart").ended == clock.at
    clock.pass_by(HOUR)
    scheduler.tick()
    children[1].code = -9
    scheduler.tick()
    row = JobRun.objects.get(name="x.apart")
    assert (len(children), row.fails, row.fault) == (2, 1, "exit -9")


def test_a_job_apart_that_overruns_twice_its_time_is_ended() -> None:
    clock, child = Clock(), Child()
    scheduler = Scheduler([one("x.apart", is_apart=True)], now=clock.now, apart=lambda _: child, by="here:1")
    for _ in range(5):
        scheduler.tick()
        assert not child.is_killed
        clock.pass_by(MINUTE / 2)
    scheduler.tick()
    assert child.is_killed
    assert JobRun.objects.get(name="x.apart").fault == leases.CUT_OFF


def test_a_job_that_its_process_did_not_survive_rests_and_the_others_go_first() -> None:
    played = Played()
    jobs = (one("x.deadly", every=SECOND), one("x.other", every=SECOND))
    for _ in range(2):
        JobRun.objects.update(holder="", due=played.clock.at)
        scheduler = played.scheduler(*jobs)
        scheduler.begin(blamed="x.deadly")
        scheduler.tick()
    assert played.ran == ["x.other", "x.other"]
    row = JobRun.objects.get(name="x.deadly")
    assert (row.fails, row.fault) == (2, leases.CUT_OFF)


def test_a_worker_that_stops_gives_its_leases_back() -> None:
    played = Played()
    scheduler = played.scheduler(one("x.often", every=SECOND))
    scheduler.tick()
    assert JobRun.objects.get(name="x.often").holder == "here:1"
    scheduler.end()
    assert JobRun.objects.get(name="x.often").holder == ""


def test_a_database_that_refuses_every_write_ends_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    played = Played()
    scheduler = played.scheduler(one("x.often", every=SECOND), one("x.rare"))
    with monkeypatch.context() as patch:
        for name in ("enter", "take", "keep", "end", "fail"):
            patch.setattr(leases, name, full)
        scheduler.begin()
        scheduler.tick()
    assert played.ran == []
    played.clock.pass_by(HOUR)
    scheduler.tick()
    assert played.ran == ["x.often", "x.rare"]


def full(*_: object, **__: object) -> None:
    raise OperationalError("database or disk is full")
