"""What follows from a condition: explanation, rectification in a term, admonition talk, no awards … (§4.4c)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pingyi.authoring.prose.numerals import DAYS_OF, NUMBER, number_of
from pingyi.authoring.prose.page import Page
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.plan.outcome import Consequence, ConsequenceKind

_KINDS: tuple[tuple[ConsequenceKind, re.Pattern[str]], ...] = (
    (
        ConsequenceKind.EXPLANATION,
        re.compile(
            r"说明(?:情况|原因|理由)|(?:作出?|做出?|进行|提交|递交|写出|上交|向[^，。；]{2,12})(?:深刻"
            r"|书面|公开|情况)*(?:说明|解释|检查|检讨|表态发言|表态)|书面(?:检查|检讨|说明)|公开检讨"
            r"|表态发言|说清楚"
        ),
    ),
    (
        ConsequenceKind.RECTIFICATION_ORDER,
        re.compile(
            r"(?:限期|责令|督促|要求)[^，。；、]{0,8}整改(?:到位)?|限期改正|完成整改|整改到位"
            r"|制定整改(?:方案|措施)|(?:进行|认真|落实|抓好)整改|下(?:达|发)整改通知书?"
        ),
    ),
    (ConsequenceKind.ADMONITION_TALK, re.compile(r"(?:诫勉|诫免|警示|提醒|告诫)谈话|诫勉")),
    (ConsequenceKind.TALK, re.compile(r"约谈(?:谈话)?")),
    (
        ConsequenceKind.AWARD_BAR,
        re.compile(
            r"(?:取消|不得|不能|不予|不准|丧失|不再)[^，。；]{0,22}?(?:评先|评优|评选|先进|优秀"
            r"|文明单位|表彰|奖励|晋级|晋升|创先争优|荣誉|资格)(?:[^，。；]{0,14}?资格)?"
        ),
    ),
    (
        ConsequenceKind.CIRCULAR,
        re.compile(
            r"通报批评|(?:予以|给予|进行|在[^，。；]{1,10}?(?:范围|系统"
            r"|内))[^，。；]{0,4}通报(?!表)(?:批评)?|全[县区市局院校][^，。；]{0,4}通报(?!表)(?:批评)?"
        ),
    ),
    (ConsequenceKind.YELLOW_CARD, re.compile(r"(?:亮|给予|予以|出示)?[“]?黄牌[”]?(?:警告)?")),
    (
        ConsequenceKind.HONOR,
        re.compile(
            r"(?:通报)?表[彰扬](?:奖励)?|(?:予以|给予)[^，。；]{0,6}奖励|(?<![扣和])奖励(?![^，。；]{0,8}\d\s?分)[^，。；]{2,14}|授予[^，。；]{2,24}"
            r"|优先(?:推荐|考虑|评)[^，。；]{0,14}|(?:优先|直接)[^，。；]{0,10}(?:评先|先进"
            r"|优秀)[^，。；]{0,6}|免(?:予)?评议?|命名为?[^，。；]{2,16}|(?:评|确定)为“[^”，。；]{2,14}”"
            r"|(?:被?评|评定|评选|确定|认定|命名)为(?:本?年度)?(?:先进|优秀|文明|红旗|示范)"
            r"(?:单位|科室|部门|集体|个人|窗口|站所|等次)?+(?!的)"
        ),
    ),
    (
        ConsequenceKind.OTHER,
        re.compile(
            r"(?:予以|进行|作出)(?:组织|岗位)?调整|免职|免去[^，。；]{0,8}职务|调整[^，。；]{0,8}(?:岗位|职务|班子)|组织(?:处理"
            r"|调整)|停职|待岗|扣(?:发|减|除)[^，。；]{0,16}|追究[^，。；]{0,14}责任|引咎辞职|降职"
            r"|调离[^，。；]{0,8}|[^，。；]{0,4}纪律处分|党政纪处分|挂牌督办|重点(?:管理|督办|监督"
            r"|整治)|年度考核[^，。；]{0,10}(?:不|降)[^，。；]{0,8}|组织[^，。；]{0,4}复评|重新评议"
            r"|复评|为“?(?:社会各界)?[^，。；为”]{0,4}不满意(?:单位|科室|站所|部门)”?"
        ),
    ),
)
_PLACE = re.compile(r"(?:在|向)(?P<place>[^，。；在]{2,14}?(?:办公会|大会|党委会|党组会|会议|会))议?(?:上)?")
_ADDRESSEE = re.compile(
    r"(?:对|给予|约谈|由[^，。；]{2,16}?(?:对|与|同|找|约谈))(?P<who>[^，。；、对]{2,20}?)(?:实行|进行"
    r"|予以|给予|实施|作|做)?(?:诫勉|诫免|警示|提醒|约谈|告诫|谈话|批评|组织|免职|问责|通报)"
)
_TERM = re.compile(rf"(?P<n>{NUMBER})\s?个?(?P<unit>工作日|自然日|天|日|月|星期|周)(?:之?内|以内)")
_TITLES = {
    ConsequenceKind.EXPLANATION: "说明情况",
    ConsequenceKind.RECTIFICATION_ORDER: "限期整改",
    ConsequenceKind.ADMONITION_TALK: "诫勉谈话",
    ConsequenceKind.TALK: "约谈",
    ConsequenceKind.CIRCULAR: "通报",
    ConsequenceKind.YELLOW_CARD: "黄牌警告",
}
_CLAUSE_CUT = "，。；：\n"


@dataclass(slots=True)
class Effect:
    """A consequence as read and where it stands."""

    consequence: Consequence
    start: int
    end: int


def find_effects(page: Page, start: int, end: int) -> list[Effect]:
    """Return what a sentence says must follow, in its order."""
    found: list[Effect] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(page.flat, start, end):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            if _is_circumstance(page.flat, match, kind):
                continue
            found.append(_effect(page, kind, match, start, end))
    return sorted(found, key=lambda one: one.start)


def _is_circumstance(flat: str, match: re.Match[str], kind: ConsequenceKind) -> bool:
    """整改不力的 and 被黄牌警告的 are conditions, not consequences."""
    after = flat[match.end() : match.end() + 6]
    if kind is ConsequenceKind.YELLOW_CARD and flat[max(0, match.start() - 6) : match.start()].endswith(
        ("次", "被", "连续两年")
    ):
        return True
    return bool(re.match(r"不(?:力|到位|认真)|[^，。；]{0,3}(?:不力|不到位)的", after))


def _effect(page: Page, kind: ConsequenceKind, match: re.Match[str], start: int, end: int) -> Effect:
    begin = max([start, *(page.flat.rfind(sign, start, match.start()) + 1 for sign in _CLAUSE_CUT)])
    stop = min([end, *(cut for sign in _CLAUSE_CUT if (cut := page.flat.find(sign, match.end(), end)) >= 0)])
    clause = page.flat[begin:stop]
    place = _PLACE.search(clause) if kind in {ConsequenceKind.EXPLANATION, ConsequenceKind.CIRCULAR} else None
    addressee = (
        _ADDRESSEE.search(page.flat, begin, stop)
        if kind in {ConsequenceKind.ADMONITION_TALK, ConsequenceKind.TALK, ConsequenceKind.OTHER}
        else None
    )
    term = _TERM.search(page.flat, begin, stop)
    consequence = Consequence(
        id="",
        name=_name(kind, page.text[match.start() : match.end()]),
        kind=kind,
        days=_days(term),
        unit=DayUnit.WORKING if not term or term["unit"] == "工作日" else DayUnit.CALENDAR,
        place=place["place"] if place else "",
        addressee=re.sub(r"^(?:其|该)?", "", addressee["who"]) if addressee else "",
        quote=page.quote(match.start(), match.end()),
    )
    return Effect(consequence, match.start(), match.end())


def _days(term: re.Match[str] | None) -> int | None:
    if term is None:
        return None
    return number_of(term["n"]) * DAYS_OF.get(term["unit"], 1)


def _name(kind: ConsequenceKind, written: str) -> str:
    words = written.strip(" ，。“”")
    if kind is ConsequenceKind.EXPLANATION and "检" in words:
        return "书面检查"
    if kind is ConsequenceKind.ADMONITION_TALK:
        return "警示谈话" if "警示" in words else "提醒谈话" if "提醒" in words else _TITLES[kind]
    if kind is ConsequenceKind.CIRCULAR:
        return "通报批评" if "批评" in words else "通报"
    return _TITLES.get(kind, words[:30] + ("”" if "“" in words and "”" not in words else ""))
