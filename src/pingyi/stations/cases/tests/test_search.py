"""Search finds two-character words in what was raised and answered, and shows nobody another's cases."""

from __future__ import annotations

from typing import Any

import pytest

from pingyi.record.acts import act
from pingyi.stations.cases import indexing
from pingyi.stations.cases.models import Case, CaseWords
from pingyi.stations.cases.queries import search
from pingyi.stations.cases.tests.conftest import MONDAY, Play


def found(play: Play, query: str, *, who: str = "zhou", **more: Any) -> list[str]:
    hits = search.search(query, seen_by=play.actor(who), at=MONDAY, **more)
    return [hit.case.reference for hit in hits.hits]


@pytest.mark.parametrize("query", ["噪声", "柳溪路", "施工 噪声", "夜间施工噪声", "噪", "2026-000001"])
def test_a_word_of_the_matter_finds_its_case(play: Play, query: str) -> None:
    case = play.received()
    play.received(title="污水外溢", text="井盖冒水")
    assert found(play, query) == [case.reference]


def test_words_of_the_answer_and_the_result_are_found_and_the_hit_says_where(play: Play) -> None:
    case = play.done()
    (hit,) = search.search("隔声屏障", seen_by=play.actor("zhou"), at=MONDAY).hits
    assert (hit.case, hit.where) == (case, "result")
    assert [part.text for part in hit.around if part.is_hit] == ["隔声屏障"]


def test_pairs_that_meet_by_chance_are_no_hit(play: Play) -> None:
    play.received(title="噪声大", text="大路旁")
    assert found(play, "声大路") == []


def test_the_name_and_the_telephone_of_the_citizen_are_not_searched(play: Play) -> None:
    play.received()
    assert found(play, "林先生") == []
    assert found(play, "138-0000-0001") == []


def test_a_section_finds_its_own_cases_and_those_it_is_offered_and_no_others(play: Play) -> None:
    held, offered = play.held(), play.offered()
    play.received()
    assert found(play, "噪声", who="wang") == [offered.reference, held.reference]
    assert found(play, "噪声", who="chen") == []
    assert len(found(play, "噪声", who="sun")) == 3


def test_a_report_of_misconduct_is_found_by_the_supervision_office_alone(play: Play) -> None:
    case = play.received(kind="misconduct", title="反映监察人员收礼", who="wang")
    assert found(play, "收礼") == [case.reference]
    assert found(play, "收礼", who="wang") == []
    assert found(play, "收礼", who="sun") == []


def test_what_was_erased_is_found_no_more(play: Play) -> None:
    case = play.received()
    with act("case.classify", by=play.actor("zhou"), at=MONDAY) as change:
        change.erase(change.lock(Case, reference=case.reference), "title", "text")
    assert found(play, "噪声") == []
    assert "噪声" not in CaseWords.objects.get(case=case).words


def test_pages_follow_each_other_without_gaps(play: Play) -> None:
    made = [play.received(title=f"噪声之{number}").reference for number in range(45)]
    first = search.search("噪声", seen_by=play.actor("zhou"), at=MONDAY)
    second = search.search("噪声", seen_by=play.actor("zhou"), at=MONDAY, before=first.after)
    third = search.search("噪声", seen_by=play.actor("zhou"), at=MONDAY, before=second.after)
    pages = [hit.case.reference for page in (first, second, third) for hit in page.hits]
    assert pages == made[::-1]
    assert third.after is None


@pytest.mark.parametrize(
    "query", ["", "   ", "。", '" OR 1', "'); --", "NEAR(", "a:*", "噪声*", "\\", "\x00", "ǂ" * 500]
)
def test_whatever_is_typed_is_only_looked_for(play: Play, query: str) -> None:
    play.received()
    assert len(found(play, query)) <= 1


def test_an_imports_cases_are_found_once_the_worker_has_filled_them_in(play: Play, monkeypatch: Any) -> None:
    monkeypatch.setattr(indexing, "AT_ONCE", 0)
    case = play.received()
    assert found(play, "噪声") == []
    assert indexing.fill() == 1
    assert found(play, "噪声") == [case.reference]
    assert indexing.fill() == 0


def test_the_words_are_rebuilt_from_the_cases(play: Play) -> None:
    case = play.received()
    CaseWords.objects.all().delete()
    assert indexing.rebuild() == 1
    assert found(play, "噪声") == [case.reference]


def test_a_search_takes_the_same_queries_for_few_and_for_many(play: Play, django_assert_num_queries: Any) -> None:
    zhou = play.actor("zhou")  # who somebody is was asked when they came in
    play.received()
    with django_assert_num_queries(2):
        search.search("噪声", seen_by=zhou, at=MONDAY)
    for _ in range(10):
        play.held()
    with django_assert_num_queries(2):
        search.search("噪声", seen_by=zhou, at=MONDAY)
