"""Due days and closings under heads that nobody knows: the rows' states tell, or a person is asked."""

from __future__ import annotations

import pytest

from pingyi.authoring.case_tables import ColumnMapping
from pingyi.authoring.tests.case_books import csv_of, table

SAID = "小区旁边的工地夜里一直施工，吵得人睡不着觉，希望尽快协调处理"


def proposed(*heads: str, limit: bool = True, closing: bool = True, states: bool = True) -> ColumnMapping:
    """Propose a table of twenty matters, half of them open: receipt, limit, closing, state, text."""
    rows = []
    for n in range(1, 21):
        is_closed = n % 2 == 0
        row = [f"2026-03-{n:02}"]
        row += [f"2026-04-{n:02}"] if limit else []
        row += [(f"2026-03-{n + 5:02}" if is_closed else "")] if closing else []
        row += ["已办结" if is_closed else "办理中"] if states else []
        rows.append([*row, f"{SAID}{n}"])
    return table(csv_of(list(heads), *rows)).proposed


def told(found: ColumnMapping) -> dict[str, str]:
    return dict(zip(found.labels, found.fields, strict=True))


def test_a_day_of_open_rows_is_the_limit_and_one_of_closed_rows_alone_the_closing() -> None:
    found = proposed("派发日", "甲", "乙", "状态", "说了什么")
    assert told(found) == {
        "派发日": "received_at", "甲": "due_at", "乙": "closed_at", "状态": "status", "说了什么": "text",
    }  # fmt: skip
    assert found.asked == ()


def test_without_states_it_is_asked_which_is_which_and_nothing_is_guessed() -> None:
    found = proposed("派发日", "甲", "乙", "说了什么", states=False)
    assert told(found) == {"派发日": "received_at", "甲": "", "乙": "", "说了什么": "text"}
    assert [found.labels[index] for index in found.asked] == ["甲", "乙"]


@pytest.mark.parametrize("kind", ["due_at", "closed_at"])
def test_a_single_column_of_days_beside_states_is_known_by_the_open_rows(kind: str) -> None:
    is_limit = kind == "due_at"
    found = proposed("派发日", "何日", "状态", "说了什么", limit=is_limit, closing=not is_limit)
    assert told(found)["何日"] == kind
    assert found.asked == ()


@pytest.mark.parametrize("kind", ["due_at", "closed_at"])
def test_a_single_column_of_days_without_states_is_asked_about(kind: str) -> None:
    is_limit = kind == "due_at"
    found = proposed("派发日", "何日", "说了什么", limit=is_limit, closing=not is_limit, states=False)
    assert told(found)["何日"] == ""
    assert [found.labels[index] for index in found.asked] == ["何日"]


def test_where_heads_say_both_no_other_day_is_asked_about() -> None:
    heads = ["受理时间", "办结期限", "办结时间", "抄送", "诉求内容"]
    rows = [
        [f"2026-03-{n:02}", f"2026-04-{n:02}", f"2026-03-{n + 2:02}", f"2026-03-{n + 1:02}", SAID] for n in range(1, 9)
    ]
    found = table(csv_of(heads, *rows)).proposed
    assert (told(found)["抄送"], found.asked) == ("", ())


def test_days_before_the_receipt_are_neither_a_limit_nor_a_closing() -> None:
    rows = [[f"2026-03-{n + 5:02}", f"2026-03-{n:02}", SAID] for n in range(1, 9)]
    found = table(csv_of(["受理时间", "出生", "诉求内容"], *rows)).proposed
    assert (told(found)["出生"], found.asked) == ("", ())


def test_what_a_person_said_once_is_not_asked_again() -> None:
    found = proposed("派发日", "甲", "乙", "说了什么", states=False)
    again = found.remembered({"甲": "due_at", "乙": ""})
    assert (told(again)["甲"], again.asked) == ("due_at", ())
    assert found.remembered({"甲": "due_at"}).asked == (2,)
    assert found.corrected({1: "due_at", 2: "closed_at"}).asked == ()
