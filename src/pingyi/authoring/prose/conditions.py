"""The conditions that a text sets on score and rank: 末位, 低于80分, 95分以上, 后三名, 连续两年 … (§4.4c)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pingyi.authoring.prose.numerals import DECIMAL, NUMBER, SHARE, decimal_of, number_of, share_of
from pingyi.authoring.prose.rates import as_rate, words_before
from pingyi.rules.plan.outcome import Test, TestKind

GRADE_NAMES = (
    "不满意|基本满意|比较满意|较满意|非常满意|很满意|满意|不合格|基本合格|合格"
    "|不称职|基本称职|称职|优秀|优良|良好|未达标|不达标|达标|先进|较好|较差|一般|优|良|中|好|差"
)
_LAST = (
    r"(?:得分|分数|评分)最低|最低分|末位|末尾|末名|最后一?(?:位|名)(?!次)|倒数第一|最末(?:一?位)?|垫底|(?:排名|名次|位次|排序"
    r"|排位)(?:在|为|列)?最后|最后一个"
)
_SCORE = rf"(?P<n>{DECIMAL}|[六七八九]十五?)\s?(?:分|%)"
_INCLUSIVE = r"(?P<inclusive>（含[^）]{0,6}）|及)?"
# 每次扣10分以上 and 满意率达到95%以上 are no limits of a score: it has two digits or more, a rate is of 的单位.
_HIGH = (
    r"(?P<n>[1-9]\d{1,2}(?:\.\d{1,3})?|[六七八九]十[一二三四五六七八九]?)\s?"
    r"(?:分|%(?=（?不?含?）?(?:及?以上)?的(?:单位|科室|部门)))"
)
_UNDER = r"低于|不足|不满(?!意)|少于|未达到?|达不到|没有达到|不到|没达到"
_BASE = r"(?:[^，。；的]{0,6}(?:票|人)数?的?|其?总数的?)?\s?"  # 超过有效票三分之二: what the share is of
_NOTE, _NOTE_AFTER = r"(?P<note>（不?含[^）]{0,6}）)?", r"(?P<after>（不?含[^）]{0,6}）)?"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with its place; a repeated one names the condition that must hold each time."""

    test: Test
    start: int
    end: int
    repeated: Test | None = None
    is_read: bool = True  # False: the limit of a rate or of a share of votes that no test can look at


def _last(_: re.Match[str]) -> Test:
    return Test(kind=TestKind.LAST)


def _bottom(match: re.Match[str]) -> Test:
    count = number_of(match["n"])
    return Test(kind=TestKind.LAST) if count == 1 else Test(kind=TestKind.BOTTOM, count=count)


def _bottom_pair(match: re.Match[str]) -> Test:
    return Test(kind=TestKind.BOTTOM, count=number_of(match["n"]))


def _bottom_share(match: re.Match[str]) -> Test:
    return Test(kind=TestKind.BOTTOM, share=_percent(match["n"]))


def _top(match: re.Match[str]) -> Test:
    return Test(kind=TestKind.TOP, count=number_of(match["n"]))


def _first(_: re.Match[str]) -> Test:
    return Test(kind=TestKind.TOP, count=1)


def _top_share(match: re.Match[str]) -> Test:
    return Test(kind=TestKind.TOP, share=_percent(match["n"]))


def _below(match: re.Match[str]) -> Test:
    inclusive = bool(match.groupdict().get("inclusive"))
    return Test(kind=TestKind.BELOW, score=decimal_of(match["n"]), is_inclusive=inclusive)


def _above(match: re.Match[str]) -> Test:
    """以上 and 达到 take in the number itself, as in statutes; 超过 and 高于 do not."""
    note = match["note"] or match.groupdict().get("after") or ""
    is_inclusive = "不含" not in note and (bool(note) or not match["over"])
    return Test(kind=TestKind.ABOVE, score=decimal_of(match["n"]), is_inclusive=is_inclusive)


def _share_below(match: re.Match[str]) -> Test:
    """未过半 takes in the half itself, 不足半数 does not."""
    is_inclusive = match["verb"] in {"未过", "未超过", "没有超过", "不超过"}
    return Test(kind=TestKind.BELOW, score=share_of(match["share"]) * 100, is_inclusive=is_inclusive)


def _share_above(match: re.Match[str]) -> Test:
    over = match["verb"] in {"超过", "高于", "大于", "过"} and not match["and_more"]
    return Test(kind=TestKind.ABOVE, score=share_of(match["share"]) * 100, is_inclusive=not over)


def _grade(match: re.Match[str]) -> Test:
    return Test(kind=TestKind.GRADE, grade=match["g"])


def _veto(_: re.Match[str]) -> Test:
    return Test(kind=TestKind.VETO)


def _percent(written: str) -> Decimal | None:
    value = decimal_of(written)
    return value / 100 if value is not None else None


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Test]], ...] = (
    (
        re.compile(rf"(?:后|末|最后|倒数)(?:的)?\s?(?P<n>{DECIMAL})\s?%|(?:后|末)百分之(?P<m>[一二三四五六七八九十]+)"),
        _bottom_share,
    ),
    (re.compile(rf"(?:前|最前)(?:的)?\s?(?P<n>{DECIMAL})\s?%"), _top_share),
    (
        re.compile(r"倒数第一(?:名|位)?[、和及]?(?:倒数)?第(?P<n>[二两三四五])(?:名|位)?|倒数第(?P<m>[二三四五])"),
        _bottom_pair,
    ),
    (re.compile(rf"(?:排名|位列|名次|列)?(?:后|最后|末|倒数)(?:的)?(?P<n>{NUMBER})(?:名|位|个)(?!月|工作)"), _bottom),
    (re.compile(rf"(?:{_LAST})"), _last),
    (re.compile(rf"前(?P<n>{NUMBER})(?:名|位)"), _top),
    (re.compile(rf"(?:排名|排位|名次|位次|位列|位居|列)(?:在|为)?前(?P<n>{NUMBER})(?=[的者，])"), _top),
    (re.compile(r"(?:排名|位列|位居|获得?)第一(?:名|位)?|(?<!倒数)第[一1](?:名|位)"), _first),
    (re.compile(rf"(?P<verb>{_UNDER}|未超过|没有超过|不超过|未过){_BASE}(?P<share>{SHARE})"), _share_below),
    (
        re.compile(
            rf"(?<![未没不能有])(?P<verb>超过|高于|大于|达到?了?|不低于|不少于|过){_BASE}(?P<share>{SHARE})(?P<and_more>及?以上)?"
        ),
        _share_above,
    ),
    (re.compile(rf"(?P<verb>)(?P<share>{SHARE})(?P<and_more>及?以上)"), _share_above),
    (re.compile(rf"(?:{_UNDER}|<)\s?{_SCORE}"), _below),
    (re.compile(rf"(?:在)?{_SCORE}\s?(?:（不含[^）]{{0,6}}）)?{_INCLUSIVE}以下"), _below),
    (
        re.compile(
            rf"(?<![未没不能有])(?:(?P<over>高于|高出|超过|大于|>)|不低于|不少于|不小于|达到?了?|≥|>=)\s?{_HIGH}"
            rf"\s?{_NOTE}(?:及?以上)?"
        ),
        _above,
    ),
    (re.compile(rf"(?P<over>)(?<![扣加减记计])(?<![\d.]){_HIGH}\s?(?:及|含)?{_NOTE}以上{_NOTE_AFTER}"), _above),
    (
        re.compile(
            rf"(?:被?(?:评|定|评定|确定|认定|列|评议|测评|考核|判定)(?:结果)?为|等次为|结果为|获得"
            rf"|属于)“?(?P<g>{GRADE_NAMES})”?(?:等次|等级|档次|单位|科室|部门|的|$|(?=[且或并、，]))"
        ),
        _grade,
    ),
    (
        re.compile(
            r"(?<![一-龥])(?:对)?(?P<g>不达标|未达标|不满意|不合格|优秀|先进)”?(?:等次)?的?"
            r"(?:单位|科室|部门|股室|股所|站所|所队|学校|医院|窗口|庭室|公司)"
        ),
        _grade,
    ),
    (  # 第十三条 优秀等次的单位，由县政府通报表彰
        re.compile(
            rf"(?<=[；，。：\n 、条）])(?:对)?“?(?P<g>{GRADE_NAMES})”?(?:等次|等级|档次)的?"
            r"(?:单位|科室|部门|股室|股所|站所|所队|学校|医院|窗口|庭室|公司)"
        ),
        _grade,
    ),
    (re.compile(rf"(?<=[次年])(?:被)?(?:评为|列为)?“?(?P<g>{GRADE_NAMES})”?(?:等次)?的"), _grade),
    (re.compile(rf"(?<=[；，。：\n])“?(?P<g>{GRADE_NAMES})”?(?:等次)?的(?=，)"), _grade),
    (re.compile(r"被一票否决(?:的)?"), _veto),
)
# 按时办结率低于85%, 不满意票超过30%: a number in per cent is of what was named last before it.
_NAMED = re.compile(r"得分|分数|总分|成绩|评分|[一-龥]率|票")
_NAMES_NO_SCORE = re.compile(r"率|票")
_REPEATED = re.compile(
    r"(?:连续|累计)(?:出现)?(?P<n>[两二三四五\d])(?:年|次|届|个年度|年度|个?季度|个?月)"
    r"|(?P<consecutive>)(?:第(?P<k>[二三四五])次|(?P<two>两|二|三)次)(?:以上)?"
)


def find_conditions(flat: str, start: int, end: int) -> list[Condition]:
    """Return the conditions of a sentence in order, none inside another."""
    found: list[Condition] = []
    for pattern, make in _RULES:
        for match in pattern.finditer(flat, start, end):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            one = _condition(flat, start, match, make)
            if "share" not in match.groupdict() or not _is_of_score(one):  # a share in words is never one of the score
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _is_of_score(one: Condition) -> bool:
    return one.is_read and (one.repeated or one.test).score is not None


def _condition(flat: str, start: int, match: re.Match[str], make: Callable[[re.Match[str]], Test]) -> Condition:
    groups = match.groupdict()
    test = make(match) if "m" not in groups or groups["n"] else _with_other_number(match)
    before = flat[max(start, match.start() - 18) : match.start()]
    clause_start = max(before.rfind(sign) for sign in "，；。：或") + 1
    is_rate = test.score is not None and _is_of_rate(flat, start, match)
    repeated = _REPEATED.search(before, clause_start)
    if repeated is None:
        return _rate(flat, start, match, test) if is_rate else Condition(test, match.start(), match.end())
    count = number_of(repeated["n"] or repeated["k"] or repeated["two"])
    times = Test(kind=TestKind.TIMES, count=count, is_consecutive=repeated.group().startswith("连续"))
    return Condition(
        times, match.start() - len(before) + repeated.start(), match.end(), repeated=test, is_read=not is_rate
    )


def _rate(flat: str, start: int, match: re.Match[str], test: Test) -> Condition:
    words, begin = words_before(flat, start, match.start())
    rate = as_rate(test, words, base=match.group())
    return Condition(rate or test, begin, match.end(), is_read=rate is not None)


def _is_of_rate(flat: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether a limit is one of a rate or of votes: by the word before it, or by 满意率 … 的 that it stands in."""
    if not re.search(rf"%|百分之|{SHARE}", match.group()):
        return False
    begin = max(start, *(flat.rfind(sign, start, match.start()) + 1 for sign in "；。\n"))
    named = _NAMED.findall(flat, begin, match.start())
    return bool(named) and bool(_NAMES_NO_SCORE.search(named[-1]))


def _with_other_number(match: re.Match[str]) -> Test:
    if "%" in match.group() or "百分" in match.group():
        return Test(kind=TestKind.BOTTOM, share=_percent(match["m"]))
    return Test(kind=TestKind.BOTTOM, count=number_of(match["m"]))
