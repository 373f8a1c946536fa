"""Plan texts for tests: the two that ship with Pingyi, and edits of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.check import check
from pingyi.authoring.problems import Problem
from pingyi.authoring.read import read
from pingyi.rules.plan import Plan

FOLDER = Path(__file__).resolve().parents[4] / "plans"
SHIPPED = ("demo-2026", "environment-bureau")


@cache
def plan_text(name: str = "demo-2026") -> str:
    """Return a shipped plan's text."""
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def shipped_plan(name: str = "demo-2026") -> Plan:
    """Return a shipped plan."""
    plan = read(plan_text(name)).plan
    assert plan is not None
    return plan


def edited(old: str, new: str, *, text: str = "") -> str:
    """Return the demo plan's text with one place changed; fails when the place is not there."""
    source = text or plan_text()
    assert old in source, f"the demo plan no longer holds {old!r}"
    return source.replace(old, new, 1)


def problems_of(text: str) -> list[Problem]:
    """Return all problems of a text, reading and lints."""
    return list(check(text, calendar=load_calendar()).problems)


def line_of(text: str, piece: str) -> int:
    """Return the line, from 1, on which a piece first stands."""
    return text[: text.index(piece)].count("\n") + 1
