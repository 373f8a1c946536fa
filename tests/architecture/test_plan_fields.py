"""The plan promises, somebody keeps: every field is read where the year is run, or listed with a reason (§0)."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pingyi.rules.plan as plan_package

ROOT = Path(plan_package.__file__).resolve().parents[2]
# Who writes, shows and prints a plan reads every field of it; that alone keeps no promise.
WRITERS = ("authoring", "rules/plan", "rehearsal", "stations/plans/forms")

WORDS = "words for people, printed with the plan and shown on its pages"
ASSEMBLIES = "waits for the room of assemblies: its ballots come by table today"
SURVEYS = "waits for the room of surveys: its answers come by table today"
UNREAD = {
    "clause": "from which clause of the document an item was read, shown beside it",
    "quote": "from which words of the document an item was read, shown beside it",
    "preset": "which of the shipped proposals a choice came from, shown beside it",
    "preamble": WORDS,
    "maxims": WORDS,
    "principles": WORDS,
    "requirements": WORDS,
    "work_rules": WORDS,
    "organizer": "who leads the evaluation: words; the site's own offices and people act",
    "supervision_office": "who leads the evaluation: words; the site's own offices and people act",
    "leading_body": "who leads the evaluation: words; the site's own offices and people act",
    "doer_text": "the document's own words beside `doer`, which the round reads",
    "conductor": SURVEYS,
    "quorum": ASSEMBLIES,
    "tellers": ASSEMBLIES,
    "is_void_when_returned_exceeds_issued": ASSEMBLIES,
    "section_staff_are_recused": ASSEMBLIES,
    "publications": "waits for the room of inspections, whose circulars they are",
    "scope": "waits for the room of inspections, whose circulars they are",
    "solicitations": "waits for the room of opinions",
}
# A field of the same name elsewhere is read, so that reading cannot be told from the name; known to wait all the same.
WAITING = {
    "Assembly.earliest_on": ASSEMBLIES,
    "Assembly.latest_on": ASSEMBLIES,
    "Assembly.contents": ASSEMBLIES,
    "Survey.margin": SURVEYS,
    "Survey.confidence": SURVEYS,
    "Survey.minimum_per_section": SURVEYS,
    "Survey.strata": SURVEYS,
    "SolicitationForm.minimum": "waits for the room of opinions",
    "Publication.days": "waits for the room of inspections, whose circulars they are",
}


def test_every_field_of_a_plan_is_read_by_a_rule_a_room_or_a_sheet() -> None:
    named = {name.partition(".")[2] for name in _fields()}
    assert sorted(named - set(_read()) - set(UNREAD)) == [], (
        "read it where the year is run, or say here why nobody does"
    )


def test_no_field_is_listed_that_somebody_reads_or_that_is_gone() -> None:
    named = {name.partition(".")[2] for name in _fields()}
    assert sorted(name for name in UNREAD if name in set(_read()) or name not in named) == []
    assert sorted(set(WAITING) - _fields()) == []


def _fields() -> set[str]:
    modules = [
        plan_package,
        *(import_module(f"{plan_package.__name__}.{one.name}") for one in iter_modules(plan_package.__path__)),
    ]
    kinds = {
        kind for module in modules for kind in vars(module).values() if inspect.isclass(kind) and is_dataclass(kind)
    }
    return {f"{kind.__name__}.{one.name}" for kind in kinds for one in fields(kind)}


def _read() -> Iterator[str]:
    for path in ROOT.rglob("*.py"):
        here = path.relative_to(ROOT).as_posix()
        if "/tests/" in here or "/migrations/" in here or here.startswith(WRITERS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                yield str(node.slice.value)
