"""Two clerks act on one case at once: the second is told what changed, whatever the two verbs are (§3.2.2)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction

from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import answer, clock, custody, group, holding, intake, oversight, protection, slips
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, REPLY, RESULT, Play, noon
from pingyi.stations.cases.views.verbs import VERBS

TUESDAY, LATE = MONDAY + DAY, noon(date(2026, 4, 3))
Doing = Callable[[Play, Case, int], object]


def _do(action: Callable[..., object], who: str, **told: Any) -> Doing:
    at = told.pop("at", TUESDAY)
    return lambda play, case, seen: action(case.reference, **told, seen=seen, by=play.actor(who), at=at)


def _beside(action: Callable[..., object], word: str) -> Doing:
    """A verb that names another case."""
    return lambda play, case, seen: action(
        case.reference, **{word: play.received(at=TUESDAY).reference}, seen=seen, by=play.actor("zhou"), at=TUESDAY
    )


ON_OFFER: dict[str, Doing] = {
    "accept": _do(custody.accept, "zhao"),
    "decline": _do(custody.decline, "wang", reason="不属本队职责"),
    "recall": _do(custody.recall, "zhou"),
    "classify": _do(intake.classify, "li", kind="inquiry"),
    "correct_kind": _do(slips.correct_kind, "li", kind="help", reason="点错了类别"),
}
HELD: dict[str, Doing] = {
    "answer": _do(answer.answer, "zhao", text=REPLY),
    "settle": _do(answer.settle, "wang", result=RESULT),
    "assign": _do(custody.assign, "zhao", to="pollution"),
    "stop_clock": _do(clock.stop_clock, "zhao", cause="court"),
    "extend_ask": _do(clock.extend_ask, "zhao", until=date(2026, 4, 10), reason="送检"),
    "notify": _do(clock.notify, "wang", papers="身份证"),
    "split": _do(intake.split, "zhao", title="扬尘", kind="complaint"),
    "merge": _beside(intake.merge, "into"),
    "group": _beside(group.group, "other"),
    "urge": _do(oversight.urge, "zhou"),
}
READY: dict[str, Doing] = {
    "answer": _do(answer.answer, "zhao", text=f"{REPLY}已复测。"),
    "close": _do(answer.close, "wang"),
    "extend_ask": _do(clock.extend_ask, "zhao", until=date(2026, 4, 10), reason="送检"),
}
STOPPED: dict[str, Doing] = {
    "resume_clock": _do(clock.resume_clock, "zhao"),
    "let_stand": _do(clock.let_stand, "zhou", note="检测未完"),
}
ASKED: dict[str, Doing] = {
    "extend_grant": _do(clock.extend_grant, "zhou"),
    "extend_deny": _do(clock.extend_deny, "li", decision="不准"),
}
CLOSED: dict[str, Doing] = {
    "reopen": _do(answer.reopen, "sun", reason="仍在施工"),
    "ungroup": _do(group.ungroup, "zhou"),
    "hold": _do(holding.hold, "zhou", reason="举报线索涉及本件"),
}
URGED: dict[str, Doing] = {"criticize": _do(oversight.criticize, "zhou", at=LATE), "answer": HELD["answer"]}
KEPT: dict[str, Doing] = {"release": _do(holding.release, "zhou"), "reopen": CLOSED["reopen"]}
ERASED: dict[str, Doing] = {"readmit": _do(protection.readmit, "zhou", reason="热线再次交办")}


def _after(play: Play, doing: Doing) -> Case:
    case = play.held()
    doing(play, case, case.version)
    return play.fresh(case)


def _grouped(play: Play) -> Case:
    case = play.closed()
    group.group(case.reference, other=play.closed().reference, by=play.actor("zhou"), at=MONDAY)
    return play.fresh(case)


def _kept(play: Play) -> Case:
    case = play.closed()
    holding.hold(case.reference, reason="举报线索涉及本件", by=play.actor("zhou"), at=MONDAY)
    return play.fresh(case)


def _erased(play: Play) -> Case:
    case = play.closed(channel="hotline_12345", external_number="G1")
    return play.fresh(protection.erase(case.reference, by=play.actor("zhou"), at=TUESDAY))


# A stand that a case has, and what two clerks may both have on their screens then.
STANDS: dict[str, tuple[Callable[[Play], Case], dict[str, Doing]]] = {
    "offered": (lambda play: play.offered(), ON_OFFER),
    "held": (lambda play: play.held(), HELD),
    "ready": (lambda play: play.done(), READY),
    "stopped": (lambda play: _after(play, HELD["stop_clock"]), STOPPED),
    "asked": (lambda play: _after(play, HELD["extend_ask"]), ASKED),
    "closed": (_grouped, CLOSED),
    "kept": (_kept, KEPT),
    "erased": (_erased, ERASED),
    "urged": (lambda play: _after(play, HELD["urge"]), URGED),
}
PAIRS = [
    (stand, first, second) for stand, (_, doings) in STANDS.items() for first in doings for second in doings
    if not (stand == "held" and "answer" not in {first, second})  # of ten verbs, each before and after an answer
]  # fmt: skip


def test_every_verb_that_has_a_page_is_tried_by_two() -> None:
    assert {verb for _, doings in STANDS.values() for verb in doings} - {"group", "ungroup"} == set(VERBS)


@pytest.mark.django_db
@pytest.mark.parametrize("stand", STANDS)
def test_the_second_of_two_is_told_what_the_first_did_and_changes_nothing(play: Play, stand: str) -> None:
    made, _ = STANDS[stand]
    for _, first, second in (pair for pair in PAIRS if pair[0] == stand):
        before_both = transaction.savepoint()  # each pair of clerks finds the days as they were
        case = made(play)
        seen, doings = case.version, STANDS[stand][1]
        doings[first](play, case, seen)
        before = Entry.objects.filter(subject=case.subject).count()
        if play.fresh(case).version == seen:
            transaction.savepoint_rollback(before_both)
            continue  # a letter, or a group beside the case: it says nothing new of the case itself
        with pytest.raises(Refused) as refused:
            doings[second](play, case, seen)
        assert refused.value.code in {"case.changed", "case.moved_on"}, f"{first} before {second}"
        assert refused.value.code == "case.moved_on" or refused.value.facts["said"], f"{first} before {second}"
        assert Entry.objects.filter(subject=case.subject).count() == before
        transaction.savepoint_rollback(before_both)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time by itself")
@pytest.mark.parametrize(
    ("stand", "verbs"),
    [
        ("held", ["answer", "answer"]),
        ("offered", ["accept", "recall"]),
        ("ready", ["extend_ask", "close"]),
        ("held", ["merge", "answer"]),
    ],
)
def test_of_two_at_the_same_instant_one_acts_and_one_is_told(play: Play, stand: str, verbs: list[str]) -> None:
    made, doings = STANDS[stand]
    told = _both(play, made(play), [doings[verb] for verb in verbs])
    assert told in (["case.changed", "done"], ["case.moved_on", "done"]), verbs


def _both(play: Play, case: Case, doings: list[Doing]) -> list[str]:
    """Let two clerks do what their screens offer at one instant; return what each was told."""
    told: list[str] = []
    both = threading.Barrier(len(doings))

    def act(doing: Doing) -> None:
        both.wait()
        try:
            doing(play, case, case.version)
            told.append("done")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connections.close_all()

    clerks = [threading.Thread(target=act, args=(doing,)) for doing in doings]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    return sorted(told)
