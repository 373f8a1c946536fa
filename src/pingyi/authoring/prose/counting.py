"""Texts often say how many there are (四个原则, 六个方面): a list that came out shorter or longer is doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.numerals import number_of
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.sections import sections
from pingyi.authoring.prose.topics import Topic

_N = r"(?P<n>[二两三四五六七八九十]|十[一二三四五]|\d{1,2})"
_PRINCIPLES = re.compile(rf"{_N}(?:个|项|条|大)?(?:基本)?原则")
_PHASES = re.compile(rf"(?:分|按|为|共|划分为){_N}(?:个|大)?(?:阶段|步骤|步(?=进行|实施|走))")
_CRITERIA = re.compile(rf"{_N}(?:个|项|大|条)?(?:方面|内容)")


_VETO_LEAD = re.compile(r"(?:下列|以下)[^。；\n]{0,30}一票否决")
_GRADES_LEAD = re.compile(r"结果[^。；\n]{0,8}分(?:为|设|成)[^。；\n]{4,40}(?:等次|档次|等级|格次)")
_ITEMS_LEAD = re.compile(r"内容(?:为|共|分为|包括|主要)*[二两三四五六七八九十]+(?:项|条|个方面)")
_MARKS_LEAD = re.compile(r"(?:下列|以下)[^。；\n]{0,30}[扣减]\s?\d+(?:\.\d+)?\s?分")
_FORMULA = re.compile(r"(?:综合|总|最终)?得分\s?=")
_LEADS = (
    (_GRADES_LEAD, "grades"),
    (_ITEMS_LEAD, "criteria"),
    (_MARKS_LEAD, "deductions"),
    (_FORMULA, "sources"),
    (_PRINCIPLES, "principles"),
    (_PHASES, "phases"),
    (_CRITERIA, "criteria"),
    (_VETO_LEAD, "vetoes"),
)


def count_doubts(page: Page, counts: dict[Topic, int]) -> Iterable[Doubt]:
    """Compare the numbers that the text states with what was found."""
    checks = (
        (_PRINCIPLES, Topic.PRINCIPLES, "原则", "principles"),
        (_PHASES, Topic.PHASES, "阶段", "phases"),
        (_CRITERIA, Topic.CRITERIA, "评议内容", "criteria"),
    )
    for pattern, topic, what, path in checks:
        for node in sections(page, topic):
            lead_end = node.children[0].start if node.children else min(node.end, node.title_end + 120)
            stated = pattern.search(page.flat, node.start, max(lead_end, node.title_end))
            if stated is not None and counts[topic] and number_of(stated["n"]) != counts[topic]:
                facts: dict[str, str | int] = {"stated": stated["n"], "what": what, "found": counts[topic]}
                yield Doubt(
                    code="count.differs", facts=facts, span=Span(start=stated.start(), end=stated.end()), path=path
                )
                break


def read_leads(page: Page) -> list[tuple[str, int, int]]:
    """Return the sentences that only announce a list (分四个阶段进行), with the part that they announce."""
    return [(path, *found.span()) for pattern, path in _LEADS for found in pattern.finditer(page.flat)]
