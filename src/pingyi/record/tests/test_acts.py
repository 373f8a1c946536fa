"""A change is permitted, saved and recorded together, or it did not happen."""

# ruff: noqa: PT012 - what an act refuses is the whole act

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from pingyi.record import acts, audit, facts, reasons
from pingyi.record.acts import act
from pingyi.record.models import Entry, UnrecordedError
from pingyi.record.tests.conftest import AT, WANG, ZHOU, opened
from pingyi.record.tests.matters import Matter, Unit
from pingyi.rules import entry as entries
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db


def said(row: Matter) -> dict[str, object]:
    return dict(json.loads(Entry.objects.get(leaf=row.entry_hash).body))


def test_a_new_row_and_its_entry_are_written_together() -> None:
    row = opened(title="夜间异味", phone="13800000000", due_on=date(2026, 6, 4))
    entry = said(row)
    assert (entry["kind"], entry["at"], entry["subject"], entry["version"]) == (
        "matter.open",
        "2026-05-21",
        row.subject,
        1,
    )
    assert entry["by"] == {"member": "member/zhou", "role": "supervision_office"}
    assert "prev" not in entry


def test_an_entry_holds_no_sealed_and_no_private_value() -> None:
    row = opened(title="夜间异味", phone="13800000000", story="住在河边三号", draft="草稿一")
    body = Entry.objects.get(leaf=row.entry_hash).body
    assert not [word for word in ("13800000000", "住在河边三号", "草稿一", "周明") if word in body]
    assert set(said(row)["commit"]) == {"phone", "story"}  # type: ignore[call-overload]


def test_the_entries_of_one_row_are_a_chain() -> None:
    row = opened(title="甲")
    first = row.entry_hash
    with act("matter.answer", by=ZHOU, at=AT) as change:
        again = change.lock(Matter, reference=row.reference)
        again.title = "乙"
        change.save(again)
    assert (said(again)["prev"], said(again)["version"]) == (first, 2)


def test_rows_whose_sealed_values_change_are_handed_on_within_the_act(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(acts, "_followers", {})
    acts.followed_by(Matter, lambda rows: told.append([row.phone for row in rows]))
    row = opened(title="甲", phone="1")
    with act("matter.answer", by=ZHOU, at=AT) as change:
        again = change.lock(Matter, reference=row.reference)
        again.title = "乙"
        change.save(again)
    with act("matter.answer", by=ZHOU, at=AT) as change:
        change.erase(change.lock(Matter, reference=row.reference), "phone")
    assert told == [["1"], [""]]


def test_an_unchanged_sealed_value_keeps_its_commitment_and_a_changed_one_gets_a_new_salt() -> None:
    row = opened(title="甲", phone="13800000000", story="一")
    with act("matter.answer", by=ZHOU, at=AT) as change:
        again = change.lock(Matter, pk=row.pk)
        again.story = "二"
        change.save(again)
    assert again.salts["phone"] == row.salts["phone"]
    assert again.salts["story"] != row.salts["story"]


def test_a_value_is_written_alike_before_saving_and_after_reading() -> None:
    unit = _unit("brigade")
    row = opened(
        title="甲",
        unit=unit,
        points=Decimal("79.9"),
        due_on=date(2026, 6, 4),
        facts={"n": (1, 2), "in": {"甲": None}},
        seen_at=datetime(2026, 5, 21, 6, 30, 1, 250, tzinfo=UTC),
    )
    public = said(row)["public"]
    assert facts.shown(Matter.objects.get(pk=row.pk)) == public
    assert public["unit"] == f"unit/{unit.reference}"  # type: ignore[index]
    assert public["points"] == "79.90"  # type: ignore[index]


def test_writing_outside_an_act_is_refused() -> None:
    row = opened(title="甲")
    for write in (
        row.save,
        row.delete,
        Matter.objects.all().delete,
        lambda: Matter.objects.update(title="乙"),
        lambda: Matter.objects.create(title="乙"),
        lambda: Matter.objects.bulk_create([Matter(title="乙")]),
        lambda: Matter.objects.bulk_update([row], ["title"]),
        lambda: Matter.objects.get_or_create(title="乙"),
    ):
        with pytest.raises(UnrecordedError):
            write()
    assert list(Matter.objects.values_list("title", flat=True)) == ["甲"]


def test_writing_beside_the_change_inside_an_act_is_refused_too() -> None:
    row = opened(title="甲")
    with pytest.raises(UnrecordedError), act("matter.answer", by=ZHOU, at=AT) as change:
        change.lock(Matter, pk=row.pk).save()


def test_a_row_that_was_not_locked_cannot_be_saved() -> None:
    row = opened(title="甲")
    with pytest.raises(UnrecordedError, match="was not locked"), act("matter.answer", by=ZHOU, at=AT) as change:
        change.save(row)


def test_a_row_that_was_not_locked_cannot_be_erased_either() -> None:
    row = opened(phone="13800000001")
    with pytest.raises(UnrecordedError), act("matter.erase", by=ZHOU, at=AT) as change:
        change.erase(row, "phone")
    assert Matter.objects.get().phone == "13800000001"


def test_rows_of_two_kinds_are_not_saved_together() -> None:
    with pytest.raises(TypeError, match="one model"), act("matter.open", by=ZHOU, at=AT) as change:
        change.save_all([Matter(title="甲"), Unit(name="乙")])
    assert not Entry.objects.exists()


def test_an_act_is_open_until_its_end_and_no_longer() -> None:
    assert acts.moment() is None
    with act("matter.open", by=ZHOU, at=AT) as change:
        change.save(Matter(title="甲"))
        assert acts.moment() == AT
    assert acts.moment() is None


def test_entries_cannot_be_changed_or_deleted_through_the_models() -> None:
    opened(title="甲")
    with pytest.raises(UnrecordedError):
        Entry.objects.update(verb="x")
    with pytest.raises(UnrecordedError):
        Entry.objects.all().delete()


def test_an_act_without_entries_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(Refused) as refused, act("matter.answer", by=ZHOU, at=AT):
        pass
    assert refused.value.code == "nothing_changed"


def test_an_error_after_saving_leaves_neither_row_nor_entry() -> None:
    with pytest.raises(ZeroDivisionError), act("matter.open", by=ZHOU, at=AT) as change:
        change.save(Matter(title="甲"))
        _ = 1 // 0
    assert (Matter.objects.count(), Entry.objects.count()) == (0, 0)


def test_an_expression_is_refused() -> None:
    row = opened(title="甲")
    with pytest.raises(TypeError, match="expression"), act("matter.answer", by=ZHOU, at=AT) as change:
        again = change.lock(Matter, pk=row.pk)
        again.points = F("points") + 1  # type: ignore[assignment]
        change.save(again)


def test_a_missing_row_is_refused() -> None:
    with pytest.raises(Refused) as refused, act("matter.answer", by=ZHOU, at=AT) as change:
        change.lock(Matter, reference="none")
    assert refused.value.code == "missing"


def test_permission_is_asked_for_each_verb_and_row() -> None:
    row = opened(title="甲", unit=_unit("pollution"))
    own = opened(title="乙", unit=_unit("brigade"))
    with act("matter.answer", by=WANG, at=AT) as change:
        change.save(change.lock(Matter, pk=own.pk))
    with pytest.raises(Refused) as refused, act("matter.answer", by=WANG, at=AT) as change:
        change.lock(Matter, pk=row.pk)
    assert refused.value.code == "forbidden"
    with pytest.raises(Refused), act("matter.open", by=WANG, at=AT) as change:
        change.save(Matter(title="丙"))
    with pytest.raises(Refused), act("matter.unheard_of", by=ZHOU, at=AT) as change:
        change.save(Matter(title="丙"))


def test_an_act_inside_an_act_joins_it() -> None:
    with pytest.raises(ZeroDivisionError), act("matter.open", by=ZHOU, at=AT):
        opened(title="甲")
        _ = 1 // 0
    assert Entry.objects.count() == 0
    with act("matter.open", by=ZHOU, at=AT):
        opened(title="甲")
    assert Entry.objects.count() == 1


def test_a_refused_inner_act_that_is_caught_leaves_nothing_of_itself() -> None:
    with act("matter.open", by=ZHOU, at=AT) as change:
        change.save(Matter(title="外"))
        with pytest.raises(Refused), act("matter.open", by=ZHOU, at=AT) as inner:
            inner.save(Matter(title="内"))
            raise Refused("no")
    assert list(Matter.objects.values_list("title", flat=True)) == ["外"]
    assert Entry.objects.count() == 1


def test_a_note_is_an_entry_without_a_change_of_the_row() -> None:
    row = opened(title="甲", unit=_unit("brigade"))
    for _ in range(2):
        with act("matter.access", by=WANG, at=AT, reason="call back", to_the_hour=True) as change:
            change.note(row, field="phone")
    noted = [
        json.loads(body)
        for body in Entry.objects.filter(verb="matter.access").order_by("pk").values_list("body", flat=True)
    ]
    assert [(n["prev"], n["public"], n["reason"], n["at"]) for n in noted] == [
        (row.entry_hash, {"field": "phone"}, "other", "2026-05-21T14")
    ] * 2
    assert [*reasons.of(row.subject).values()] == ["call back"] * 2
    assert Matter.objects.get(pk=row.pk).version == 1


def test_a_note_about_no_row_needs_a_permission_for_any_row() -> None:
    with pytest.raises(Refused), act("matter.access", by=WANG, at=AT) as change:
        change.note("roll/2026")


def test_many_rows_take_as_many_statements_as_few() -> None:
    few, many = _statements(2), _statements(12)
    assert few == many


def test_many_rows_are_locked_and_changed_in_one_act() -> None:
    unit = _unit("brigade")
    for title in "甲乙丙":
        opened(title=title, unit=unit, facts={"a": ["b"]}, phone="1", seen_at=AT, points=Decimal("1.5"))
    with act("matter.answer", by=ZHOU, at=AT) as change:
        rows = change.lock_all(Matter.objects.all())
        for row in rows:
            row.title += "！"
        change.save_all(rows)
    assert sorted(Matter.objects.values_list("title", "version")) == [("丙！", 2), ("乙！", 2), ("甲！", 2)]
    assert audit.examine(kinds=[Matter, Unit]).faults == ()


def test_erasing_destroys_value_and_salt_and_says_so() -> None:
    row = opened(title="甲", phone="13800000000", story="住在河边三号", draft="草稿")
    with act("matter.erase", by=ZHOU, at=AT) as change:
        change.erase(change.lock(Matter, pk=row.pk), "phone", "story", "draft")
    kept = Matter.objects.get(pk=row.pk)
    assert (kept.phone, kept.story, kept.draft, kept.salts) == ("", None, "", {})
    assert said(kept)["erased"] == ["draft", "phone", "story"]
    assert said(kept)["commit"] == {}


def test_a_shown_value_cannot_be_erased() -> None:
    row = opened(title="甲")
    with pytest.raises(ValueError, match="shown"), act("matter.erase", by=ZHOU, at=AT) as change:
        change.erase(change.lock(Matter, pk=row.pk), "title")


def test_every_entry_reads_back_in_its_only_form() -> None:
    opened(title="甲", facts={"𐍈": 1, "€": 2, "\r": 3})
    body = Entry.objects.get().body.encode()
    assert entries.leaf_hash(body).hex() == Entry.objects.get().leaf
    assert entries.read(body)["public"]["facts"] == {"€": 2, "𐍈": 1, "\r": 3}


def _unit(name: str) -> Unit:
    with act("matter.open", by=ZHOU, at=AT) as change:
        return change.save(Unit(name=name))


def _statements(count: int) -> int:
    units = [_unit(f"u{number}") for number in range(count)]
    with CaptureQueriesContext(connection) as captured, act("matter.open", by=ZHOU, at=AT) as change:
        change.save_all([Matter(title="甲", unit_id=unit.pk) for unit in units])
    return len(captured)


def test_a_long_shown_value_stands_in_the_entry_by_its_digest() -> None:
    row = opened(title="甲", facts={"text": "长" * 2000})
    assert said(row)["public"]["facts"] == {  # type: ignore[index]
        "bytes": 6011,
        "sha256": hashlib.sha256(entries.canonical(row.facts)).hexdigest(),
    }
