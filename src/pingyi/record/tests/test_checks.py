"""A field that nobody declared, or declared twice, stops the house from starting."""

from __future__ import annotations

from typing import ClassVar

import pytest
from django.core.checks import run_checks
from django.db import models

from pingyi.bureau.models import Member
from pingyi.record import audit, checks, uncovered
from pingyi.record.checks import faults
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField, PersonalJSON
from pingyi.record.tests.matters import KINDS, Unit
from pingyi.stations.cases.models import OpenFigures


class Careless(Recorded):
    shown: ClassVar = ("said", "gone")
    sealed: ClassVar = ("said",)

    said = models.TextField()
    forgotten = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE)

    class Meta:
        app_label = "matters"


class Grasping(Recorded):
    shown: ClassVar = ("subject",)

    version = models.CharField(max_length=3)
    subject = models.TextField()

    class Meta:
        app_label = "matters"


class Gossiping(Recorded):
    shown: ClassVar = ("phone",)
    sealed: ClassVar = ("story",)

    phone = PersonalField()
    story = PersonalField()

    class Meta:
        app_label = "matters"


class Discreet(Recorded):
    sealed: ClassVar = ("story",)
    private: ClassVar = ("mail",)

    salts = PersonalJSON(default=dict, editable=False)
    story = PersonalField()
    mail = PersonalField()

    class Meta:
        app_label = "matters"


def test_what_people_told_of_themselves_is_not_shown_nor_its_salt_kept_in_clear() -> None:
    assert [(fault.id, fault.msg) for fault in faults(Gossiping)] == [
        ("record.E007", "Gossiping.phone is personal and must not be shown."),
        ("record.E008", "Gossiping.story is personal, so `salts` must be so too."),
    ]
    assert faults(Discreet) == []


def test_every_kind_of_careless_declaration_is_named() -> None:
    said = [(fault.id, fault.msg) for fault in faults(Careless)]
    assert said == [
        ("record.E001", "Careless.forgotten is in none of shown, sealed and private."),
        ("record.E001", "Careless.unit is in none of shown, sealed and private."),
        ("record.E002", "Careless.gone is declared, but there is no such field."),
        ("record.E003", "Careless.said is declared more than once."),
        ("record.E004", "Careless.unit must be on_delete=PROTECT."),
    ]


def test_two_kinds_of_one_name_are_both_named_and_one_by_itself_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Grasping, "entry_kind", Unit.entry_kind)
    monkeypatch.setattr(checks, "recorded_models", lambda: [Unit, Grasping, *KINDS[1:]])
    assert [(fault.id, fault.obj) for fault in checks.declared() if fault.id == "record.E005"] == [
        ("record.E005", Unit), ("record.E005", Grasping),
    ]  # fmt: skip


def test_the_rows_of_these_tests_and_of_the_house_are_declared() -> None:
    assert [fault for model in KINDS for fault in faults(model)] == []
    assert run_checks(tags=["record"]) == []


def test_a_column_that_nothing_covers_needs_a_reason_and_no_other_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uncovered, "_stays", {**uncovered._stays})
    uncovered._stays.pop((Member, "phone"))
    uncovered.stays(uncovered.KEY, Member, "name")
    uncovered.stays(uncovered.LOOKED, OpenFigures, "said", "gone")
    assert [fault.msg for fault in run_checks(tags=["record"])] == [
        "member.phone is covered by nothing, and nothing says why: see record.uncovered.",
        "member.name is covered, or not there, though it is said to stay: see record.uncovered.",
        "openfigures.gone is covered, or not there, though it is said to stay: see record.uncovered.",
        "openfigures.said is covered, or not there, though it is said to stay: see record.uncovered.",
    ]


def test_the_report_says_why_a_column_is_covered_by_nothing(db: None) -> None:
    told = "\n".join(audit.examine().notes())
    assert (
        "1 列不在任何条目的覆盖之内，因为它们是最近一次变动的时刻，只用于列表排序和系统查询更新：case.changed_at。"
        in told
    )
    assert set(uncovered.WHY) == {why for _, why in uncovered.columns()}


def test_a_row_that_takes_a_name_of_the_record_is_named() -> None:
    assert [(fault.id, fault.msg) for fault in faults(Grasping)] == [
        ("record.E006", "Grasping.subject is a name that the record itself needs."),
        ("record.E006", "Grasping.version is a name that the record itself needs."),
    ]
