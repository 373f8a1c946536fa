"""Every verb that names a person for work asks for declared interests, or says here why not (§5.4)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pingyi.rules.permissions import RECUSED_FROM

TREE = Path(__file__).resolve().parents[2] / "src" / "pingyi"
NAMING = {"to", "member", "members", "head", "stand_in", "second", "guests", "person", "responsible", "holder"}
# Verb → the refusal that the person named meets who declared ties with the section; the giver meets "recused".
HONOUR = {"task.assign": "task.taker_is_recused", "case.assign": "case.taker_is_recused"}
# Verbs whose giver alone is bound, and why the one named is not.
GIVER_ALONE = {"section.name_head": "a head belongs to the own section; checks of it are other people's"}
WHY_NOT = {
    "absence.enter": "says who is away",
    "bureau.create": "there are no sections yet",
    "calendar.revoke": "closes an address",
    "invitation.issue": "opens a post that was given before",
    "meeting.convene": "guests listen",
    "meeting.plan": "guests listen",
    "post.set": "two of one section stand in for each other; whoever is recused stays so in the other's place",
}


def naming() -> Iterator[str]:
    for path in TREE.rglob("actions/*.py"):
        for made in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(made, ast.FunctionDef) and NAMING & {
                one.arg for one in (*made.args.args, *made.args.kwonlyargs)
            }:
                yield from verbs(made)


def verbs(made: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(made):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "act":
            verb = call.args[0]
            if isinstance(verb, ast.Constant):
                yield str(verb.value)


def test_every_verb_that_names_somebody_honours_declared_interests_or_says_why_not() -> None:
    assert set(naming()) == {*HONOUR, *GIVER_ALONE, *WHY_NOT}


def test_who_declared_ties_gives_no_work_of_that_section() -> None:
    assert {*HONOUR, *GIVER_ALONE} <= RECUSED_FROM


def test_the_refusals_are_raised_where_work_is_given() -> None:
    actions = "".join(path.read_text(encoding="utf-8") for path in TREE.rglob("actions/*.py"))
    assert not [code for code in HONOUR.values() if f'"{code}"' not in actions]
