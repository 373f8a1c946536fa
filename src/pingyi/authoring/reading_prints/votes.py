"""The votes of a print: how the assembly votes and how the survey asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.patterns import (
    SHARE,
    WHOLE,
    UnreadError,
    bare,
    day,
    day_source,
    read,
    share,
    source_of,
)
from pingyi.authoring.reading_prints.splitting import noted, noted_list, parted, unmarked
from pingyi.rules.plan.voting import Assembly, Content, ElectorGroup, Stratum, Survey

Days = tuple[date | None, date | None]


def votes(context: Context, *, office: str) -> dict[str, Any]:
    """Return the rules of the assembly and of the survey; `office` surveys where nobody else is named."""
    facts: dict[str, dict[str, Any]] = {"assembly": {}, "survey": {}}
    for block in context.blocks("marks", "votes"):
        for path, reader in _SENTENCES:
            told = context.one(path, block, context.bound(reader))
            if told is not None:
                facts[path] |= told
                break
    found: dict[str, Any] = {}
    if "scale" in facts["assembly"]:
        found["assembly"] = Assembly(**facts["assembly"])
    if "scale" in facts["survey"]:
        conductor = facts["survey"].pop("conductor")
        found["survey"] = Survey(conductor="" if bare(conductor) == bare(office) else conductor, **facts["survey"])
    return found


def span_source(tongue: str) -> str:
    """Return how the days between which a meeting is held are written."""
    days = day_source(tongue)
    codes = ("meeting_span", "meeting_from", "meeting_until")
    both, from_, until = (source_of(code, tongue, earliest=days, latest=days) for code in codes)
    from_, until = from_.replace("P<earliest>", "P<only_earliest>"), until.replace("P<latest>", "P<only_latest>")
    return f"(?:{both}|{from_}|{until})"


def span(found: dict[str, str]) -> Days:
    """Return the days that were found by `span_source`."""
    earliest, latest = (found[name] or found[f"only_{name}"] for name in ("earliest", "latest"))
    return day(earliest) if earliest else None, day(latest) if latest else None


def _assembly(said: str, context: Context) -> dict[str, Any]:
    scales = context.names["scales"]
    found = read(said, context.said("assembly", scale=scales.as_said(), quorum=SHARE, tellers=WHOLE))
    return {
        "scale": scales.id_of(found["scale"]),
        "quorum": share(found["quorum"]),
        "tellers": int(found["tellers"]),
    }


def _when(said: str, context: Context) -> dict[str, Any]:
    tongue = context.tongue
    lead = word("meeting_span", language=tongue, earliest="", latest="")[0]
    days = span_source(tongue).replace(re.escape(lead), "")
    found = read(said, context.said("assembly_when", span=days))
    earliest, latest = span(found)
    return {"earliest_on": earliest, "latest_on": latest}


def _validity(said: str, context: Context) -> dict[str, Any]:
    tongue = context.tongue
    told = parted(said.removesuffix(word("stop", language=tongue)), word("semicolon", language=tongue))
    codes = [("void", "not_void"), ("recused", "not_recused")]
    if len(told) != len(codes):
        raise UnreadError(said[:80])
    found = []
    for part, choices in zip(told, codes, strict=True):
        words = [bare(word(code, language=tongue)) for code in choices]
        if bare(part) not in words:
            raise UnreadError(said[:80])
        found.append(bare(part) == words[0])
    return {"is_void_when_returned_exceeds_issued": found[0], "section_staff_are_recused": found[1]}


def _groups(said: str, context: Context) -> dict[str, Any]:
    tongue, groups = context.tongue, []
    listed = read(said, context.said("groups", groups=".*"))["groups"]
    for at, one in enumerate(parted(listed, word("and", language=tongue)), 1):
        shared, notes = noted(one, tongue)
        name, weight = _shared(shared, context)
        least = read(notes[0] if notes else "", context.said("group_minimum", minimum=WHOLE))["minimum"]
        groups.append(ElectorGroup(id=f"group-{at}", name=name, weight=weight, minimum=int(least)))
    return {"groups": tuple(groups)}


def _contents(said: str, context: Context) -> dict[str, Any]:
    listed = read(said, context.said("contents", contents=".*"))["contents"]
    lines = [_shared(one, context) for one in parted(listed, word("and", language=context.tongue))]
    criteria = context.names["criteria"]
    return {"contents": tuple(Content(criterion=criteria.id_of(name), weight=weight) for name, weight in lines)}


def _shared(said: str, context: Context) -> tuple[str, Decimal]:
    found = read(said, context.said("share", weight=SHARE))
    return unmarked(found["name"]), share(found["weight"])


def _survey(said: str, context: Context) -> dict[str, Any]:
    scales = context.names["scales"]
    found = read(said, context.said("survey", conductor=".*?", scale=scales.as_said(), count=WHOLE))
    return {
        "conductor": found["conductor"],
        "scale": scales.id_of(found["scale"]),
        "minimum_per_section": int(found["count"]),
    }


def _sample(said: str, context: Context) -> dict[str, Any]:
    found = read(said, context.said("survey_sample", margin=SHARE, confidence=SHARE))
    return {name: share(value) for name, value in found.items()}


def _strata(said: str, context: Context) -> dict[str, Any]:
    listed = read(said, context.said("strata", strata=".*"))["strata"]
    size = context.said("stratum_size", size=WHOLE)
    found = [
        Stratum(id=f"stratum-{at}", name=name, size=int(read(notes[0], size)["size"]) if notes else None)
        for at, (name, notes) in enumerate(noted_list(listed, context.tongue), 1)
    ]
    return {"strata": tuple(found)}


_SENTENCES: Final[tuple[tuple[str, Callable[[str, Context], dict[str, Any]]], ...]] = (
    ("assembly", _assembly),
    ("assembly", _when),
    ("assembly", _validity),
    ("assembly", _groups),
    ("assembly", _contents),
    ("survey", _survey),
    ("survey", _sample),
    ("survey", _strata),
)
