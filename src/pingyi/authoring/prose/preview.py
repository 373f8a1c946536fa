"""How long the result is shown before it is final: 评议结果公示5个工作日 (§4.4c).

A number of days in plain (公示7天) may be meant either way, so it is asked for and never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.numerals import NUMBER, number_of
from pingyi.authoring.prose.page import Page

_UNIT = r"个?(?P<unit{0}>工作日|天|日)"
_TERM = re.compile(
    r"公示(?:期限?|时间|时限|天数)?：?(?:一般|应当?|原则上)*(?:为期?|不(?:得)?少于|不(?:得)?低于|不短于|至少|达到?|满)*\s?"
    rf"(?P<n1>{NUMBER})\s?{_UNIT.format(1)}(?!前)"
    rf"|(?P<n2>{NUMBER})\s?{_UNIT.format(2)}(?:以上)?的?公示(?!栏|牌|后)"
)
_SHOWN = re.compile(r"公示")
# What is shown is the last thing named before; where it is shown (在局网站) and by what it was found are none.
_WHERE = re.compile(r"(?:在|向|面向|于|通过|利用)[^，。；、]{1,24}$")
_GROUND = re.compile(r"^(?:并|要)?(?:根据|依据|依照|按照|按|结合|针对)")
_NOUN = (
    r"结果|得分|成绩|名次|排名|等次|情况|名单|措施|方案|承诺|清单|制度|意见|标准|报告|对象|人选|目录|事项|内容"
    r"|收费|价格|电话|问题|台账|计划|评委|代表"
)
_THING = re.compile(rf"(?P<of>[\u4e00-\u9fff“”]{{0,6}}?)(?P<noun>{_NOUN})(?!为|是|运用)")
_OF_RESULT = re.compile(
    r"(?:评议|测评|考评|考核|评价|评定|评分|评审|评比|综合|年度|最终|初步|民主|满意度|总|该|其|将|把|对)$"
)
_RESULTS = frozenset({"结果", "得分", "成绩", "名次", "排名", "等次"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """How many working days the result is shown, where the text says so; else what has to be asked."""

    days: int | None = None
    start: int = 0
    end: int = 0
    doubts: tuple[Doubt, ...] = ()


def read_preview(page: Page) -> Preview:
    """Return the preview of the result: read where all that is said of it is one number of working days."""
    found = list(_terms(page))
    if not found:
        return Preview()
    said = {(number_of(one["n1"] or one["n2"]), one["unit1"] or one["unit2"]) for one in found}
    ((days, unit), *others) = said
    if unit == "工作日" and days and not others:
        return Preview(days=days, start=found[0].start(), end=found[0].end())
    return Preview(doubts=tuple(_doubt(page, one, is_one=not others) for one in found))


def _doubt(page: Page, term: re.Match[str], *, is_one: bool) -> Doubt:
    start, end = page.sentence_at(term.start())
    code = "preview.unit" if is_one else "preview.differs"
    facts: dict[str, str | int] = {"written": term.group(), "sentence": page.text[start:end]}
    return Doubt(code=code, facts=facts, span=Span(start=start, end=end), path="confirmation")


def _terms(page: Page) -> Iterator[re.Match[str]]:
    before: tuple[int, int] | None = None
    for start, end in page.sentences_with(_SHOWN):
        for term in _TERM.finditer(page.flat, start, end):
            spans = [(start, term.start())]
            if before is not None and before[1] >= start - 2:  # 评议结果在局网站公示。公示期为5个工作日。
                spans.append(before)
            thing = next((one for span in spans if (one := _thing(page.flat[slice(*span)])) is not None), None)
            if thing is not None and _is_result(thing):
                yield term
        before = (start, end)


def _thing(words: str) -> re.Match[str] | None:
    """Return the thing that is named last before 公示, from the nearest clause that names one."""
    for clause in reversed(re.split(r"[，：（；。]", words)):
        bare = _WHERE.sub("", clause.partition("公示")[0])
        if not _GROUND.match(bare.strip()) and (things := list(_THING.finditer(bare))):
            return things[-1]
    return None


def _is_result(thing: re.Match[str]) -> bool:
    """Tell whether a thing is the result of the evaluation, not that of a case or of a check."""
    own = re.split("[和与及以并“”]", thing["of"])[-1]
    return thing["noun"] in _RESULTS and (not own or bool(_OF_RESULT.search(own)))
