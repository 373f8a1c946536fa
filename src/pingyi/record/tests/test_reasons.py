"""Words of an act are sealed: nobody reads them in the open record, every change of them is found, and they can go."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client

from pingyi.grounds import Grounded, told
from pingyi.record import audit, guards, queries, reasons
from pingyi.record.acts import act
from pingyi.record.models import Entry, SealedReason
from pingyi.record.tests.conftest import AT, ZHOU, opened, sql
from pingyi.record.tests.matters import KINDS, Matter
from pingyi.rules import entry as entries
from pingyi.rules import grounds, permissions
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db
WORDS = "老张夜里来过两次，请勿外传"


def answered(row: Matter, *, ground: str = "", reason: str = WORDS, **values: object) -> Matter:
    with act("matter.answer", by=ZHOU, at=AT, ground=ground, reason=reason) as change:
        again = change.lock(Matter, pk=row.pk)
        for name, value in {"title": "已答复", **values}.items():
            setattr(again, name, value)
        return change.save(again)


def codes() -> list[str]:
    return [one.code for one in audit.examine(kinds=KINDS).faults]


@pytest.fixture(autouse=True)
def _grounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds, "GROUNDS", {**grounds.GROUNDS, "matter.answer": ("mistake", grounds.OTHER)})


def test_everybody_reads_the_ground_and_nobody_the_words_in_the_open_record() -> None:
    row = answered(opened(), ground="mistake")
    body = json.loads(Entry.objects.get(leaf=row.entry_hash).body)
    assert body["reason"] == "mistake"
    assert set(body["commit"]) == {"phone", "story", grounds.SEALED}
    for path in (f"/record/entry/{row.entry_hash}/", "/record/", f"/record/?q={row.subject}"):
        page = Client().get(path).content.decode()
        assert WORDS not in page
    assert "更正错误" in Client().get(f"/record/entry/{row.entry_hash}/").content.decode()
    assert WORDS not in "".join(Entry.objects.values_list("body", flat=True))
    last = queries.history(row.subject, with_words=True)[-1]
    assert (last.ground, last.reason) == ("更正错误", WORDS)
    assert queries.history(row.subject)[-1].reason == ""


def test_words_that_somebody_typed_cannot_be_a_ground() -> None:
    row = opened()
    for verb, ground in (("matter.answer", WORDS), ("matter.answer", "retired"), ("matter.open", "mistake")):
        with pytest.raises(Refused) as refused, act(verb, by=ZHOU, at=AT, ground=ground) as change:
            change.save(change.lock(Matter, pk=row.pk))
        assert refused.value.code == "ground.unknown"


def test_each_entry_of_an_act_seals_the_words_with_a_salt_of_its_own() -> None:
    rows = [opened(title=title) for title in "甲乙"]
    with act("matter.answer", by=ZHOU, at=AT, reason=WORDS) as change:
        held = change.lock_all(Matter.objects.filter(pk__in=[row.pk for row in rows]))
        for one in held:
            one.title += "答"
        change.save_all(held)
    kept = list(SealedReason.objects.order_by("pk"))
    assert [one.text for one in kept] == [WORDS] * 2
    assert kept[0].salt != kept[1].salt
    assert codes() == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE record_sealedreason SET text = 'x'", "reason.altered"),
        ("UPDATE record_sealedreason SET salt = 'x'", "reason.altered"),
        ("DELETE FROM record_sealedreason", "reason.missing"),
    ],
)
def test_words_changed_or_deleted_past_the_record_are_found(statement: str, code: str) -> None:
    answered(opened())
    assert codes() == []
    sql(statement)
    assert codes() == [code]


def test_words_that_no_entry_knows_of_are_found() -> None:
    row = opened()
    SealedReason.objects.create(entry=Entry.objects.get(leaf=row.entry_hash), text="x", salt="x")
    assert codes() == ["reason.unrecorded"]


def test_words_are_erased_for_good_by_an_act_and_the_record_still_verifies() -> None:
    row = answered(answered(opened(phone="1")), title="再次")
    with act("matter.erase", by=ZHOU, at=AT) as change:
        row = change.erase(change.lock(Matter, pk=row.pk), "phone", grounds.SEALED)
    assert reasons.of(row.subject) == {}
    assert json.loads(Entry.objects.get(leaf=row.entry_hash).body)["erased"] == [grounds.SEALED, "phone"]
    assert codes() == []
    answered(row, title="又一次")
    assert list(reasons.of(row.subject).values()) == [WORDS]
    assert codes() == []


def test_an_entry_of_a_former_version_keeps_the_words_that_it_showed() -> None:
    body = entries.compose(
        log="pingyi.example", kind="matter.answer", at="2026-05-21", subject="matter/OLD", member="member/zhou",
        role="supervision_office", public={}, commit={}, reason="不属职责",
    )  # fmt: skip
    leaf = entries.leaf_hash(body).hex()
    row = Entry.objects.create(
        leaf=leaf, body=body.decode(), verb="matter.answer", subject="matter/OLD", at="2026-05-21"
    )
    assert queries.why(row, queries.spoken(row), {}) == ("", "不属职责")
    assert queries.history("matter/OLD")[0].reason == "不属职责", "it stands in the open for ever"


def test_every_verb_with_grounds_is_permitted_and_every_ground_has_both_words() -> None:
    listed = {verb for verb in grounds.GROUNDS if not verb.startswith("matter.")}
    assert listed <= set(permissions.PERMISSIONS)
    used = {one for verb in listed for one in grounds.GROUNDS[verb]}
    assert used == set(grounds.WORDS)
    assert all(grounds.GROUNDS[verb][-1] == grounds.OTHER for verb in listed)
    for one in used:
        assert grounds.said(one, language="zh")
        assert grounds.said(one, language="en").isascii()
        assert str(told(one))


def test_a_form_offers_the_grounds_of_its_verb_before_the_words() -> None:
    from django import forms

    class Asked(Grounded):
        reason = forms.CharField()
        verb = "matter.answer"

    form = Asked({"reason": "x"})
    assert list(form.fields) == ["ground", "reason"]
    assert form.is_valid()
    assert form.cleaned_data == {"ground": grounds.OTHER, "reason": "x"}
    assert not Asked({"reason": "x", "ground": "retired"}).is_valid()


def test_an_entry_that_cannot_be_read_ends_no_look_at_the_words_of_the_others() -> None:
    answered(opened(), ground="mistake")
    unread, other = answered(opened(), ground="mistake"), answered(opened(), ground="mistake")
    guards.remove(connection)
    sql("UPDATE record_entry SET body = %s WHERE leaf = %s", f'["{grounds.SEALED}"', unread.entry_hash)
    sql(
        "UPDATE record_sealedreason SET text = %s WHERE entry_id = %s",
        "改过",
        Entry.objects.get(leaf=other.entry_hash).pk,
    )
    assert [(one.code, one.facts["subject"]) for one in reasons.faults()] == [
        ("reason.altered", other.subject), ("reason.unrecorded", unread.subject),
    ]  # fmt: skip
