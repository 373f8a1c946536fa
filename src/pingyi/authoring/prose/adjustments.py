"""Points added and taken, and events that override the marks: 每次扣2分, 最多加5分, 一票否决 (§3.2.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from pingyi.authoring.prose.numerals import DECIMAL, decimal_of
from pingyi.authoring.prose.page import Found, Page
from pingyi.rules.plan.measure import Adjustment, Veto, VetoEffect

_POINTS = re.compile(
    rf"(?P<what>[^，。；：\n]{{2,60}}?)(?:的)?[，：]?(?P<each>一(?:次|件|起|例|人次|项)|(?:每"
    rf"|凡)(?:[^，。；\d]{{0,3}}\d{{1,2}}[分次件起例个项人])?[^，。；\d]{{0,14}}?)?[，]?(?:一次性|酌情|相应|分别|各|给予|另|可|予以)*(?P<sign>扣除|扣减"
    rf"|扣|加计|奖励|加|减)(?:[^，。；\d]{{0,12}}?(?:总分|得分|分数|考核分|绩效分?|成绩))?\s?(?P<n>{DECIMAL}"
    rf"(?=\s?(?:至|到|-)\s?(?P<top>{DECIMAL})\s?分)|{DECIMAL}|[一二三四五六七八九十]{{1,2}})(?:\s?(?:至|到|-)\s?{DECIMAL})?\s?分"
)
_ANY_POINTS = re.compile(r"[扣加减]")
_CAP = re.compile(
    rf"(?:最多|最高|累计|总计|合计|总共|上限|封顶)(?:不超过|不得超过|可?[扣加]"
    rf"|为)*\s?(?P<n>{DECIMAL})\s?分|(?:以|不超过)\s?(?P<m>{DECIMAL})\s?分(?:为限|封顶|$|[，。；])"
)
_TOTAL_CAP = re.compile(
    rf"(?P<sign>加分|扣分|奖励分)[^，。；]{{0,10}}?(?:最多|最高|累计|总计|合计|上限|封顶)?(?:为|不超过"
    rf"|不得超过|不高于)\s?(?P<n>{DECIMAL})\s?分"
)
_LEAD = re.compile(
    r"^(?:[\d.]{1,5}[ 、]|\d{1,2}[.、](?!\d)|同时|并|对|凡是?|如|若|有(?![责效])|因|在|其中"
    r"|（?[一二三四五六\d]+）|[①-⑳、]|[一二三四五六七八九十]是|发现|发生|被)+(?=.{3})"
)
_DIRECTLY = r"直接(?:评|认|确|判)?(?:定|列)?为“?(?:年度)?(?:不满意|不合格|不达标|不称职|末位|最差|较差|差(?=”|等)|最后)"
_VETO = re.compile(rf"一票否决|{_DIRECTLY}")
_VETO_LEAD = re.compile(
    r"^(?:[\d.]{1,5}[ 、]|凡是?|对|因|严禁|不得|禁止|如|若|有(?![责效])|当年|年内|本?年度内?|单位"
    r"|科室|出现|发生|存在|被|受到)+(?=.{3})"
    r"|(?:的|等)+$"
)
_EVENTS = re.compile(
    r"(?:凡|对|因|如|若|有|出现|发生|存在)*(?P<list>[^。；：\n]{3,160}?)(?:的|之一的?|等情[况形]的?"
    r"|等问题的?)?[，]?(?:单位|科室|部门)?[，]?(?:一律|均|将|可|应)?(?:实行|予以|给予|采取"
    r"|适用)?(?:“?一票否决|" + _DIRECTLY + ")"
)
_EVENT_CUT = re.compile(r"[、，；]|或者?|以及")
_ALSO = re.compile(r"同时|并|另外?|此外")
# A total, a limit or a rank takes no points by itself: that is a consequence.
_NO_EVENT = re.compile(r"满分|总分|得分$|百分|低于|^[加扣]分|最多|最高|累计|排名|末位|[前后][一二三四五\d]+(?:名|位)")
# 收受红包、回扣等违反九项准则行为: examples of one event.
_ONE_EVENT = re.compile(r"^[^，；]*、[^、，；]{2,12}等[^、，；]{2,20}(?:行为|问题|情形|情况|事件)$")
_CAPPED = re.compile(rf"(?:不得?(?:高于|超过)|最高(?:为|不超过)?)\s?(?P<n>{DECIMAL})\s?分")


@dataclass(slots=True)
class Adjustments:
    """What adds, what takes, and what overrides."""

    bonus: list[Found[Adjustment]] = field(default_factory=list)
    deductions: list[Found[Adjustment]] = field(default_factory=list)
    vetoes: list[Found[Veto]] = field(default_factory=list)
    bonus_cap: Decimal | None = None
    deductions_cap: Decimal | None = None


def read_adjustments(page: Page, *, closed: list[tuple[int, int]]) -> Adjustments:
    """Return the bonus, deductions and vetoes that a text states."""
    found = Adjustments()
    for start, end in page.sentences_with(_ANY_POINTS):
        if any(start < last and first < end for first, last in closed):
            continue
        for match in _POINTS.finditer(page.flat, start, end):
            _add(page, found, match, start, end)
        total = _TOTAL_CAP.search(page.flat, start, end)
        if total is not None and total["sign"] == "扣分":
            found.deductions_cap = decimal_of(total["n"])
        elif total is not None:
            found.bonus_cap = decimal_of(total["n"])
    _read_vetoes(page, found)
    return found


def _add(page: Page, found: Adjustments, match: re.Match[str], start: int, end: int) -> None:
    points = decimal_of(match["n"])
    what = _LEAD.sub("", match["what"].strip(" “”（）"))
    if len(what) < 3 or re.fullmatch(r"[\d. ]+", what):
        what = re.sub(r"^每(?:发生)?(?:一?[次起件例])?", "", match["each"] or "") or what
    is_by_degree = bool(match["each"]) and what.endswith(("低于", "%的", "%"))
    if _ALSO.fullmatch(what):
        if any(start <= one.start < end for one in [*found.bonus, *found.deductions]):
            return
        what = _LEAD.sub("", re.split(r"[，：]", page.flat[start:end])[0])  # 投诉查实，扣500元，同时扣绩效1分
    if points is None or not points or (_NO_EVENT.search(what) and not is_by_degree):
        return
    listed = _listed_below(page, start, end) if re.search(r"下列|以下|如下", what) else []
    target, word = (found.deductions, "deduction") if match["sign"][0] in "扣减" else (found.bonus, "bonus")
    following = _POINTS.search(page.flat, match.end() + 3, end)
    cap = _CAP.search(page.flat, match.end(), following.start() if following else end)
    if cap and re.search(r"[加扣]分(?:累计|最多|最高|总计)?$", page.flat[match.end() : cap.start() + 2]):
        cap = None
    limit = decimal_of(cap["n"] or cap["m"] if cap else match["top"] or "")
    places = [(page.words(*span), *span) for span in listed] or [(what, match.start(), match.end())]
    for name, begin, stop in places:
        one = Adjustment(
            id=f"{word}_{len(target) + 1}",
            name=re.sub(r"(?:[，的]|[一每][次件起例]|一?个)+$", "", _LEAD.sub("", name))[:40],
            points=points,
            cap=limit,
            quote=page.quote(start, match.end()) if not listed else page.quote(begin, stop),
        )
        target.append(Found(one, begin, stop))


def _read_vetoes(page: Page, found: Adjustments) -> None:
    for start, end in page.sentences:
        if not _VETO.search(page.flat, start, end):
            continue
        events = _EVENTS.search(page.flat, start, end)
        listed = _listed_below(page, start, end)
        spans = listed or (_cut(page, *events.span("list")) if events else [])
        if events and not listed and _ONE_EVENT.match(events["list"]):
            spans = [events.span("list")]
        for begin, stop in spans:
            name = _VETO_LEAD.sub("", page.words(begin, stop))
            if len(name) < 2 or re.search(
                r"下列|以下|情[形况]之一|制度$|制$|实行|作用|^一经|^取消|^(?:经)?查实|^发现后?$", name
            ):
                continue
            effect, cap = _effect(page.flat[start:end])
            veto = Veto(
                id=f"veto_{len(found.vetoes) + 1}", name=name[:40], effect=effect, cap=cap, quote=page.quote(start, end)
            )
            found.vetoes.append(Found(veto, begin, stop))


def _cut(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for cut in [*_EVENT_CUT.finditer(page.flat, start, end), None]:
        stop = cut.start() if cut else end
        spans.append((begin, stop))
        begin = cut.end() if cut else stop
    return spans


def _listed_below(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """有下列情形之一的，实行一票否决：and then numbered events."""
    if not re.search(r"下列|以下|如下", page.flat[start:end]):
        return []
    colon = page.flat.find("：", start, min(len(page.flat), end + 2))
    after = end if colon < 0 else colon
    around = [node for node in reversed(page.nodes) if node.start <= start and node.children and node.end > after]
    holder = around[0] if around else page.root
    children = [child for child in holder.children if after - 1 <= child.start <= after + 300]
    return [(child.title_start, child.title_end) for child in children]


def _effect(sentence: str) -> tuple[VetoEffect, Decimal | None]:
    capped = _CAPPED.search(sentence)
    if capped:
        return VetoEffect.SCORE_CAP, decimal_of(capped["n"])
    if re.search(r"零分|0分|记零|不得分", sentence):
        return VetoEffect.SCORE_ZERO, None
    return VetoEffect.RANK_LAST, None
