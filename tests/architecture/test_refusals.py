"""Whatever is refused is refused in a sentence: every code raised anywhere is registered, and its facts are told."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils import translation

from pingyi import words
from pingyi.rules.refused import Refused

SRC = Path(__file__).resolve().parents[2] / "src" / "pingyi"


class Raised(NamedTuple):
    """One place that refuses: a pattern of its codes, and the facts that it tells (None: not to be seen)."""

    where: str
    code: str
    facts: frozenset[str] | None


def _raised() -> Iterator[Raised]:
    for path in sorted(SRC.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Refused" and node.args:
                names = [one.arg for one in node.keywords]
                facts = None if None in names else frozenset(str(name) for name in names)
                for code in _codes(node.args[0]):
                    yield Raised(f"{path.relative_to(SRC)}:{node.lineno}", code, facts)


def _codes(node: ast.expr) -> Iterator[str]:
    """Return patterns of the codes that an expression stands for; a bare name says nothing."""
    if isinstance(node, ast.Constant):
        yield re.escape(str(node.value))
    elif isinstance(node, ast.IfExp):
        yield from (*_codes(node.body), *_codes(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"\w+" for one in node.values]
        yield "".join(parts)


RAISED = sorted(set(_raised()), key=lambda one: (one.where, one.code))


def test_the_places_that_refuse_are_found() -> None:
    assert len(RAISED) > 250
    assert any(one.code == re.escape("case.no_papers") for one in RAISED)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_refusal_has_a_sentence_in_both_languages(language: str) -> None:
    with translation.override(language):
        lacking = [
            f"{one.where} {one.code}"
            for one in RAISED
            if not any(re.fullmatch(one.code, code) and str(said) for code, said in words.REFUSALS.items())
        ]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_sentence_asks_for_no_fact_that_the_rule_does_not_tell(language: str) -> None:
    with translation.override(language):
        faults = [
            f"{one.where} {code}: {sorted(asked - one.facts)}"
            for one in RAISED
            if one.facts is not None and r"\w" not in one.code
            for code, said in words.REFUSALS.items()
            if re.fullmatch(one.code, code)
            if (asked := _fields(str(said))) - one.facts
        ]
    assert not faults, "\n".join(faults)


def test_a_code_that_nobody_registered_is_still_told() -> None:
    with translation.override("en"):
        assert words.refusal(Refused("nobody.knows")) == "This was refused (nobody.knows)."


def _fields(sentence: str) -> set[str]:
    return {re.sub(r"[.\[].*", "", field) for _, field, _, _ in string.Formatter().parse(sentence) if field}
