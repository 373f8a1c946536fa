"""Who carries a duty, as the subject of a clause says it (§1.1: every duty has its doer)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pingyi.authoring.prose.offices import EVALUATION_OFFICE, Offices
from pingyi.rules.plan.people import Doer

_UNIT = (
    r"(?:庭室|院系|科室|股室|处室|站所|站股|股站|科站|站队|单位|部门|学校|中小学|幼儿园|医院|卫生院|公司|企业|乡镇|街道|窗口|社区"
    r"|分局|车间|班组|支行|网点|[局厅庭园校院店馆]|所|站|科|室|股|处|大队|中心|队|镇|乡|村)"
)
_OWN = r"(?:我|本|县|区|市|省)?(?:局|院|校|委|公司|中心|站|镇|乡|街道|厅|社|行|厂|段|学校|医院|供电公司|分局|大队)"
_FOLLOWS = (
    r"(?=[均将要应须也负对在于结按根就组召开认制成建设公广积深通全都进利用根采及自向把以聘邀发张参配迎做接从围充切按每立针主具统分牵会负填投打当现带作]"
    r"|$|，|：)"
)
_PATTERNS: tuple[tuple[Doer, str], ...] = (
    (
        Doer.EVERY_SECTION,
        rf"(?:{_OWN}|全局|全县|全区|全市|全系统|机关|系统|基层|所属|直属|局属"
        rf"|辖区)*(?:各(?![项种类界阶方自行人位条类])个?|每个|所有|全体"
        rf"|各级各?)[^，。；：、各对将把于在]{{0,8}}?{_UNIT}(?:（[^）]*）)?(?:[、和及与]各?[^，。；：、]{{0,6}}?{_UNIT})*"
        r"(?:[、和及与](?:行业|系统))*(?:主要)?(?:负责人|负责同志|主任|科长|所长|站长|院长|校长)?",
    ),
    (
        Doer.EVERY_SECTION,
        r"(?:各|所有)?(?:参评|被评议?|受评|责任|相关|有关|存在问题|被测评"
        r"|评议对象)[^，。；：]{0,4}?(?:科室|股室|单位|部门|站所|窗口|学校)(?:[、和及与](?:各|相关)?(?:行业|单位|部门|科室|窗口|系统))*",
    ),
    (  # 各道班, 各年级: any other kind, where a verb or an adverb of duty follows
        Doer.EVERY_SECTION,
        r"各(?![项种类界阶方自行人位条级])[\u4e00-\u9fff]{2,5}?(?=结合|对照|根据|按照|[要应须于将]|写出|组织|开展|制定|填写|完成"
        r"|成立|明确|认真|积极|负责)",
    ),
    (
        Doer.SURVEY_TEAM,
        r"(?:[省市区县]?(?:统计局|统计)(?:调查队|社情民意调查中心|民意调查中心)?"
        r"|(?:国家统计局)?[\u4e00-\u9fff]{0,4}调查队|第三方(?:调查|测评|专业)?机构"
        r"|[\u4e00-\u9fff]{0,4}民意调查中心)",
    ),
    (
        Doer.SUPERVISORS,
        r"(?:(?:局|县|区|市|院)?(?:聘请的?|特邀|特约)?(?:政风行风|行风|政风|民主评议|党风|社会"
        r"|义务)(?:建设)?(?:监督员|评议员|评议代表|代表|评议团)|评议(?:员|代表|团|小组|组)|监督员)",
    ),
    (
        Doer.BUREAU_LEADER,
        rf"(?:{_OWN}(?:机关)?(?:领导班子|班子成员|领导|主要领导|分管领导|主要负责人|长)|领导班子成员"
        rf"|班子成员|领导班子|分管领导|主要领导|党政主要负责人|局长|院长|校长|镇长)",
    ),
    (
        Doer.BUREAU,
        rf"(?:[局院校段厂队所镇乡区县市]里|(?:县|区|市|省|镇|乡|街道)、{_OWN}|{_OWN}(?:机关|党组|党委|系统|党支部|党总支)?"
        rf"|{_OWN}?(?!成立|建立|组建|设立|调整|健全)[^，。；：]{{0,14}}?(?:领导小组|工作小组|工作专班)"
        rf"|全局(?:上下)?|机关)",
    ),
)
# 各科室… is unmistakable; 局 alone is one only before a verb.
_NOT_A_DOER = r"(?![的长间内之])"
_COMPILED = tuple(
    (doer, re.compile(pattern + (_NOT_A_DOER if doer is Doer.EVERY_SECTION else _FOLLOWS)))
    for doer, pattern in _PATTERNS
)
_NAMED = re.compile(
    r"(?:由)?(?:局|院|校|公司|机关|中心|镇)?(?P<name>[\u4e00-\u9fff]{1,10}?(?:办公室|纪工委|党工委|党政办|纪委|纪检组|监委|党委|党支部|支部|科|股"
    r"|室|处|部|工会|团委|大队|中心|站))(?:、[\u4e00-\u9fff]{1,8}?(?:办公室|科|股|室|处|部))*(?=负责"
    r"|牵头|具体|要|将|把|应|须|对|组织|制定|会同|组织|于|每|汇总|定期|统一|在|会|认真|根据|按照|组|开|做"
    r"|协助|同步|配合|开展|起草|收集|形成|完成)"
)
_BY = re.compile(
    r"由(?P<who>(?:(?!参加|组成|任组长|为组长|为成员|担任)[^，。；由]){2,24}?)(?:负责(?!人)|牵头|带队|承办|组织|统一|具体|会同|汇总|对(?!象)|进行|承担|主持|实施|共同)"
)
# Any other name before a verb: 市纪委全程监督, 由县局纪检组当场计票.
_SUBJECT_END = re.compile(
    r"(?:局(?![面部系机党办内])|厅|纪委|工委|党委|党组|政府|委(?![托员])|办(?![理事法公结件])|办公室|组(?![织成建长])|院|校|公司|科(?![学室技])|股|室"
    r"|处(?![理置罚分])|部(?![署门分位])|站|所(?![有需在属作])|队(?!伍)|团(?![结队])|中心(?!工作|任务)|机构|系统|负责人|负责同志|代表|监督员|[所站校院庭科]长|主任|嘉宾)"
    r"(?![的长、和及与之内外中里人])(?=[\u4e00-\u9fff]{2}|\d)"
)
_OWN_OFFICE = re.compile(
    rf"(?:由)?(?:局|院|校|公司|本局|我局|中心)(?:机关)?{EVALUATION_OFFICE}(?![的长、和及与]|人员|领导)"
)
_NO_NAME = re.compile(r"[的对把将向在按经要应须，。：]|配合|组织")
_HEAD_OF = re.compile(
    r"^(?:学校|医院|科室|站所|单位|部门|企业|窗口)$|[所站校院庭科]长$|(?:单位|部门|科室|站所)(?:主要)?负责(?:人|同志)$"
)
_OPENS = re.compile(
    r"(?P<who>[\u4e00-\u9fff（）]{2,16}?(?:部门|单位|科室|站所|学校|医院|局|委|办|办公室|组|公司|中心|大队))"
    r"(?=按照|根据|结合|围绕|针对|对照|依据|应当|采取|通过)"
)
_UNITS = re.compile(r"(?:部门|单位|科室|站所|学校|医院)$")
_OUTSIDER = re.compile(r"(?:评议|群众|社会|服务对象)[^、]{0,4}代表$|监督员$")
_LABELED = re.compile(
    r"(?:责任|牵头|承办|负责|主办|实施)(?:单位|部门|科室|股室|处室|人)?：\s?(?P<who>[^，。；）\n：]{2,40})"
)
_ENTRUSTED = re.compile(
    r"(?:拟|将)?委托(?P<who>[^，。；对按采的]{3,24}?)(?:对|按|采取|采用|通过|开展|进行|组织|负责|实施|每)"
)
_LEADING = re.compile(
    r"^(?:[一二三四五六七八九]是|首先|其次|再次|最后|同时|并且|并将|并由|并|且|而后|然后|随后|此外"
    r"|另外|之后|期间|要求|要|则|其中|由(?=[各责相])|届时|在此基础上|（[一二三四五六\d]）|[、，：\s]|[①-⑳])+"
)


@dataclass(frozen=True, slots=True)
class Doing:
    """A doer as the text calls it; `section` is the unit's name where one is named."""

    doer: Doer
    written: str
    section: str = ""


BUREAU = Doing(Doer.BUREAU, "")


def leading_doer(clause: str, offices: Offices) -> tuple[Doing | None, int]:
    """Return the doer that a clause opens with and the length of those words; nothing where it names none."""
    lead = _LEADING.match(clause)
    skipped = lead.end() if lead else 0
    rest = clause[skipped:]
    own = offices.organizer.value.supervision_office if offices.organizer else ""
    if own:
        found = re.match(rf"(?:由)?{_OWN}?(?:机关)?{re.escape(own)}(?![的长、和及与]|人员|领导)", rest)
        if found and not re.match(r"各|报|向", rest):
            return Doing(Doer.SUPERVISION_OFFICE, _plain(found.group())), skipped + found.end()
    office = _OWN_OFFICE.match(rest)
    if office:
        return Doing(Doer.SUPERVISION_OFFICE, _plain(office.group())), skipped + office.end()
    for authority in offices.authorities:
        name = authority.value.name
        if rest.startswith(name) and not rest.startswith(f"{name}、"):
            doer = Doer.CITY_BUREAU if authority.value.chain.value == "line" else Doer.DISTRICT_OFFICE
            return Doing(doer, name), skipped + len(name)
    for doer, pattern in _COMPILED:
        found = pattern.match(rest)
        if found:
            return Doing(doer, _plain(found.group())), skipped + found.end()
    named = _NAMED.match(rest)
    if named and not re.search(r"结果|情况|[经的对将把向]", named["name"]):
        return Doing(Doer.NAMED_SECTION, _plain(named.group()), named["name"]), skipped + named.end()
    return None, skipped


def subject_of(clause: str, asks: Callable[[str], bool]) -> tuple[Doing, int] | None:
    """Return whoever stands before the verb under a name that no other rule knows: 市纪委, 评议代表, 国土所所长.

    `asks` tells whether the words behind the name are a duty; the longest name that leaves one is taken.
    """
    lead = _LEADING.match(clause)
    skipped = lead.end() if lead else 0
    skipped += clause.startswith("由", skipped)
    for found in reversed(list(_SUBJECT_END.finditer(clause, skipped, skipped + 22))):
        name = clause[skipped : found.end()]
        if (
            len(name) < 2
            or re.search(r"[的对把将向在按经要应须，。：]|配合|组织", name)
            or not asks(clause[found.end() :])
        ):
            continue
        if _HEAD_OF.search(name):
            return Doing(Doer.EVERY_SECTION, name), found.end()
        doer = Doer.SUPERVISORS if _OUTSIDER.search(name) else Doer.NAMED_SECTION
        return Doing(doer, name, name if doer is Doer.NAMED_SECTION else ""), found.end()
    return None


def opening_doer(clause: str) -> Doing | None:
    """Return who opens a sentence that goes on behind the comma: 试点部门按照本办法，……上报总结."""
    found = _OPENS.match(clause)
    if found is None:
        return None
    name = found["who"]
    return Doing(Doer.EVERY_SECTION, name) if _UNITS.search(name) else Doing(Doer.NAMED_SECTION, name, name)


def stated_doer(clause: str, offices: Offices) -> Doing | None:
    """Return a doer named inside a clause: 由监察室牵头, 责任单位：办公室."""
    found = _LABELED.search(clause) or _BY.search(clause) or _ENTRUSTED.match(clause)
    if found is None:
        return None
    written = re.sub(r"(?:分别|统一|共同|具体|牵头)$", "", found["who"].strip())
    doing, _ = leading_doer(f"{written}负责", offices)
    if doing is not None:
        return Doing(doing.doer, written, doing.section)
    return Doing(Doer.NAMED_SECTION, written, written)


def _plain(words: str) -> str:
    return words.removeprefix("由").strip()
