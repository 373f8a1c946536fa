"""Conditions joined to what follows from them (§4.4c): 或 makes two triggers, 且 makes one with two tests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pingyi.authoring.prose.conditions import Condition, find_conditions
from pingyi.authoring.prose.consequences import Effect, find_effects
from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.numerals import number_of
from pingyi.authoring.prose.page import Found, Page
from pingyi.rules.plan.outcome import Consequence, ConsequenceKind, Grade, Test, TestKind, Trigger

_AND = re.compile(r"且|并(?!列)|同时|又")
_AMONG = re.compile(r"的?(?:单位|科室|部门|站所|学校)?(?:中|范围内|里)")
_CONTINUES = re.compile(r"^(?:同时|并|其|对其|另外|此外|该|且)")
_AGAIN = re.compile(
    r"连续(?P<y>[两二三\d])(?:年|次)[^，。；]{0,4}黄牌(?:警告)?|(?P<z>[两二三])次[^，。；]{0,4}黄牌(?:警告)?"
    r"|(?:第(?P<n>[二三四五])次|连续(?P<k>[两二三\d])(?:年|次)|再次|又)(?:出现|发生|被|属于|有)?(?:上述"
    r"|以上|此类|前述|同样)(?:情况|情形|问题)?"
)
_REPEATING = re.compile(
    r"^(?:连续|累计)?[^，。；]{0,3}?[两二三四五\d](?:年|次|届|个年度|年度|个?季度|个?月)(?:以上)?(?:被|居|位)?"
)
_COLON_LIST = re.compile(r"：\s*$")
_RESULT_USE = re.compile(
    r"(?:(?:结果|成绩|得分|情况)(?:将)?|(?<=，)并?(?:将其|同时)?(?=作为|纳入|列入"
    r"|与))(?:[^，。；结果]{0,10}?)(?:直接)?(?:作为|纳入|列入|运用到|运用于|应用到|应用于|计入|记入|与"
    r"|用于)(?P<list>[^。；\n]{3,90}?)(?:当中|之中|中(?=[，。；])|的(?:重要|主要|一项)?(?:依据|内容"
    r"|参考|指标|组成部分|之一)|体系|相?挂钩|范围|相结合|(?=[，。；\n]))"
)
# 作为工作的出发点和落脚点 says what one aims at, not where a result is used.
_NO_APPRAISAL = re.compile(r"出发点|落脚点|切入点|着力点|突破口|重点$|标准$|手段|抓手|载体|契机|举措|主要任务|评判")
_USE_CUT = re.compile(r"[、，]|以及|[和及与](?=[^、，]{3,})")


@dataclass(slots=True)
class Outcome:
    """Triggers and consequences of a text, and the stretches that they take up."""

    triggers: list[Found[Trigger]] = field(default_factory=list)
    consequences: list[Found[Consequence]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    closed: list[tuple[int, int]] = field(default_factory=list)


def read_outcome(page: Page, grades: list[Found[Grade]]) -> Outcome:
    """Return the triggers with their consequences, in the order of the text."""
    outcome = Outcome()
    names = {grade.value.name: grade.value.id for grade in grades}
    pending: tuple[list[Condition], tuple[int, int]] | None = None
    for start, end in page.sentences:
        conditions = [one for one in find_conditions(page.flat, start, end) if _holds(one, names)]
        conditions = conditions or _again(page, start, end, outcome, is_next=pending is not None)
        effects = [
            one
            for one in find_effects(page, start, end)
            if not any(c.start < one.end and one.start < c.end for c in conditions)
        ]
        is_grade = any(first < end and start < last for first, last in _spans(grades))
        rates = [one for one in conditions if not one.is_read]
        if rates and effects and not is_grade:
            outcome.doubts += [_of_rate(page, one) for one in rates]
            pending = None
        elif conditions and effects and not is_grade:
            _add(page, outcome, conditions, effects, names, (start, end))
            pending = (conditions, (start, end))
        elif effects and pending and _follows(page, pending[1], start):
            _add(page, outcome, pending[0], effects, names, (start, end))
            pending = (pending[0], (start, end))
        elif conditions and _COLON_LIST.search(page.flat[start:end]):
            pending = (conditions, (start, end))
        elif end - start > 1:
            pending = None
    return outcome


def _of_rate(page: Page, one: Condition) -> Doubt:
    """Say that a limit of a rate or of votes was not read: it is never held against the score."""
    begin = max(page.flat.rfind(sign, 0, one.start) for sign in "，；。：\n") + 1
    facts: dict[str, str | int] = {"written": page.text[begin : one.end].strip()}
    return Doubt(code="trigger.rate", facts=facts, span=Span(start=begin, end=one.end))


def _again(page: Page, start: int, end: int, outcome: Outcome, *, is_next: bool) -> list[Condition]:
    """第二次出现上述情况的: what was said before, once more."""
    found = _AGAIN.search(page.flat, start, end)
    if found is None:
        return []
    shown = {one.value.id for one in outcome.consequences if one.value.kind is ConsequenceKind.YELLOW_CARD}
    carded = [one for one in outcome.triggers if shown & set(one.value.consequences)]
    meant = carded if "黄牌" in found.group() else outcome.triggers if is_next else []
    if not meant:
        return []
    test = Test(
        kind=TestKind.TIMES,
        count=number_of(found["y"] or found["z"] or found["n"] or found["k"] or "二"),
        trigger=meant[-1].value.id,
        is_consecutive="连续" in found.group(),
    )
    return [Condition(test, found.start(), found.end())]


def _spans(grades: list[Found[Grade]]) -> list[tuple[int, int]]:
    return [(grade.start, grade.end) for grade in grades]


def _holds(condition: Condition, names: dict[str, str]) -> bool:
    """A grade that the text never defines cannot be tested."""
    test = condition.repeated or condition.test
    return test.kind is not TestKind.GRADE or test.grade in names


def _follows(page: Page, before: tuple[int, int], start: int) -> bool:
    if page.flat[before[1] - 1] == "；" and start - before[1] <= 1:
        return True
    return start - before[1] <= 4 and bool(
        _CONTINUES.match(page.flat[start : start + 6]) or _COLON_LIST.search(page.flat[slice(*before)])
    )


def _add(
    page: Page,
    outcome: Outcome,
    conditions: list[Condition],
    effects: list[Effect],
    names: dict[str, str],
    span: tuple[int, int],
) -> None:
    ids = [_consequence_id(outcome, effect) for effect in effects]
    begin = min(conditions[0].start, effects[0].start)
    begin = max(page.flat.rfind(sign, span[0], begin) for sign in "，；。：\n") + 1 if begin > span[0] else begin
    outcome.closed.append((max(begin, span[0]), span[1]))
    for group in _groups(page.flat, conditions):
        _add_trigger(page, outcome, group, ids, names, (max(begin, span[0]), span[1]))


def _groups(flat: str, conditions: list[Condition]) -> list[list[Condition]]:
    """Conditions joined by 且 stand together, and so do those of one reward or range; else each is an alternative."""
    groups: list[list[Condition]] = [[conditions[0]]]
    for before, one in pairwise(conditions):
        between = flat[before.end : one.start]
        joined = _AND.search(between) or _AMONG.match(between) or _in_one_breath(before, one, between)
        if joined and "或" not in between:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _in_one_breath(before: Condition, one: Condition, between: str) -> bool:
    """80分以上不足90分的 is a range; 90分以上、排名前三的 asks for both."""
    kinds = {before.test.kind, one.test.kind}
    if kinds == {TestKind.ABOVE, TestKind.BELOW}:
        return before.test.kind is TestKind.ABOVE and between in {"", "，", "、"}
    return kinds == {TestKind.ABOVE, TestKind.TOP} and not re.search(r"[的者；。：]", between)


def _add_trigger(
    page: Page, outcome: Outcome, group: list[Condition], ids: list[str], names: dict[str, str], span: tuple[int, int]
) -> None:
    tests: list[Test] = []
    at_most: int | None = None
    for before, one in zip([None, *group], group, strict=False):
        if before is not None and one.test.count and _AMONG.match(page.flat[before.end : one.start]):
            # "低于75分的单位中最后三名" is a quota among those below, not a rank.
            at_most = one.test.count
            continue
        tests.append(_settled(page, outcome, one, names, span))
        if one.test.score is not None and "%" in page.flat[one.start : one.end]:
            facts: dict[str, str | int] = {"written": page.text[one.start : one.end]}
            outcome.doubts.append(Doubt(code="bound.rate", facts=facts, span=Span(start=one.start, end=one.end)))
    ids = _fitting(outcome, tests, ids)
    identity = _own_id(outcome, "_and_".join(_test_id(test) for test in tests), tests)
    known = next((found for found in outcome.triggers if found.value.id == identity), None)
    if known is not None:
        merged = tuple(dict.fromkeys([*known.value.consequences, *ids]))
        outcome.triggers[outcome.triggers.index(known)] = Found(
            replace(known.value, consequences=merged), known.start, known.end
        )
        return
    trigger = Trigger(
        id=identity,
        name=page.text[group[0].start : group[-1].end],
        all_of=tuple(tests),
        consequences=tuple(ids),
        at_most=at_most,
        clause=page.clause_at(span[0]),
        quote=page.quote(*span),
    )
    outcome.triggers.append(Found(trigger, *span))


def _own_id(outcome: Outcome, identity: str, tests: list[Test]) -> str:
    """满意率低于85% and 办结率低于85% are two: the number alone does not tell them apart."""
    alike = [one.value for one in outcome.triggers if one.value.id.partition("__")[0] == identity]
    same = next((one for one in alike if one.all_of == tuple(tests)), None)
    if same is not None or not alike or not any(test.indicator for test in tests):
        return same.id if same else identity
    return f"{identity}__{len(alike) + 1}"


def _fitting(outcome: Outcome, tests: list[Test], ids: list[str]) -> list[str]:
    """前三名授予……，后三名……: an honor is for the first, never for the last."""
    kinds = {found.value.id: found.value.kind for found in outcome.consequences}
    is_praise = any(test.kind in {TestKind.TOP, TestKind.ABOVE} for test in tests)
    is_blame = not is_praise and any(test.kind in {TestKind.LAST, TestKind.BOTTOM, TestKind.BELOW} for test in tests)
    if is_praise and any(kinds[one] is ConsequenceKind.HONOR for one in ids):
        return [one for one in ids if kinds[one] is ConsequenceKind.HONOR]
    return [one for one in ids if kinds[one] is not ConsequenceKind.HONOR] if is_blame else ids


def _settled(page: Page, outcome: Outcome, one: Condition, names: dict[str, str], span: tuple[int, int]) -> Test:
    """Give a grade its id, and a repeated condition the trigger that must fire each time."""
    if one.repeated is None:
        return replace(one.test, grade=names[one.test.grade]) if one.test.kind is TestKind.GRADE else one.test
    base = replace(one.repeated, grade=names.get(one.repeated.grade, ""))
    identity = _test_id(base)
    if all(found.value.id != identity for found in outcome.triggers):
        name = _REPEATING.sub("", page.text[one.start : one.end])
        trigger = Trigger(id=identity, name=name, all_of=(base,), consequences=(), quote=page.quote(*span))
        outcome.triggers.append(Found(trigger, *span))
        outcome.doubts.append(
            Doubt(code="trigger.counted", facts={"trigger": name}, span=Span(start=span[0], end=span[1]))
        )
    return replace(one.test, trigger=identity)


def _test_id(test: Test) -> str:
    number = test.score if test.score is not None else test.count
    if test.share is not None:
        number = (test.share * 100).normalize()
    shown = "" if number is None else f"_{number.normalize():f}" if not isinstance(number, int) else f"_{number}"
    tail = test.grade or test.trigger
    return f"{test.kind.value}{shown}{'_' + tail if tail else ''}".replace(".", "_")


def _consequence_id(outcome: Outcome, effect: Effect) -> str:
    one = effect.consequence
    for found in outcome.consequences:
        if (found.value.kind, found.value.name, found.value.place) == (one.kind, one.name, one.place):
            return found.value.id
    same = sum(found.value.kind is one.kind for found in outcome.consequences)
    identity = one.kind.value if not same else f"{one.kind.value}_{same + 1}"
    outcome.consequences.append(Found(replace(one, id=identity), effect.start, effect.end))
    return identity


def read_result_uses(page: Page) -> list[Found[str]]:
    """Return the appraisals that the result enters (§4.4b)."""
    found: list[Found[str]] = []
    for match in _RESULT_USE.finditer(page.flat):
        begin = match.start("list")
        for cut in [*_USE_CUT.finditer(page.flat, *match.span("list")), None]:
            stop = cut.start() if cut else match.end("list")
            words = re.sub(r"^(?:对|当年|本年度)?(?=..)", "", page.words(begin, stop))
            if 3 <= len(words) <= 30 and not _NO_APPRAISAL.search(words) and all(one.value != words for one in found):
                found.append(Found(words, begin, stop))
            begin = cut.end() if cut else stop
    return found
