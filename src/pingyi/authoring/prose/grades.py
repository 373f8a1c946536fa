"""Grades and their bounds: 90分以上为优秀, 80-89分为良好, 60分以下为不合格."""

from __future__ import annotations

import re
from decimal import Decimal

from pingyi.authoring.prose.conditions import GRADE_NAMES
from pingyi.authoring.prose.numerals import DECIMAL, decimal_of
from pingyi.authoring.prose.page import Found, Page
from pingyi.rules.plan.outcome import Grade

_NAME = rf"“?(?P<name>{GRADE_NAMES})”?(?:等次|等级|档次|单位|科室|部门|格次)?(?=[，。；、（）：\s]|和|$)"
_IS = r"\s?(?:的)?(?:单位|科室|部门)?[，]?(?:评定|确定|认定|定|评|等次|视|均)?(?:为|是|：|属于)?(?:等次)?\s?"
_IN = r"(?P<note>（[^）]{0,14}）|\(含\))?"
_N = rf"(?P<n>{DECIMAL})"
_FORWARD = (
    (
        "minimum",
        re.compile(
            rf"{_N}\s?[分%]?\s?(?:≤|<=|<)\s?(?:总分|得分|综合得分|总得分|成绩|分数)?\s?(?:≤|<=|<)\s?{DECIMAL}\s?[分%]?{_IS}{_NAME}"
        ),
    ),
    (
        "minimum",
        re.compile(
            rf"{_N}\s?[分%]?\s?{_IN}\s?(?:及?以上|（含）以上)[，、]?\s?(?:不足|低于|未满|不满|不到|至|-)\s?{DECIMAL}\s?[分%]?"
            rf"(?:（[^）]{{0,14}}）)?(?:以下)?{_IS}{_NAME}"
        ),
    ),
    (
        "minimum",
        re.compile(
            rf"{_N}\s?[分%]?\s?{_IN}\s?(?:及?以上|含以上|（含）以上"
            rf"|以上（含[^）]*）)(?:[^，。；、\d]{{0,4}}?){_IS}{_NAME}"
        ),
    ),
    (
        "minimum",
        re.compile(rf"(?:≥|>=|不低于|达到|高于|超过|大于)\s?{_N}\s?[分%]?(?:[^，。；、\d]{{0,4}}?){_IS}{_NAME}"),
    ),
    (
        "minimum",
        re.compile(
            rf"{_N}\s?[分%]?\s?{_IN}\s?(?:-|至|到"
            rf"|~)+\s?{DECIMAL}\s?[分%]?\s?(?:（[^）]{{0,14}}）)?(?:之间|以内|以下)?{_IS}{_NAME}"
        ),
    ),
    ("lowest", re.compile(rf"(?:低于|不足|不满|<|小于|不到)?\s?{_N}\s?[分%]?\s?{_IN}\s?(?:及?以下)?{_IS}{_NAME}")),
)
_HEAD = (
    rf"“?(?P<name>{GRADE_NAMES})”?(?:等次|等级|档次|单位|科室)?\s?(?:：|（|为|是|(?<!”)，)\s?(?:得分|综合得分"
    rf"|总分|成绩|分值)?(?:在|为)?\s?"
)
_BACKWARD = (
    ("minimum", re.compile(rf"{_HEAD}(?:≥)?\s?{_N}\s?[分%]?\s?{_IN}\s?(?:及?以上|含以上|（含）以上)")),
    ("minimum", re.compile(rf"{_HEAD}{_N}\s?[分%]?\s?{_IN}\s?(?:-|至|到)+\s?{DECIMAL}\s?[分%]?")),
    ("lowest", re.compile(rf"{_HEAD}(?:低于|不足|不满)?\s?{_N}\s?[分%]?\s?{_IN}\s?(?:及?以下)")),
)
_REST = re.compile(rf"其[余他](?:的)?(?:单位|科室|部门)?(?:评定|定|评)?为“?(?P<name>{GRADE_NAMES})”?")
_BEST = re.compile(
    rf"前\s?(?P<share>{DECIMAL})\s?%(?:的)?(?:单位|科室|部门)?(?:评定|定|评)?为“?(?P<name>{GRADE_NAMES})”?(?=[，。；、等])"
)
_LOWEST = re.compile(rf"(?P<n>{DECIMAL})\s?分(?:及?以下)|(?:低于|不足)\s?(?P<m>{DECIMAL})\s?分")
_TOP = re.compile(rf"前\s?(?P<share>{DECIMAL})\s?%(?P<between>[^。；]{{0,24}}?)$")
_IDS = {
    "优秀": "excellent",
    "优": "excellent",
    "优良": "excellent",
    "先进": "excellent",
    "良好": "good",
    "良": "good",
    "好": "good",
    "较好": "good",
    "合格": "qualified",
    "达标": "qualified",
    "称职": "qualified",
    "中": "fair",
    "一般": "fair",
    "基本合格": "barely_qualified",
    "基本称职": "barely_qualified",
    "不合格": "failed",
    "不达标": "failed",
    "未达标": "failed",
    "不称职": "failed",
    "差": "poor",
    "较差": "poor",
    "满意": "satisfied",
    "非常满意": "very_satisfied",
    "很满意": "very_satisfied",
    "比较满意": "fairly_satisfied",
    "较满意": "fairly_satisfied",
    "基本满意": "basically_satisfied",
    "不满意": "dissatisfied",
}


def read_grades(page: Page) -> list[Found[Grade]]:
    """Return the grades, the best first; one bound alone is no scale of grades."""
    found: dict[str, Found[Grade]] = {}
    for start, end in page.sentences:
        if re.search(r"不了解|选项|选票|赋分|计分值|每票|得\d+分", page.flat[start:end]):
            continue
        for patterns in (_FORWARD, _BACKWARD):
            _read(page, start, end, patterns, found)
    if found:
        _add_rest(page, found)
        _add_best(page, found)
    if len(found) < 2:
        return []
    return sorted(
        found.values(),
        key=_rank,
        reverse=True,
    )


def _rank(one: Found[Grade]) -> Decimal:
    if one.value.minimum is None:
        return Decimal(1001) if one.value.top_share is not None else Decimal(-1)
    return one.value.minimum


def _add_rest(page: Page, found: dict[str, Found[Grade]]) -> None:
    """前20%为“好”，60分以下为“差”，其余为“一般”: what is left begins where the lowest ends."""
    for match in _REST.finditer(page.flat):
        bound = _LOWEST.search(page.flat, *page.sentence_at(match.start()))
        if bound is None or match["name"] in found:
            continue
        grade = Grade(
            id=_IDS.get(match["name"], "grade"), name=match["name"], minimum=decimal_of(bound["n"] or bound["m"])
        )
        found[match["name"]] = Found(grade, *match.span())


def _add_best(page: Page, found: dict[str, Found[Grade]]) -> None:
    """按得分排序，前20%为“好”: a grade by rank alone."""
    for match in _BEST.finditer(page.flat):
        share = decimal_of(match["share"])
        if share is not None and match["name"] not in found:
            grade = Grade(id=_IDS.get(match["name"], "grade"), name=match["name"], top_share=share / 100)
            found[match["name"]] = Found(grade, *match.span())


def _read(
    page: Page, start: int, end: int, patterns: tuple[tuple[str, re.Pattern[str]], ...], found: dict[str, Found[Grade]]
) -> None:
    taken: list[tuple[int, int]] = []
    for role, pattern in patterns:
        for match in pattern.finditer(page.flat, start, end):
            if match["name"] in found or any(match.start() < last and first < match.end() for first, last in taken):
                continue
            value = decimal_of(match["n"])
            if (
                value is None
                or not 0 < value <= 1000
                or re.search(r"[前后]\s?$", page.flat[max(0, match.start("n") - 2) : match.start("n")])
            ):
                continue
            taken.append(match.span())
            found[match["name"]] = Found(_grade(page, role, match, value, start), *match.span())


def _grade(page: Page, role: str, match: re.Match[str], value: Decimal, start: int) -> Grade:
    name = match["name"]
    identity = _IDS.get(name, "grade")
    if role == "lowest":
        return Grade(id=identity, name=name)
    top = _TOP.search(page.flat, start, match.start())
    share = decimal_of(top["share"]) if top else None
    is_open = "不含" in (match.groupdict().get("note") or "") or match.group().startswith(("高于", "超过", "大于"))
    return Grade(
        id=identity,
        name=name,
        minimum=value,
        minimum_is_inclusive=not is_open,
        top_share=share / 100 if share is not None else None,
    )
