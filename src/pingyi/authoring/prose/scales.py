"""The boxes of a ballot and what each is worth: 满意100分、基本满意80分、不满意30分, 不了解不计分."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.numerals import DECIMAL, decimal_of
from pingyi.authoring.prose.page import Page
from pingyi.rules.plan.measure import Option, Scale

_LABEL = (
    r"非常不满意|很不满意|不太满意|不满意|非常满意|很满意|比较满意|较满意|基本满意|满意|不了解|不清楚"
    r"|弃权|基本合格|不合格|合格|优秀|良好|较好|较差|一般|好|差"
)
_OPTION = re.compile(
    rf"“?(?P<label>{_LABEL})”?(?:票|选项|的|等次)?\s?(?:（|）|按|得|计|记|为|赋|：|=|折算|一?票|每票|分值"
    rf"|值|折合|成|算)*\s?(?P<value>{DECIMAL})\s?(?:分|%)"
)
_LIST = re.compile(rf"“?(?:{_LABEL})”?(?:（[^）]{{0,6}}）)?(?:(?:[、，/和或]+|(?<=”)(?=“))“?(?:{_LABEL})”?){{2,}}")
_VALUES = re.compile(
    rf"(?:分别|依次)[^，。；\d]{{0,8}}(?P<values>{DECIMAL}\s?(?:分|%)(?:[、和，]\s?{DECIMAL}\s?(?:分|%))+)"
)
# 权重系数分别为1.0、0.8、0.6、0
_FACTOR = r"(?:1(?:\.0{1,2})?|0(?:\.\d{1,2})?)"
_FACTORS = re.compile(rf"(?:分别|依次)[^，。；\d]{{0,8}}(?P<values>{_FACTOR}(?:[、和，]\s?{_FACTOR})+)(?![\d.分%])")
_ASKED = re.compile(r"[测评]票(?!占)|选票|选项|打分|量表|问卷|评价表|测评表|填写")
_UNSCORED = re.compile(
    r"(?P<label>不了解|不清楚|弃权)[^。；，]{0,8}(?:不计|不作|不予|不纳入|不参与|除外|不得分|视为无效|不列入)"
)
_IDS = {
    "非常满意": "very_satisfied",
    "很满意": "very_satisfied",
    "满意": "satisfied",
    "比较满意": "fairly_satisfied",
    "较满意": "fairly_satisfied",
    "基本满意": "basically_satisfied",
    "一般": "average",
    "不太满意": "rather_dissatisfied",
    "不满意": "dissatisfied",
    "很不满意": "very_dissatisfied",
    "非常不满意": "very_dissatisfied",
    "不了解": "dont_know",
    "不清楚": "dont_know",
    "弃权": "abstain",
    "优秀": "excellent",
    "良好": "good",
    "好": "good",
    "较好": "fairly_good",
    "合格": "qualified",
    "基本合格": "barely_qualified",
    "不合格": "failed",
    "较差": "rather_poor",
    "差": "poor",
}
_SATISFIED = {
    "非常满意",
    "很满意",
    "满意",
    "比较满意",
    "较满意",
    "基本满意",
    "优秀",
    "良好",
    "好",
    "较好",
    "合格",
    "基本合格",
}
_WITHOUT_VALUE = {"不了解", "不清楚", "弃权"}
_DEFAULTS = {
    2: (100, 30),
    3: (100, 80, 30),
    4: (100, 80, 60, 30),
    5: (100, 90, 80, 60, 30),
}


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """The scale of a text, whether it stated the values itself, and what was changed to bring it to 100."""

    scale: Scale
    has_values: bool
    start: int
    end: int
    doubts: tuple[Doubt, ...] = ()


def read_scale(page: Page, grades: Collection[str] = ()) -> ScaleReading | None:
    """Return the first scale that a text gives, with values or only as a list of boxes; `grades` are of results."""
    return _with_values(page) or _in_turn(page) or _without_values(page, grades)


def _in_turn(page: Page) -> ScaleReading | None:
    """满意、基本满意、不满意……分别计100分、80分、50分: boxes first, values after."""
    for match in _LIST.finditer(page.flat):
        ends = page.sentence_at(match.start())[1]
        after = _VALUES.search(page.flat, match.end(), ends) or _FACTORS.search(page.flat, match.end(), ends)
        labels = list(dict.fromkeys(re.findall(_LABEL, match.group())))
        scored = [label for label in labels if label not in _WITHOUT_VALUE]
        values = [decimal_of(value) or Decimal(0) for value in re.findall(DECIMAL, after["values"])] if after else []
        if len(values) >= 2 and len(values) in {len(scored), len(labels)}:
            chosen = scored if len(values) == len(scored) else labels
            extra = [label for label in labels if label not in chosen]
            return _reading(
                dict(zip(chosen, values, strict=True)), extra, match.start(), after.end() if after else match.end()
            )
    return None


def _with_values(page: Page) -> ScaleReading | None:
    for start, end in page.sentences:
        options = list(_OPTION.finditer(page.flat, start, end))
        names = [match["label"] for match in options]
        if (
            len(set(names)) < 2
            or len(set(names)) != len(names)
            or re.search(r"\d\s?分?(?:（[^）]*）)?(?:以[上下]|-|至)", page.flat[start:end])
        ):
            continue
        values = {match["label"]: decimal_of(match["value"]) or Decimal(0) for match in options}
        following = page.flat[start : end + 60]
        extra = [match["label"] for match in _UNSCORED.finditer(following) if match["label"] not in values]
        return _reading(values, extra, options[0].start(), end)
    return None


def _reading(values: dict[str, Decimal], extra: list[str], start: int, end: int) -> ScaleReading:
    top = max(values.values())
    doubts: tuple[Doubt, ...] = ()
    if top != 100:
        facts: dict[str, str | int] = {"top": f"{top.normalize():f}"}
        doubts = (Doubt(code="scale.normalized", facts=facts, span=Span(start=start, end=end), path="scales[0]"),)
        values = {label: (value * 100 / top).quantize(Decimal("0.01")) for label, value in values.items()}
    labels: dict[str, Decimal | None] = {**values, **dict.fromkeys(extra)}
    return ScaleReading(scale=_scale(labels), has_values=True, start=start, end=end, doubts=doubts)


def _without_values(page: Page, grades: Collection[str]) -> ScaleReading | None:
    for match in _LIST.finditer(page.flat):
        sentence = page.flat[slice(*page.sentence_at(match.start()))]
        if set(re.findall(_LABEL, match.group())) <= set(grades) and not _ASKED.search(sentence):
            continue
        labels = list(dict.fromkeys(re.findall(_LABEL, match.group())))
        scored = [label for label in labels if label not in _WITHOUT_VALUE]
        values = _DEFAULTS.get(len(scored))
        if values is None or not re.search(r"满意|好|优秀", match.group()):
            continue
        given: dict[str, Decimal | None] = {label: Decimal(value) for label, value in zip(scored, values, strict=True)}
        every = given | {label: None for label in labels if label not in given}
        return ScaleReading(scale=_scale(every), has_values=False, start=match.start(), end=match.end())
    return None


def _scale(labels: dict[str, Decimal | None]) -> Scale:
    used: set[str] = set()
    options: list[Option] = []
    for label, value in labels.items():
        identity = _IDS.get(label, "option")
        identity = identity if identity not in used else f"{identity}_{len(used)}"
        used.add(identity)
        options.append(
            Option(
                id=identity, label=label, value=_plain(value), is_satisfied=label in _SATISFIED and value is not None
            )
        )
    return Scale(id="satisfaction", name="满意度", options=tuple(options))


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value.normalize():f}")
