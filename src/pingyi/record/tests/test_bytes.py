"""What an import writes by hand is what the plain way writes, byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingyi.record import batches, facts
from pingyi.record import rows as stored
from pingyi.record.acts import act
from pingyi.record.models import Entry
from pingyi.record.tests.conftest import AT, ZHOU
from pingyi.record.tests.matters import Matter, Unit
from pingyi.rules import entry as entries
from pingyi.rules.actor import Actor, Role
from pingyi.rules.permissions import may, may_to_any
from pingyi.stations.cases.models import Case

PATIENTLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LONG = st.sampled_from(["甲" * 299, "甲" * 300, '"' * 400, "甲" * 3000])
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8))])
INSTANTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001
MATTERS = st.fixed_dictionaries(
    {
        "title": TEXT | LONG | st.integers(0, 9),
        "points": st.sampled_from([0, 7, Decimal("79.9"), "12.5"]),
        "due_on": st.none() | st.dates() | st.just("2026-05-04"),
        "facts": st.just({}) | st.just([]) | st.lists(TEXT, max_size=2) | st.dictionaries(TEXT, st.integers(-9, 9)),
        "seen_at": st.none() | INSTANTS,
        "unit": st.none() | st.builds(Unit, id=st.just(1), reference=TEXT),
        "phone": TEXT | st.integers(0, 9),
        "story": st.none() | TEXT | LONG,
    }
)


@PATIENTLY
@given(st.lists(MATTERS, min_size=1, max_size=3))
def test_many_rows_say_column_by_column_what_each_says_by_itself(values: list[dict[str, Any]]) -> None:
    rows = [Matter(**one) for one in values]
    assert batches.shown_texts(rows) == [entries.canonical_text(facts.shown(row)) for row in rows]
    held = batches.sealed(rows)
    assert held == [facts.sealed(row) for row in rows]
    salts = batches.salted(rows, [frozenset()] * len(rows))
    batches.keep_salts(rows, salts)
    each = [facts.commitments(facts.sealed(row), row.salts) for row in rows]
    assert batches.commitments_texts(held, salts) == [entries.canonical_text(one) for one in each]


@pytest.mark.parametrize("kept", [frozenset[str](), frozenset({"phone"}), frozenset({"phone", "story"})])
def test_a_salt_is_kept_until_its_value_is_renewed_and_no_two_are_alike(kept: frozenset[str]) -> None:
    rows = [Matter(phone="1"), Matter(phone="1"), Matter(phone="2")]
    batches.keep_salts(rows[:2], batches.salted(rows[:2], [frozenset()] * 2))
    before = [dict(row.salts) for row in rows]
    batches.keep_salts(rows, batches.salted(rows, [frozenset(Matter.sealed) - kept] * 3))
    assert all(
        (row.salts[name] == was[name]) is (name in kept)
        for row, was in zip(rows[:2], before, strict=False)
        for name in was
    )
    assert len({salt for row in rows for salt in row.salts.values()}) == len(rows) * len(Matter.sealed)


@pytest.mark.django_db
def test_two_rows_say_each_its_own_and_links_that_nobody_loaded_are_said_too() -> None:
    with act("matter.open", by=ZHOU, at=AT) as change:
        unit = change.save(Unit(name="大队"))
        change.save_all([Matter(title=f"第{number}件", facts=[number], unit=unit) for number in range(2)])
        change.save(Matter(title="无单位", facts=[]))
    rows = list(Matter.objects.order_by("pk"))
    texts = batches.shown_texts(rows[:2])
    assert texts == [entries.canonical_text(facts.shown(row)) for row in rows[:2]]
    assert [json.loads(text)["facts"] for text in texts] == [[0], [1]]
    fresh = list(Matter.objects.order_by("pk"))
    assert [json.loads(text)["unit"] for text in batches.shown_texts(fresh)] == [unit.subject, unit.subject, None]


@PATIENTLY
@given(st.lists(st.binary(min_size=32, max_size=32), max_size=5))
def test_many_digests_are_written_in_one_call_as_each_by_itself(octets: list[bytes]) -> None:
    assert entries.texts(octets) == [facts._text(one) for one in octets]


@PATIENTLY
@given(st.dictionaries(TEXT, TEXT), st.lists(TEXT, max_size=2), st.none() | st.integers(1, 9), TEXT, TEXT)
def test_an_entry_put_together_from_encoded_parts_is_in_canonical_form(
    public: dict[str, str], erased: list[str], version: int | None, reason: str, prev: str
) -> None:
    body = entries.compose(
        log="x", kind="a.b", at="2026-05-21", subject="a/甲", member="m", role="machine", public=public, commit={},
        erased=erased, version=version, reason=reason, prev=prev,
    )  # fmt: skip
    assert entries.read(body)["public"] == public


@pytest.mark.parametrize("model", [Case, Matter])
def test_a_row_built_by_hand_holds_what_the_model_gives_it(model: Any) -> None:
    built, plain = stored.fresh(model, reference="R", title="甲"), model(reference="R", title="甲")
    for row in (built, plain):
        [row.__dict__.pop(name, None) for name in ("_state", "follow_code", "key_name")]
    assert built.__dict__ == plain.__dict__


def test_lists_of_rows_built_by_hand_are_their_own() -> None:
    one, other = stored.fresh(Case, title="甲"), stored.fresh(Case, title="乙")
    one.doers.append("zhou")
    assert other.doers == []
    assert one.reference != other.reference


def test_only_who_may_do_it_to_every_row_is_not_asked_row_by_row() -> None:
    office = Actor(name="周", reference="zhou", role=Role.SUPERVISION_OFFICE)
    head = Actor(name="李", reference="li", role=Role.SECTION_HEAD, section="brigade")
    assert may_to_any(office, "board.take_down")
    assert may(head, "board.take_down", {"section": "brigade"})
    assert not may_to_any(head, "board.take_down")
    assert not may_to_any(office, "no.such_verb")


def test_columns_that_do_not_fit_the_table_are_refused() -> None:
    with pytest.raises(TypeError, match="leaf"):
        stored.insert_columns(Entry, {"leaf": ["x"]})
