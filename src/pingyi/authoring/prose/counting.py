"""Texts often say how many there are (四个原则, 六个方面): a list that came out shorter or longer is doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.numerals import number_of
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.reading_all import Reading
from pingyi.authoring.prose.sections import sections
from pingyi.authoring.prose.topics import Topic

_N = r"(?P<n>[二两三四五六七八九十]|十[一二三四五]|\d{1,2})"
_PRINCIPLES = re.compile(rf"{_N}(?:个|项|条|大)?(?:基本)?原则")
_PHASES = re.compile(rf"(?:分|按|为|共|划分为){_N}(?:个|大)?(?:阶段|步骤|步(?=进行|实施|走))")
_CRITERIA = re.compile(rf"{_N}(?:个|项|大|条)?(?:方面|内容)")


def count_doubts(page: Page, reading: Reading) -> Iterable[Doubt]:
    """Compare the numbers that the text states with what was found."""
    checks = (
        (_PRINCIPLES, Topic.PRINCIPLES, len(reading.principles), "原则", "principles"),
        (_PHASES, Topic.PHASES, len(reading.phases), "阶段", "phases"),
        (_CRITERIA, Topic.CRITERIA, len(reading.criteria), "评议内容", "criteria"),
    )
    for pattern, topic, count, what, path in checks:
        for node in sections(page, topic):
            lead_end = node.children[0].start if node.children else min(node.end, node.title_end + 120)
            stated = pattern.search(page.flat, node.start, max(lead_end, node.title_end))
            if stated is not None and count and number_of(stated["n"]) != count:
                facts: dict[str, str | int] = {"stated": stated["n"], "what": what, "found": count}
                yield Doubt(
                    code="count.differs", facts=facts, span=Span(start=stated.start(), end=stated.end()), path=path
                )
                break
