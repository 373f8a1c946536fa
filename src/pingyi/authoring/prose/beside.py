"""What a document says about a thing that a preset chose: a choice beside words that were not read is no small one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pingyi.authoring.prose.fact_kinds import FactKind
from pingyi.authoring.prose.page import Page

Place = tuple[FactKind, int, int]  # of a fact that is in no field

_NUMBERS = frozenset({FactKind.PERCENT, FactKind.SCORE})
# Part of a plan → the kinds of facts that could be of it, and the words of the sentence that say so.
_ABOUT: Mapping[str, tuple[frozenset[FactKind], re.Pattern[str]]] = {
    "sources": (_NUMBERS, re.compile(r"占|权重|计入|折[算合]|分值|[一二三四五]是|（\d+分）|\d分[，、。]")),
    "scales": (_NUMBERS, re.compile(r"满意|优秀|良好|较好|合格|一般|较差|[好差]评")),
    "indicators": (_NUMBERS, re.compile(r"指标|占|权重|分值")),
    "assembly": (
        frozenset({FactKind.PERCENT, FactKind.VOTES, FactKind.COUNT}),
        re.compile(r"票|代表|评议(?:团|员|人员|大会)|到会|参会|应到"),
    ),
    "survey": (
        frozenset({FactKind.COUNT, FactKind.PERCENT, FactKind.RATE}),
        re.compile(r"问卷|样本|抽样|调查|电话访|走访|评议表|测评表"),
    ),
    "bonus": (frozenset({FactKind.SCORE}), re.compile(r"加分|奖励|予以加|加\d")),
    "deductions": (frozenset({FactKind.SCORE}), re.compile(r"扣")),
    "time_limits": (frozenset({FactKind.TERM}), re.compile(r"办结|答复|办理|受理|回复|反馈|工单|热线")),
    "confirmation": (frozenset({FactKind.TERM}), re.compile(r"公示|异议|申诉|复核")),
    "ranking": (frozenset({FactKind.COUNT, FactKind.PERCENT}), re.compile(r"并列|末位|名次|排名")),
    "statistics": (frozenset({FactKind.PERCENT}), re.compile(r"置信|误差|显著")),
}


def said_beside(path: str, left: Iterable[Place], page: Page) -> tuple[str, ...]:
    """Return the sentences about the part that a path is of, in which a fact stands that no field holds."""
    kinds, about = _ABOUT.get(re.split(r"[.\[]", path, maxsplit=1)[0], (frozenset(), re.compile(r"$^")))
    found: dict[str, None] = {}
    for kind, start, _ in left:
        begin, end = page.sentence_at(start)
        if kind in kinds and about.search(page.flat, begin, end):
            found[page.text[begin:end]] = None
    return tuple(found)
