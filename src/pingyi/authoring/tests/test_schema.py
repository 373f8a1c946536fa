"""The JSON Schema, the words and the reader agree with the dataclasses."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import StrEnum

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from pingyi.authoring.enum_words import VALUES
from pingyi.authoring.field_words import FIELDS
from pingyi.authoring.references import references
from pingyi.authoring.schema import schema, schema_text
from pingyi.authoring.tests.plans import FOLDER, SHIPPED, plan_text, shipped_plan
from pingyi.authoring.values import HOLDERS
from pingyi.rules import plan as schema_module
from pingyi.rules.plan import Plan, conduct, measure, outcome, people, schedule, statistics, voting
from pingyi.rules.plan.outcome import Test, TestKind

MODULES = (schema_module, conduct, measure, outcome, people, schedule, statistics, voting)
CLASSES = {member for module in MODULES for member in vars(module).values() if isinstance(member, type)}


def test_the_schema_file_is_up_to_date() -> None:
    assert (FOLDER / "plan.schema.json").read_text(encoding="utf-8") == schema_text(), "run: pingyi plan schema -o"


def test_every_field_and_every_fixed_value_has_words_in_both_languages() -> None:
    names = {entry.name for kind in CLASSES if is_dataclass(kind) for entry in fields(kind)}
    assert names == {name.rsplit(".", maxsplit=1)[-1] for name in FIELDS}
    enums = [kind for kind in CLASSES if issubclass(kind, StrEnum) and kind is not StrEnum]
    assert {f"{kind.__name__}.{member.value}" for kind in enums for member in kind} == set(VALUES)


def test_the_reader_reads_what_pydantic_validates() -> None:
    for name in SHIPPED:
        loaded = YAML(typ="safe", pure=True).load(plan_text(name))
        assert TypeAdapter(Plan).validate_python(loaded) == shipped_plan(name)


def test_every_name_in_the_schema_is_titled() -> None:
    untitled = [
        (part, name)
        for part, entry in schema()["$defs"].items()
        for name, field in entry.get("properties", {}).items()
        if " · " not in field["title"]
    ]
    assert untitled == []


def test_every_reference_of_the_demo_plan_is_followed() -> None:
    plan = shipped_plan()
    rate = Test(kind=TestKind.RATE_BELOW, indicator=plan.indicators[0].id)
    asking = replace(plan.triggers[0], all_of=(*plan.triggers[0].all_of, rate))
    lists = {target for _, target, _ in references(replace(plan, triggers=(asking, *plan.triggers[1:])))}
    assert lists == set(HOLDERS.values())
