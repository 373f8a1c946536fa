"""Plans made from a shipped one: words, numbers, marks and references changed within their kind, items left out."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.read import read
from pingyi.authoring.tests.leaves import Leaf, changed, leaves, shortened
from pingyi.authoring.tests.plans import SHIPPED, fuller_plan
from pingyi.rules.plan import Plan

# An id is a name that others hold on to, and a list of terms has each kind of matter once.
KEPT = {"id", "format", "TimeLimit.kind", "Original.sha256", "Choice.path"}
SIGNS = "，。、；：“”（）《》—…·％-|/ '\""
WORDS = "评议科室环境保护区域群众监督整改办理公开承诺窗口服务年度AB12"


@cache
def made(seed: int) -> Plan:
    """Return a whole plan that is another for each number."""
    chance = random.Random(seed)
    plan = fuller_plan(SHIPPED[seed % len(SHIPPED)])
    if seed % 3 == 0:  # what an import would leave behind stays out of every third
        plan = replace(plan, original=None, choices=())
    drawn = [
        (leaf, _drawn(leaf, chance))
        for leaf in leaves(plan)
        if chance.random() < 0.15 and not {leaf.field, leaf.kind} & KEPT
    ]
    fewer = [one for path, one in shortened(plan) if path != "statistics"]
    plan = _if_whole(chance.choice(fewer), plan) if seed % 2 else plan
    return _with(plan, drawn)


def _with(plan: Plan, drawn: Sequence[tuple[Leaf, object]]) -> Plan:
    """Return the plan with as many of the changes as leave it whole; few do not."""
    new = plan
    for leaf, value in drawn:
        with contextlib.suppress(LookupError, TypeError):  # where the item or the part was left out
            new = changed(new, leaf, value)
    whole = _if_whole(new, plan)
    if whole is new or len(drawn) < 2:
        return whole
    half = len(drawn) // 2
    return _with(_with(plan, drawn[:half]), drawn[half:])


def _drawn(leaf: Leaf, chance: random.Random) -> object:
    value = leaf.value
    draw: dict[type, Callable[[], object]] = {
        str: lambda: _text(chance),
        int: lambda: chance.randint(1, 60),
        Decimal: lambda: Decimal(chance.randint(1, 99)) / 100,
    }
    if type(value) in draw and not _names_another(leaf):
        return draw[type(value)]()
    if isinstance(value, tuple) and value and all(" " in one or not one.isascii() for one in value):
        return tuple(_text(chance) for _ in value)
    return chance.choice(leaf.others) if leaf.others else value


def _names_another(leaf: Leaf) -> bool:
    """Whether its other values are ids of the plan, so that any other word would lead nowhere."""
    return bool(leaf.others) and all(isinstance(one, str) and one.isascii() for one in leaf.others)


def _text(chance: random.Random) -> str:
    letters = (chance.choice(WORDS if chance.random() < 0.8 else SIGNS) for _ in range(chance.randint(2, 30)))
    return "".join(letters).strip() or "评议"


def _if_whole(plan: Plan, otherwise: Plan) -> Plan:
    """Return a plan that its own text gives back, else the one before."""
    located = read(to_yaml(plan))
    return plan if located.is_whole and located.plan == plan else otherwise
