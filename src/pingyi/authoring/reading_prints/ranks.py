"""The end of the marks of a print: rounding, ranks, how sure a result must be, and grades."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints import leftovers
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.patterns import (
    CLEAR,
    NUMBER,
    SHARE,
    WHOLE,
    bare,
    fixed,
    loose,
    member,
    notes_source,
    number,
    optional,
    read,
    share,
)
from pingyi.authoring.reading_prints.splitting import listed, noted, unmarked
from pingyi.rules.plan.outcome import Comparison, Grade, LastPlace, Ranking, Rounding, RoundingMode, TieRule
from pingyi.rules.plan.statistics import DEFAULTS, TriggerRule


def ranks(context: Context) -> dict[str, Any]:
    """Return the plan's rules of rounding and ranking, its statistics and its grades."""
    found: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    grades: list[Grade] = []
    for block in context.blocks("marks", "rank"):
        for path, reader in (("rounding", _rounding), ("ranking", _ranking)):
            if path not in found and (value := context.one(path, block, context.bound(reader))):
                found[path] = value
                break
        else:
            told = context.one("statistics", block, lambda text: _statistics(text, context))
            facts |= told or {}
            grade = None if told else context.one(f"grades[{len(grades)}]", block, lambda text: _grade(text, context))
            grades += [grade] if grade else []
    statistics = replace(DEFAULTS, **facts)
    return {**found, "grades": tuple(grades), "statistics": None if statistics == DEFAULTS else statistics}


def _rounding(said: str, context: Context) -> Rounding:
    tongue = context.tongue
    kinds = {"mode": fixed(RoundingMode, tongue), "comparison": fixed(Comparison, tongue)}
    found = read(said, context.said("rounding", digits=WHOLE, **kinds))
    return Rounding(
        digits=int(found["digits"]),
        mode=member(RoundingMode, found["mode"], tongue),
        comparison=member(Comparison, found["comparison"], tongue),
    )


def _ranking(said: str, context: Context) -> Ranking:
    tongue = context.tongue
    found = read(said, context.said("ranking", last=fixed(LastPlace, tongue), least=WHOLE))
    ties, notes = noted(found["ties"], tongue)
    compared = listed(notes[0], tongue) if notes else ()
    return Ranking(
        ties=member(TieRule, ties, tongue),
        tie_sources=tuple(context.names["sources"].id_of(one) for one in compared),
        last_place=member(LastPlace, found["last"], tongue),
        least_class_size=int(found["least"]),
    )


def _statistics(said: str, context: Context) -> dict[str, Any]:
    for rule in TriggerRule:
        if bare(said) == bare(word(f"triggers_{rule.value}", language=context.tongue)):
            return {"triggers": rule}
    slots = {"level": SHARE, "ratings": WHOLE, "ballots": WHOLE, "range": SHARE}
    found = read(said, context.said("statistics", **slots))
    return {
        "level": share(found["level"]),
        "minimum_ratings": int(found["ratings"]),
        "minimum_ballots": int(found["ballots"]),
        "weight_range": share(found["range"]),
    }


def _grade(said: str, context: Context) -> Grade:
    tongue = context.tongue
    from_, over = (context.said(code, minimum=NUMBER) for code in ("grade_from", "grade_over"))
    over = over.replace("P<minimum>", "P<over>")
    top = optional(r"\s*" + context.said("grade_top", share=SHARE))
    rest = loose(word("grade_rest", language=tongue))
    bounds = f"(?:{rest}|{optional(f'{from_}|{over}')}{top})" + optional(notes_source(tongue))
    stop = re.escape(word("stop", language=tongue))
    found = read(said, context.said("grade", name=CLEAR, bounds=bounds) + stop)
    minimum = found["minimum"] or found["over"]
    made: dict[str, Any] = {
        "minimum": number(minimum) if minimum else None,
        "minimum_is_inclusive": not found["over"],
        "top_share": share(found["share"]) if found["share"] else None,
    }
    facts = leftovers.facts(found["notes"], Grade, context)
    one, short = context.names["grades"].add(unmarked(found["name"]))
    return Grade(id=one, name=short, **(made | facts))
