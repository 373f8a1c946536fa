"""Call-backs: a lot that anyone can repeat, asked by one who never had a hand in the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pingyi.record.models import Entry
from pingyi.rules import draw as rules
from pingyi.rules.actor import citizen
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import accusing, answer, calling_back, protection, rating
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Breach, CallBack, CallBackDraw
from pingyi.stations.cases.queries import calling_back as queries
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, REPLY, RESULT, Play, noon

pytestmark = pytest.mark.django_db
NUMBERS = "3 9 14 22 31 33 16"
TUESDAY = MONDAY + DAY


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def announced(play: Play, *, until: date = date(2026, 3, 16), source_on: date = date(2026, 3, 17)) -> CallBackDraw:
    return calling_back.announce(
        since=date(2026, 3, 1), until=until, source="福彩双色球第2026030期", source_on=source_on,
        by=play.actor("zhou"), at=MONDAY,
    )  # fmt: skip


def drawn(play: Play) -> CallBackDraw:
    return calling_back.draw(announced(play).reference, numbers=NUMBERS, by=play.actor("zhou"), at=TUESDAY)


def test_a_fifth_of_what_was_closed_is_drawn_and_anyone_can_repeat_it(play: Play) -> None:
    for _ in range(6):
        play.closed()
    row = drawn(play)
    assert (len(row.pool), row.count, len(row.drawn)) == (6, 2, 2)
    assert rules.opens(bytes.fromhex(row.code), bytes.fromhex(row.commitment))
    numbers = rules.randomness([[int(word) for word in NUMBERS.split()]])
    again = rules.drawn(row.pool, count=row.count, code=bytes.fromhex(row.code), randomness=numbers)
    assert again == row.drawn
    assert set(CallBack.objects.values_list("case__reference", flat=True)) == set(row.drawn)
    assert Entry.objects.filter(verb="case.draw_call_backs", subject=row.subject).count() == 2


def test_the_secret_is_not_in_the_record_before_the_draw(play: Play) -> None:
    play.closed()
    row = announced(play)
    assert row.secret not in "".join(Entry.objects.values_list("body", flat=True))
    assert row.commitment in Entry.objects.get(subject=row.subject).body


def test_who_announces_cannot_choose_numbers_that_are_known(play: Play) -> None:
    assert code(lambda: announced(play)) == "call_back.pool_empty"
    play.closed()
    assert code(lambda: announced(play, source_on=date(2026, 3, 16))) == "call_back.numbers_known"
    assert code(lambda: announced(play, until=date(2026, 3, 17))) == "call_back.period"
    row = announced(play, source_on=date(2026, 3, 18))
    early = code(lambda: calling_back.draw(row.reference, numbers=NUMBERS, by=play.actor("zhou"), at=TUESDAY))
    assert early == "call_back.too_early"
    forbidden = code(lambda: calling_back.draw(row.reference, numbers=NUMBERS, by=play.actor("wang"), at=TUESDAY))
    assert forbidden == "forbidden"


def test_numbers_that_cannot_be_read_and_a_second_draw_are_refused(play: Play) -> None:
    play.closed()
    row = announced(play)
    for numbers in ("", "drei", "-1 2", "9" * 11):
        move = lambda numbers=numbers: calling_back.draw(  # noqa: E731
            row.reference, numbers=numbers, by=play.actor("zhou"), at=TUESDAY
        )
        assert code(move) == "call_back.numbers_unreadable"
    calling_back.draw(row.reference, numbers=NUMBERS, by=play.actor("zhou"), at=TUESDAY)
    again = code(lambda: calling_back.draw(row.reference, numbers=NUMBERS, by=play.actor("zhou"), at=TUESDAY))
    assert again == "call_back.drawn_already"


def test_nobody_is_asked_twice_about_one_closing_and_not_without_a_name(play: Play) -> None:
    play.closed(contact=Contact())
    case = play.closed()
    drawn(play)
    assert CallBack.objects.get().case == case
    assert code(lambda: announced(play)) == "call_back.pool_empty"


def test_no_report_of_misconduct_is_drawn(play: Play) -> None:
    case = play.received(kind="misconduct")
    answer.answer(case.reference, text=REPLY, by=play.actor("zhou"), at=MONDAY)
    answer.settle(case.reference, result=RESULT, by=play.actor("zhou"), at=MONDAY)
    answer.close(case.reference, by=play.actor("li"), at=MONDAY)
    assert code(lambda: announced(play)) == "call_back.pool_empty"


def test_only_who_never_had_a_hand_in_the_case_asks(play: Play) -> None:
    case = play.closed()  # zhou received, offered and closed it, zhao answered
    drawn(play)

    def ask(who: str, **said: object) -> CallBack:
        told = {"is_reached": True, "level": 4, "is_solved": True, **said}
        return calling_back.call_back(case.reference, **told, by=play.actor(who), at=TUESDAY)  # type: ignore[arg-type]

    assert code(lambda: ask("zhou")) == "call_back.own_case"
    assert code(lambda: ask("zhao")) == "forbidden"
    assert code(lambda: ask("li", level=7)) == "case.no_such_level"
    assert code(lambda: ask("li", is_solved=None)) == "call_back.solved_unsaid"
    row = ask("li", words="确实解决了")
    assert (row.stage, row.level, row.is_solved, row.operator) == ("reached", 4, True, play.cast.li)
    assert Entry.objects.get(verb="case.call_back").body.find("确实解决了") == -1
    assert code(lambda: ask("li")) == "missing"


def test_who_calls_back_may_look_up_the_number_for_that_alone(play: Play) -> None:
    case = play.closed()
    drawn(play)
    told = {"reason": "回访", "by": play.actor("sun"), "at": TUESDAY}
    assert protection.identify(case.reference, purpose="call_back", **told).phone == "138-0000-0001"  # type: ignore[arg-type]
    assert code(lambda: protection.identify(case.reference, purpose="contact", **told)) == "case.not_drawn"  # type: ignore[arg-type]
    assert code(lambda: protection.erase(case.reference, by=play.actor("zhou"), at=TUESDAY)) == (
        "case.needed_for_call_back"
    )


def test_a_case_opened_again_before_the_draw_is_passed_over(play: Play) -> None:
    case = play.closed()
    row = announced(play)
    citizens.object_to(case.reference, reason="未解决", by=citizen(case.reference), at=MONDAY)
    done = calling_back.draw(row.reference, numbers=NUMBERS, by=play.actor("zhou"), at=TUESDAY)
    assert done.drawn == [case.reference]
    assert not CallBack.objects.exists()


def test_a_denial_is_a_breach_at_once_even_if_the_case_is_opened_again_before_the_worker_looks(play: Play) -> None:
    case = play.closed()
    drawn(play)
    told = {"is_reached": True, "level": 2, "is_solved": False, "by": play.actor("li"), "at": TUESDAY}
    calling_back.call_back(case.reference, **told)  # type: ignore[arg-type]
    citizens.object_to(case.reference, reason="未解决", ground="not_done", by=citizen(case.reference), at=TUESDAY)
    accusing.accuse(at=TUESDAY)
    assert [(row.kind, row.member) for row in Breach.objects.all()] == [("false_closing", play.cast.zhao)]


def test_where_the_rating_and_the_call_back_contradict_each_other_it_is_shown(play: Play) -> None:
    case, other = play.closed(), play.closed()
    for one in (case, other):
        rating.rate(one.reference, level=5, by=citizen(one.reference), at=MONDAY)
    row = announced(play)
    calling_back.draw(row.reference, numbers=NUMBERS, by=play.actor("zhou"), at=TUESDAY)
    asked = CallBack.objects.get().case
    calling_back.call_back(
        asked.reference, is_reached=True, level=1, is_solved=False, by=play.actor("li"), at=noon(date(2026, 3, 18))
    )
    by_section = queries.discordance_by_section()
    assert [(line.name, line.compared, line.discordant) for line in by_section] == [("环境监察大队", 1, 1)]
    by_operator = queries.discordance_by_operator()
    assert [(line.name, line.compared, line.discordant) for line in by_operator] == [("李芳", 1, 1)]
