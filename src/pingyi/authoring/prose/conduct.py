"""How the public is asked and answered: forms of asking, work rules, time limits (§3.2.2, §3.2.3, §4.2)."""

from __future__ import annotations

import re

from pingyi.authoring.prose.numerals import DAYS_OF, NUMBER, number_of
from pingyi.authoring.prose.page import Found, Page
from pingyi.rules.plan.conduct import (
    CaseKind,
    DayUnit,
    SolicitationForm,
    SolicitationKind,
    TimeLimit,
    WorkRule,
    WorkRuleKind,
)

_SOLICITATIONS = (
    (SolicitationKind.FORUM, "forum", re.compile(r"座谈会|恳谈会|茶话会|听证会|院坝会|屋场会|见面会")),
    (
        SolicitationKind.LETTER,
        "letter",
        re.compile(r"征求意见(?:函|表|书|卡|信)|意见(?:函|征求表|征询表|征集表|反馈表|卡)|发函|公开信|一封信"),
    ),
    (
        SolicitationKind.ONLINE_CALL,
        "online_call",
        re.compile(
            r"(?:网上|网络|网站|微信|微博|在线|互联网)[^，。；、]{0,12}(?:征|评|调查|意见|留言|互动)|网上征|电子邮件"
        ),
    ),
    (
        SolicitationKind.HOUSE_CALL,
        "house_call",
        re.compile(r"走访|家访|上门|入户|回访|登门|下访|进村入户|深入(?:基层|企业|农户|社区|一线)"),
    ),
    (SolicitationKind.OTHER, "questionnaire", re.compile(r"问卷|测评表|调查表")),
    (SolicitationKind.OTHER, "box", re.compile(r"(?:设立|设置|开设)?[^，。；、]{0,6}(?:意见箱|举报箱)")),
    (
        SolicitationKind.OTHER,
        "phone",
        re.compile(r"(?:开通|公布|设立)[^，。；、]{0,8}(?:热线|电话)|电话(?:征询|征求|访问|抽查)"),
    ),
)
_ASKS_DIRECTLY = re.compile(r"座谈会|征求.{0,12}意见|征求意见|问卷|走访|回访|家访")
_CALLED_BY = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?=(?:组织召开|召开|发放|走访|每月|每季度|开展|设立|设置)[\u4e00-\u9fff])"
)
# 走访客户 asks; 回访评议 and 抽查 judge.
_ACTS = re.compile(
    r"^(?!.*(?:评议|抽查|暗访|汇总|统计)$)(?:.*(?:召开|发放|发送|寄发|开展|组织|设立|设置|进行|开通|公布|登门|上门|听取|征求)"
    r"|[\u4e00-\u9fff]{0,6}(?:走访|回访|家访)|.*(?:座谈会|恳谈会)$)"
)
_PIECE = re.compile(r"[^，。；、：\n]+")
_BY_MEANS = re.compile(
    r"(?:通过|采取|采用|运用|利用|以|用)(?P<list>[^。；\n]{4,140}?)(?:等)?(?:多种|各种|不同)?(?:形式"
    r"|方式|方法|途径|渠道|措施|办法|多渠道)"
)
_ASKS = re.compile(r"征求|征询|听取|收集|征集|问卷|问计|意见")
_CUT = re.compile(
    r"[、，]|以及|[和及与](?=召开|举行|发放|发送|走访|网上|网络|设立|设置|上门|开展|问卷|电话|入户"
    r"|座谈|征求|开通|公布|登门|回访|意见)"
)
# 首问负责、限时办结制度: one 制度 behind the last serves them all.
_RULE = r"(?:制|(?=[、和与及”][^。；]{0,40}制))"
_WORK_RULES = (
    (
        WorkRuleKind.FIRST_CONTACT,
        "first_contact",
        r"首[问接办诊](?:负责|责任|代办|首办)?(?:责任)?" + _RULE,
    ),
    (
        WorkRuleKind.TIME_LIMIT,
        "time_limit",
        r"限时(?:办结|办理|服务|结办)(?:责任)?" + _RULE,
    ),
    (WorkRuleKind.COMMITMENT, "commitment", r"(?:社会)?(?:服务|公开)承诺" + _RULE),
    (
        WorkRuleKind.STAND_IN,
        "stand_in",
        r"[“]?A、?B(?:角|岗)[”]?(?:互补|顶岗|替补)?(?:工作|替代)?制?|(?:同岗|岗位)替代制|顶岗(?:工作)?制",
    ),
    (
        WorkRuleKind.ONE_TIME_NOTICE,
        "one_time_notice",
        r"一次(?:性)?(?:告知|办结|告之)(?:责任|服务)?" + _RULE,
    ),
    (
        WorkRuleKind.ACCOUNTABILITY,
        "accountability",
        r"(?:责任|失职|过错|执法过错|行政过错|效能)(?:责任)?(?:追究|问责)制|问责制",
    ),
)
_OTHER_RULE = re.compile(r"(?<=[、，“和及行])(?P<name>[\u4e00-\u9fff]{2,8}制)(?=度|[、，”等和及])")
_LIMIT = re.compile(
    rf"(?P<kind>咨询|求助|建议|投诉|举报|表扬|信访"
    rf"|诉求)[^，。；]{{0,16}}?[，]?[^，。；]{{0,8}}?(?P<n>{NUMBER})\s?个?(?P<unit>工作日|自然日|日"
    rf"|天|周|星期)(?:之?内|以内)"
)
# 工单须在15个工作日内办结: for every kind that has no limit of its own; 疑难工单 and 咨询类工单 are some of them.
_GENERAL = re.compile(
    rf"(?:工单|办件|(?:来信|来电|受理|交办|转办)(?:的)?事项)，?(?:必须|须|应当?|要|均|一般|原则上|一律|统一|全部)*在?(?:收到|接到|受理)?(?:之日起|后)?"
    rf"(?P<n>{NUMBER})\s?个?(?P<unit>工作日|自然日|日|天|周|星期)(?:之?内|以内)(?:全部|予以|一律|必须)?(?:办结|办理完毕|办理完成|办毕|答复)"
)
_SOME = re.compile(
    r"(?:类|疑难|复杂|紧急|重大|特殊|一般|普通|简单|退回|重复|咨询|求助|建议|投诉|举报|表扬|信访|诉求|不属|涉及|延期|的)$"
)
_ANY_KIND = (CaseKind.INQUIRY, CaseKind.HELP, CaseKind.SUGGESTION, CaseKind.COMPLAINT, CaseKind.MISCONDUCT)
_SETTLES = re.compile(r"办结|答复|回复|办理|反馈|处理|回应|告知")
_CASES = {
    "咨询": CaseKind.INQUIRY,
    "求助": CaseKind.HELP,
    "建议": CaseKind.SUGGESTION,
    "投诉": CaseKind.COMPLAINT,
    "举报": CaseKind.MISCONDUCT,
    "表扬": CaseKind.PRAISE,
    "信访": CaseKind.COMPLAINT,
    "诉求": CaseKind.COMPLAINT,
}


def read_solicitations(page: Page) -> list[Found[SolicitationForm]]:
    """Return the ways in which opinions are asked for (§4.2)."""
    found: dict[str, Found[SolicitationForm]] = {}
    for means in _BY_MEANS.finditer(page.flat):
        sentence = page.flat[slice(*page.sentence_at(means.start()))]
        if not _ASKS.search(sentence):
            continue
        begin = means.start("list")
        for cut in [*_CUT.finditer(page.flat, *means.span("list")), None]:
            stop = cut.start() if cut else means.end("list")
            _add_form(page, begin, stop, found)
            begin = cut.end() if cut else stop
    if not found:
        for start, end in page.sentences:
            if _ASKS_DIRECTLY.search(page.flat, start, end):
                for piece in _PIECE.finditer(page.flat, start, end):
                    is_means_alone = re.search(r"电话|热线|意见箱|举报箱|信箱", piece.group())
                    if _ACTS.search(piece.group()) and (not is_means_alone or _ASKS.search(page.flat, start, end)):
                        _add_form(page, *piece.span(), found)
    return sorted(found.values(), key=lambda one: one.start)


def _add_form(page: Page, start: int, end: int, found: dict[str, Found[SolicitationForm]]) -> None:
    if re.search(r"考核|相结合|测评得分|配合|迎接|印制|第三方|办理情况|[评调]议?[（(]|\d\s?%", page.flat[start:end]):
        return
    called = _CALLED_BY.match(page.flat, start, end)
    start = called.end() if called else start
    for kind, word, pattern in _SOLICITATIONS:
        if word not in found and pattern.search(page.flat, start, end):
            form = SolicitationForm(
                id=word,
                name=re.sub(r"^\d+[.、]\s*", "", page.words(start, end)).strip("“”"),
                kind=kind,
                quote=page.quote(start, end),
            )
            found[word] = Found(form, start, end)
            return


def read_work_rules(page: Page) -> list[Found[WorkRule]]:
    """Return the rules of service that the text names (§3.2.3)."""
    found: dict[str, Found[WorkRule]] = {}
    for kind, word, pattern in _WORK_RULES:
        match = re.search(pattern, page.flat)
        if match is not None:
            name = page.text[match.start() : match.end()].strip("“”")
            found[word] = Found(WorkRule(id=word, name=name, kind=kind, quote=page.quote(*match.span())), *match.span())
    if found:
        _add_other_rules(page, found)
    return sorted(found.values(), key=lambda one: one.start)


def _add_other_rules(page: Page, found: dict[str, Found[WorkRule]]) -> None:
    """Names of the same shape in the same sentence: 首问负责制、离岗告示制、否定报备制."""
    sentences = {page.sentence_at(one.start) for one in found.values()}
    taken = [(one.start, one.end) for one in found.values()]
    for start, end in sorted(sentences):
        for match in _OTHER_RULE.finditer(page.flat, start, end):
            begin, stop = match.span("name")
            if any(begin < last and first < stop for first, last in taken) or re.search(
                r"机制|体制|编制|控制|责任制|等制", match["name"]
            ):
                continue
            word = f"rule_{len(found) + 1}"
            rule = WorkRule(id=word, name=page.text[begin:stop], kind=WorkRuleKind.OTHER, quote=page.quote(begin, stop))
            found[word] = Found(rule, begin, stop)


def read_time_limits(page: Page) -> list[Found[TimeLimit]]:
    """Return the days within which each kind of matter must be answered, where the text says so."""
    found: dict[CaseKind, Found[TimeLimit]] = {}
    for match in _LIMIT.finditer(page.flat):
        if not _SETTLES.search(page.flat, match.start(), page.sentence_at(match.start())[1]):
            continue
        kind = _CASES[match["kind"]]
        found.setdefault(kind, _limit(match, kind))
    general = [
        one
        for one in _GENERAL.finditer(page.flat)
        if not _SOME.search(page.flat[max(0, one.start() - 4) : one.start()])
    ]
    if len({(one["n"], one["unit"]) for one in general}) == 1:
        for kind in _ANY_KIND:
            found.setdefault(kind, _limit(general[0], kind))
    return sorted(found.values(), key=lambda one: one.start)


def _limit(match: re.Match[str], kind: CaseKind) -> Found[TimeLimit]:
    unit = DayUnit.WORKING if match["unit"] == "工作日" else DayUnit.CALENDAR
    days = number_of(match["n"]) * DAYS_OF.get(match["unit"], 1)
    return Found(TimeLimit(kind=kind, days=days, unit=unit), *match.span())
