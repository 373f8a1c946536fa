"""Plan texts for tests: the two that ship with Pingyi, and edits of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.check import check
from pingyi.authoring.problems import Problem
from pingyi.authoring.read import read
from pingyi.rules.plan import Plan, Trigger
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.plan.schedule import Period

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


@cache
def fuller_plan(name: str = "demo-2026") -> Plan:
    """Return a shipped plan with what neither of them says: a duty that recurs, a rate, a share of votes."""
    plan = shipped_plan(name)
    scaled = next(one for one in plan.indicators if one.scale)
    box = next(scale for scale in plan.scales if scale.id == scaled.scale).options[0]
    rate = Test(kind=TestKind.RATE_BELOW, indicator=scaled.id, share=Decimal("0.6"))
    votes = Test(
        kind=TestKind.RATE_ABOVE, indicator=scaled.id, share=Decimal("0.8"), options=(box.id,), is_inclusive=True
    )
    asked = Trigger(id="rates", name="按比率", all_of=(rate, votes), consequences=plan.triggers[0].consequences)
    first = replace(plan.tasks[0], every=Period.QUARTER, every_day=25)
    return replace(plan, triggers=(*plan.triggers, asked), tasks=(first, *plan.tasks[1:]))


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
