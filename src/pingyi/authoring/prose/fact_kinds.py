"""What a fact is: a day, a term, a share, a mark, a number of things, a class, a measure, a unit, each by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pingyi.authoring.prose.numerals import NUMBER, SHARE, decimal_of, number_of, share_of

# Every mark of such a text is a tenth of what it says (千分制).
THOUSAND = re.compile(r"千分制|总分(?:为|：)?\s?1000\s?分|满分(?:为|：)?\s?1000\s?分")


class FactKind(StrEnum):
    """The kinds, in the order in which they are looked for: the first that takes a stretch keeps it."""

    DATE = "date"
    TERM = "term"
    RECURRENCE = "recurrence"
    RATE = "rate"  # a percentage of what is named a rate
    VOTES = "votes"  # a percentage of votes
    PERCENT = "percent"
    SCORE = "score"
    COUNT = "count"
    MEASURE = "measure"
    SECTION_CLASS = "section_class"
    UNIT = "unit"


class FactState(StrEnum):
    """What became of a fact."""

    HELD = "held"
    WRONG = "wrong"  # its value stands in a field that is not for its kind
    WORDS = "words"  # it stands in a title or a text alone
    UNREAD = "unread"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One fact, its place, and what became of it; `path` is the item that holds it."""

    kind: FactKind
    start: int
    end: int
    words: str
    state: FactState
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A fact as it stands in the text: its number where it has one, its unit or its name."""

    kind: FactKind
    start: int
    end: int
    value: Decimal | None = None
    name: str = ""
    month: int = 0
    day: int = 0
    words: str = ""


_FIGURE = r"\d{1,5}(?:\.\d{1,3})?"
_DATE = re.compile(
    r"(?<![\d第])(?:\d{4}年)?(?P<month>1[0-2]|[1-9])月(?!份?以[上内])(?:(?P<day>3[01]|[12]\d|[1-9])[日号])?"
    r"|(?<=[至到—～~-])(?P<only>3[01]|[12]\d|[1-9])[日号]"
)
_TERM = re.compile(
    rf"(?<!第)(?P<n>{NUMBER})\s?(?:个?(?P<unit>工作日|小时|个月|星期|周(?![年期边到密报知刊])|天)|(?P<days>(?<!月.)(?<!月..)(?<!月...)日)(?=之?内|以内|的|，|。|；|$))(?!前|起)"
)
_RECURRENCE = re.compile(
    r"(?:每个?)?(?:季度?|半年|月)(?:度)?(?:结束|终了|过)?后\d{1,2}个?(?:工作)?[日天]之?内|每(?:个)?(?:半年|季度|月|周|旬|学期|两个?月)(?:末月)?(?:\d{1,2}日|底|末|初)?前?|第[一二三四、]{1,7}季度|\d{1,2}月、\d{1,2}月各一次"
)
_PERCENT = re.compile(rf"(?P<n>{_FIGURE})\s?%|百分之(?P<words>[一二三四五六七八九十]{{1,4}})|(?P<share>{SHARE})")
_SCORE = re.compile(rf"(?<![\d.])(?P<n>{_FIGURE})\s?分(?![钟之析管别类为局公司组工级数值阶批期列布发开])")
_COUNT = re.compile(
    r"(?<![\d.第一二三四五六七八九十])(?P<n>\d{1,5}|[二两三四五六七八九十]{1,3})\s?(?:余|多)?(?P<unit>名|位|人|户|份|次|件|家|场|条|所|轮|期|张)(?![大项日月])"
)
_IDLE = re.compile(r"(?:每|扣|加|减|记|有|发生|查实)[^，。；]{0,6}$")
_RATE_NAMED = re.compile(r"[一-龥]率[^，。；]{0,8}$")
_VOTES_NAMED = re.compile(r"票[^，。；分]{0,8}$")
_MEASURES = {
    "talk": r"约谈",
    "admonition_talk": r"(?:诫勉|诫免|警示|提醒|告诫)谈话",
    "circular": r"通报批评",
    "yellow_card": r"黄牌",
    "rectification_order": r"(?:限期|责令)[^，。；、]{0,6}整改",
    "explanation": r"书面(?:检查|检讨|说明)",
}
_MEASURE = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _MEASURES.items()))
_CLASS = re.compile(
    r"(?<![一-龥])(?P<name>[A-Za-z甲乙丙丁一二三四第]{1,2}类|[一-龥]{2,6}类)(?=[（：:、，]|单位|科室|部门)"
)
_NO_CLASS = re.compile(r"^(?:各|此|这|同|分|种|几|两|三|四|以下|上述)|[分归各]类$")
_UNITS = re.compile(
    r"(?:责任|牵头|承办|主办|配合|协办|协助)(?:单位|部门|科室|股室)：\s?(?P<list>[^，。；）\n：｜]{2,40})"
)


# Numbers that ask for nothing by themselves: the whole of the marks, the upper end of a range whose lower end counts.
_WHOLE = re.compile(r"(?:总分|满分|合计|共计|标准|分值)[^，。；\d]{0,3}$")
_UPPER = re.compile(r"\d\s?[分%]?\s?(?:至|到|[-—～~])\s?$|[<＜]\s?$")
_IN_FORCE = re.compile(r"起(?:施行|执行|实施|生效)")


def find_facts(flat: str) -> list[Found]:
    """Return the facts of a text in order, none inside another."""
    taken: list[Found] = []
    for one in _all(flat):
        if not _is_idle(flat, one) and not any(one.start < other.end and other.start < one.end for other in taken):
            taken.append(replace(one, words=flat[one.start : one.end]))
    return sorted(taken, key=lambda one: one.start)


def _is_idle(flat: str, one: Found) -> bool:
    before = flat[max(0, one.start - 12) : one.start]
    if one.kind is FactKind.DATE:
        return bool(_IN_FORCE.match(flat, one.end))
    if one.kind in {FactKind.SCORE, FactKind.PERCENT, FactKind.RATE}:
        return bool(_UPPER.search(before)) or (one.value == 100 and bool(_WHOLE.search(before)))
    return False


def _all(flat: str) -> Iterator[Found]:
    for match in _RECURRENCE.finditer(flat):
        yield Found(kind=FactKind.RECURRENCE, start=match.start(), end=match.end(), name=match.group())
    yield from _times(flat)
    yield from _percents(flat)
    is_of_thousand = bool(THOUSAND.search(flat))
    for match in _SCORE.finditer(flat):
        value = decimal_of(match["n"]) or Decimal(0)
        value = value / 10 if is_of_thousand else value  # as it is read
        yield Found(kind=FactKind.SCORE, start=match.start(), end=match.end(), value=value)
    yield from _counts(flat)
    yield from _names(flat)


def _times(flat: str) -> Iterator[Found]:
    for match in _DATE.finditer(flat):
        month, day = int(match["month"] or 0), int(match["day"] or match["only"] or 0)
        yield Found(kind=FactKind.DATE, start=match.start(), end=match.end(), month=month, day=day)
    for match in _TERM.finditer(flat):
        unit = match["unit"] or match["days"]
        value = Decimal(number_of(match["n"]))
        yield Found(kind=FactKind.TERM, start=match.start(), end=match.end(), value=value, name=unit)


def _counts(flat: str) -> Iterator[Found]:
    """Yield numbers of things; one of them, each time something happens, says nothing of its own."""
    for match in _COUNT.finditer(flat):
        is_idle = match["n"] == "1" and _IDLE.search(flat[max(0, match.start() - 8) : match.start()])
        if not is_idle:
            value = Decimal(number_of(match["n"]))
            yield Found(kind=FactKind.COUNT, start=match.start(), end=match.end(), value=value, name=match["unit"])


def _names(flat: str) -> Iterator[Found]:
    for match in _MEASURE.finditer(flat):
        yield Found(kind=FactKind.MEASURE, start=match.start(), end=match.end(), name=match.lastgroup or "")
    for match in _CLASS.finditer(flat):
        if not _NO_CLASS.search(match["name"]):
            yield Found(kind=FactKind.SECTION_CLASS, start=match.start(), end=match.end(), name=match["name"])
    for match in _UNITS.finditer(flat):
        for name in re.finditer(r"[^、 和及与]{2,}", match["list"]):
            start = match.start("list") + name.start()
            yield Found(kind=FactKind.UNIT, start=start, end=start + len(name.group()), name=name.group())


def _percents(flat: str) -> Iterator[Found]:
    for match in _PERCENT.finditer(flat):
        before = flat[max(0, match.start() - 12) : match.start()]
        kind = FactKind.VOTES if _VOTES_NAMED.search(before) else FactKind.PERCENT
        kind = FactKind.RATE if _RATE_NAMED.search(before) else kind
        yield Found(kind=kind, start=match.start(), end=match.end(), value=_in_hundred(match), name=match.group())


def _in_hundred(match: re.Match[str]) -> Decimal:
    """Return a share in per cent."""
    if match["share"]:
        return share_of(match["share"]) * 100
    return decimal_of(match["n"]) or Decimal(0) if match["n"] else Decimal(number_of(match["words"]))
