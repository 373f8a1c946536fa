"""Limits of a rate or of a share of votes: 满意率低于60%, “优秀”票占有效票80%以上 (§4.4c)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pingyi.rules.plan import Indicator, Plan, Trigger
from pingyi.rules.plan.measure import Scale, Source, SourceKind
from pingyi.rules.plan.outcome import OF_RATES, Test, TestKind

_LABELS = (
    "非常不满意|很不满意|不太满意|不满意|非常满意|很满意|比较满意|较满意|基本满意|满意|不了解|弃权|基本合格|不合格|合格"
    "|优秀|良好|较好|较差|一般|优|良|好|差"
)
_VOTED = re.compile(rf"(?P<list>“?(?:{_LABELS})”?(?:[、和及与]“?(?:{_LABELS})”?){{0,3}})(?:选)?(?:票|率)")
_LABEL = re.compile(_LABELS)
# What a clause calls a rate: the words right before its limit, from the last sign or conjunction on.
_WORDS = re.compile(r"(?:^|[，；：。\n且并对或按]|同时|凡)(?P<words>[^，；：。\n且并对或]{1,24})$")
# How many took part says whether evidence holds, and nothing of a section.
_OF_EVIDENCE = re.compile(r"(?:回收|知晓|参与|参评|到会|覆盖|抽查|应答|合格票|投票|得票)率")
_OTHER_BASE = re.compile(r"发出|发放|应到|应参加|总人数|全体")
_KINDS = {TestKind.BELOW: TestKind.RATE_BELOW, TestKind.ABOVE: TestKind.RATE_ABOVE}


def words_before(flat: str, start: int, end: int) -> tuple[str, int]:
    """Return what a limit in per cent is of, as the clause calls it, and where that begins."""
    found = _WORDS.search(flat[start:end])
    return (found["words"], start + found.start("words")) if found else ("", end)


def as_rate(test: Test, words: str, *, base: str = "") -> Test | None:
    """Return the test of a rate that a limit of the score was taken for; nothing where no test can look at it.

    Whose rate it is stays in words until the indicators are known; so do the boxes. `base` is the limit as it is
    written, which may say what the share is of.
    """
    if test.score is None or test.kind not in _KINDS or _OF_EVIDENCE.search(words):
        return None
    if _OTHER_BASE.search(words) or _OTHER_BASE.search(base):
        return None
    voted = _VOTED.search(words)
    options = tuple(_LABEL.findall(voted["list"])) if voted else ()
    is_own = options == ("满意",) and voted is not None and voted.group().endswith("率")
    return Test(
        kind=_KINDS[test.kind], share=(test.score / Decimal(100)).normalize(), is_inclusive=test.is_inclusive,
        indicator=words, options=() if is_own else options,
    )  # fmt: skip


def settled(plan: Plan) -> tuple[Trigger, ...]:
    """Return the triggers with the indicators and boxes that their rates mean; where several may be, none is named."""
    return tuple(replace(one, all_of=tuple(_settled(test, plan) for test in one.all_of)) for one in plan.triggers)


def _settled(test: Test, plan: Plan) -> Test:
    if test.kind not in OF_RATES:
        return test
    meant = _meant(test, plan.indicators, plan.sources)
    scales = [one for one in plan.scales if not meant or one.id == meant[0].scale]
    return replace(
        test,
        indicator=meant[0].id if len(meant) == 1 else "",
        options=tuple(_box(label, scales) for label in test.options),
    )


def _meant(test: Test, indicators: Sequence[Indicator], sources: Sequence[Source]) -> list[Indicator]:
    """Votes are cast on an indicator with boxes, in an assembly where there is one; a rate has its indicator's name."""
    kinds = {one.id: one.kind for one in sources}
    scaled = [one for one in indicators if one.scale]
    if test.options:
        cast = [one for one in scaled if kinds.get(one.source) is SourceKind.ASSEMBLY]
        return cast or scaled
    named = [one for one in indicators if one.name.endswith("率") and one.name in test.indicator]
    if named or "满意" not in test.indicator:
        return named
    return [one for one in scaled if kinds.get(one.source) is SourceKind.SURVEY] or scaled


def _box(label: str, scales: Sequence[Scale]) -> str:
    return next((box.id for scale in scales for box in scale.options if box.label == label), label)
