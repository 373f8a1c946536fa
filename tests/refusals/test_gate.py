"""The gate of refusals that no test provokes, shown runs that it must fail."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from pingyi import words
from pingyi.record.faults import Fault, fault
from pingyi.rules import draw
from pingyi.rules.refused import Refused
from tests.refusals import listener
from tests.refusals.gate import LIST, heard, listed, problems


@pytest.mark.parametrize(
    ("provoked", "on_list", "lacking", "told"),
    [
        ({"a", "b"}, {}, [], []),
        ({"a"}, {}, [], ["b: no test provokes it"]),
        ({"a"}, {}, ["a browser"], []),
        ({"a"}, {"b": "machine: no disk"}, [], []),
        ({"a", "b"}, {"b": "machine: no disk"}, ["a browser"], ["b: a test provokes it now"]),
        ({"a", "b"}, {"c": "machine: no disk"}, ["a browser"], ["c: is registered no more"]),
        ({"a"}, {"b": ""}, [], ["b: say why"]),
        ({"a", "b"}, {"b": "race: two at once"}, [], []),
    ],
)
def test_a_run_is_judged_by_what_it_provoked(
    provoked: set[str], on_list: dict[str, str], lacking: list[str], told: list[str]
) -> None:
    found = problems(["a", "b"], provoked, on_list, is_whole=not lacking)
    assert len(found) == len(told)
    assert all(one.startswith(beginning) for one, beginning in zip(found, told, strict=True))


def test_what_processes_left_is_read_together(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("case.no_papers\tone\nfault row.missing\ttwo\n", encoding="utf-8")
    (tmp_path / "2.txt").write_text("case.no_papers\tthree\n", encoding="utf-8")
    assert heard(tmp_path) == {"case.no_papers", "fault row.missing"}


def test_each_line_of_the_list_has_a_code_and_a_reason() -> None:
    assert all(
        reason.startswith(("machine: ", "race: ", "open: issue "))
        for reason in listed(LIST.read_text("utf-8")).values()
    )


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was heard yet, and what is heard here is forgotten."""
    monkeypatch.setattr(listener, "codes", defaultdict(set))
    monkeypatch.setattr(listener, "broken", [])
    monkeypatch.setattr(listener, "_judged", set())


@pytest.mark.usefixtures("silence")
def test_what_a_rule_refuses_is_heard_and_what_a_test_makes_by_hand_is_not() -> None:
    Refused("draw.label_twice")
    Fault(code="row.missing")
    assert not listener.codes
    with pytest.raises(Refused, match=r"draw\.codes_used_up"):
        draw.code(b"", number=11)
    assert listener.codes.keys() == {"draw.codes_used_up"}
    assert "by_hand_is_not" in min(listener.codes["draw.codes_used_up"])


@pytest.mark.usefixtures("silence")
def test_a_fault_is_heard_by_who_asks_for_it_not_by_the_function_that_makes_it() -> None:
    fault("table.missing", table="plan")
    assert not listener.codes
    there = compile("fault('table.missing', table='plan')", f"{listener.PRODUCT}/record/a_check.py", "exec")
    exec(there, {"fault": fault})  # noqa: S102 - code of this line, under a name of the product's
    assert listener.codes.keys() == {"fault table.missing"}


@pytest.mark.usefixtures("silence")
@pytest.mark.parametrize("sentence", ["All {spent} codes have been used.", "{links.first} codes", "It is {{links}}."])
def test_a_sentence_that_lacks_a_fact_is_told_in_both_languages(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(words.REFUSALS, "draw.codes_used_up", sentence)
    with pytest.raises(Refused):
        draw.code(b"", number=0)
    assert [one.partition(":")[0] for one in listener.broken] == [
        "draw.codes_used_up (zh-hans)", "draw.codes_used_up (en)",
    ]  # fmt: skip
    listener.broken.clear()
