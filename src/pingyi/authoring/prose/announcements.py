"""Meetings that are called, what is made known and how far, what is filed with whom (§4.1, §4.3, §4.4)."""

from __future__ import annotations

import re

from pingyi.authoring.prose.dates import find_dates
from pingyi.authoring.prose.numerals import NUMBER, number_of
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.phases import PhaseText
from pingyi.authoring.prose.walk import Duty
from pingyi.rules.plan.schedule import Filing, Meeting, MeetingKind, Publication, Scope

_MEETING = re.compile(
    r"(?:召开|举行|举办|组织召开|参加|迎接|召集|组织)(?P<about>[^，。；]{0,40}?)(?P<noun>(?:动员|部署"
    r"|汇报|评议|测评|座谈|通报|述职述廉|述职|质询|问询|总结|表彰|恳谈|听证|评审|反馈|推进|专题|工作"
    r"|办公|代表|家长)*(?:大会|会议|会))(?![议计商场社])"
)
_KINDS = (
    (MeetingKind.MOBILIZATION, r"动员|部署|启动"),
    (MeetingKind.FORUM, r"座谈会$|听证会$"),
    (MeetingKind.ASSEMBLY, r"评议.{0,2}会|行评.{0,2}会|测评.{0,2}会|质询|问询|评议代表会"),
    (MeetingKind.BRIEFING, r"汇报|通报|反馈|恳谈"),
    (MeetingKind.FORUM, r"座谈|听证"),
    (MeetingKind.OFFICE_MEETING, r"办公会|党组会|党委会|领导小组"),
)
_INVITED = re.compile(
    r"(?:邀请|请|由|组织)(?P<who>[^，。；]{2,60}?)(?:等)?(?:共同|一同|现场|列席)*(?:参加|出席|到会|列席|参与)"
)
_AGENDA = re.compile(
    r"听取[^，。；]{2,40}|现场(?:质询|提问|测评|评议|打分|回答)[^，。；]{0,16}"
    r"|述职(?:述廉)?[^，。；]{0,12}|通报[^，。；]{2,24}|(?:进行|填写|发放)[^，。；]{0,16}(?:测评|评议"
    r"|投票)[^，。；]{0,6}"
)
_MEANS = re.compile(r"(?:通过|采取|采用|利用|运用|以)[^，。；]{0,60}$")
_CONVENER = re.compile(
    r"(?P<who>[省市区县局院校镇][\u4e00-\u9fff]{0,10}?(?:办|办公室|委|政府|局"
    r"|领导小组))(?=[^，。；]{0,10}(?:组织|召开|举行|统一))"
)
_SCOPES = (
    (
        Scope.PUBLIC,
        r"社会|媒体|网站|公众|群众|报纸|电视|公开栏|互联网|新闻|服务对象|[园官]网|公示栏|门户|日报|晚报|《[^》]*报》",
    ),
    (Scope.DISTRICT, r"全[县区市镇乡省]|[县区市]范围|辖区|全街道"),
    (Scope.BUREAU, r"局系统|全局|本局|系统内?|局内|全院|院内|全校|校内|全系统|公司内|全公司|机关|内部|中层|科室"),
)
_MADE_KNOWN = re.compile(
    r"(?P<what>[^，。；]{0,60}?)(?P<verb>通报(?!表扬|表彰)|公示(?![牌栏期])|公布|公开(?![、透栏承])|曝光)"
)
_DAYS = re.compile(  # working days are not days: a publication holds these alone
    rf"公示(?:期)?(?:限|时间)?(?:为|不少于)?\s?(?P<n>{NUMBER})\s?[天日]"
    rf"|(?P<m>{NUMBER})\s?[天日]的?公示"
)
_WHERE = re.compile(
    r"(?:在|向|面向|于|通过|对)(?P<where>[^，。；]{1,40}?)(?:范围)?(?:内|上)?(?:进行|予以|给予|公开)?$"
    r"|(?P<bare>全[县区市局院校系统镇乡]{1,3})(?:范围内?)?(?:进行|予以)?$"
)
_OBJECT = re.compile(
    r"(?:将|把)(?P<what>[^，。；]{2,30}?)(?:以[^，。；]{2,10}形式)?(?:分别|一并|及时|统一|书面)?(?:报|上报|报送|送|交)"
)


def read_meetings(page: Page, phases: list[PhaseText], *, year: int) -> list[Found[Meeting]]:
    """Return the meetings that the phases call; a forum that is only a means of asking is none."""
    found: list[Found[Meeting]] = []
    for text in phases:
        for match in _MEETING.finditer(page.flat, text.head_end, text.end):
            sentence = page.sentence_at(match.start())
            if _MEANS.search(page.flat, max(sentence[0], match.start() - 60), match.start()) or match["noun"] == "会":
                continue
            title = _meeting_title(page, match)
            if any(one.value.title == title for one in found):
                continue
            found.append(_meeting(page, text, match, title, sentence, len(found) + 1, year))
    return found


def _meeting_title(page: Page, match: re.Match[str]) -> str:
    words = _dateless(page.text[match.start("about") : match.end("noun")])
    words = re.sub(r"^由[^，。；]*(?:参加|组成|出席)的", "", words)
    return re.sub(r"^.*(?:统一组织召开|组织召开|召开|举行|统一组织)", "", words).strip("“”的一次个场 ")


def _dateless(words: str) -> str:
    for when in reversed(find_dates(words, 0, len(words), year=2000)):
        words = words[: when.start] + words[when.end :]
    return words


def _meeting(
    page: Page, text: PhaseText, match: re.Match[str], title: str, sentence: tuple[int, int], number: int, year: int
) -> Found[Meeting]:
    clause_end = page.flat.find("，", match.end(), sentence[1])
    dates = find_dates(page.flat, sentence[0], clause_end if clause_end > 0 else sentence[1], year=year)
    near = [when for when in dates if match.start() - when.end <= 40]
    invited = _INVITED.search(page.flat, match.end(), sentence[1])
    convener = _CONVENER.search(page.flat, sentence[0], match.end())
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, title)), MeetingKind.OTHER)
    meeting = Meeting(
        id=f"meeting_{number}",
        title=title,
        kind=kind,
        phase=text.phase.id,
        earliest_on=near[-1].begins if near else None,
        latest_on=near[-1].ends if near else None,
        convener=re.sub(r"^(?:迎接|配合|参加)", "", convener["who"]) if convener else "",
        invited=tuple(re.split(r"[、和及与]|以及", invited["who"])) if invited else (),
        agenda=tuple(page.words(*one.span()) for one in _AGENDA.finditer(page.flat, match.end(), sentence[1])),
        clause=page.clause_at(match.start()),
        quote=page.quote(*match.span()),
    )
    return Found(meeting, match.start(), match.end())


def read_publications(
    page: Page, phases: list[PhaseText], *, closed: list[tuple[int, int]]
) -> list[Found[Publication]]:
    """Return what is made known and to whom: bureau, district or everybody (§4.3a, §4.3d)."""
    found: list[Found[Publication]] = []
    for text in phases:
        for match in _MADE_KNOWN.finditer(page.flat, text.head_end, text.end):
            if any(first <= match.start("verb") < last for first, last in closed):
                continue
            for scope in _scopes(match):
                title = re.sub(
                    r"^(?:\d{1,2}[、.]|（[一二三四五\d]）|同时|并|要|均|将|对|把|加大)+",
                    "",
                    _dateless(page.words(*match.span())),
                )
                if any(one.value.scope is scope and one.value.title == title for one in found):
                    continue
                days = _DAYS.search(page.flat, match.start(), match.end() + 16)
                publication = Publication(
                    id=f"publication_{len(found) + 1}",
                    title=title[:60],
                    scope=scope,
                    days=number_of(days["n"] or days["m"]) if days else None,
                    quote=page.quote(*match.span()),
                )
                found.append(Found(publication, *match.span()))
    return found


def _scopes(match: re.Match[str]) -> list[Scope]:
    where = _WHERE.search(match["what"])
    after = match.string[match.end() : match.end() + 4]
    if where is None and re.match(r"全[县区市局院校镇乡公系]", after):
        return [scope for scope, pattern in _SCOPES if re.search(pattern, after)][:1]
    if where is None:
        return [Scope.PUBLIC] if match["verb"] == "曝光" or re.search(r"承诺|公开电话|监督电话", match.group()) else []
    words = where["where"] or where["bare"] or ""
    return [scope for scope, pattern in _SCOPES if re.search(pattern, words)] or (
        [Scope.PUBLIC] if match["verb"] == "曝光" else []
    )


def read_filings(duties: list[Duty], page: Page) -> list[Found[Filing]]:
    """Return what is filed with an authority, and by when (§4.3d, §4.4a)."""
    found: list[Found[Filing]] = []
    subject = ""
    for duty in duties:
        clause = page.flat[duty.start : duty.end]
        stated = _OBJECT.search(clause)
        subject = stated["what"] if stated else subject
        if duty.task.recipient in {"", "public", "supervision_office"}:
            continue
        title = (
            duty.task.title if not re.match(r"(?:同时|并|及时)?报", duty.task.title) else f"{subject}{duty.task.title}"
        )
        filing = Filing(
            id=f"filing_{len(found) + 1}",
            title=title[:60],
            recipient=duty.task.recipient,
            due_on=duty.task.due_on,
            quote=duty.task.quote,
        )
        found.append(Found(filing, duty.start, duty.end))
    return found
