"""Who is evaluated (§3.1): kinds of unit, classes that are ranked together, units called by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pingyi.authoring.prose.draft import NamedUnit
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.sections import sections
from pingyi.authoring.prose.topics import Topic
from pingyi.rules.plan.people import SectionClass, SectionKind, Subject

_IDS = {
    "科室": "section",
    "股室": "section",
    "处室": "section",
    "室": "office",
    "科": "section",
    "股": "section",
    "处": "division",
    "站": "station",
    "所": "institute",
    "站所": "station",
    "大队": "brigade",
    "中队": "squad",
    "支队": "detachment",
    "队": "team",
    "中心": "center",
    "局": "bureau",
    "分局": "branch",
    "办": "bureau_office",
    "办公室": "bureau_office",
    "委": "commission",
    "部门": "department",
    "单位": "unit",
    "学校": "school",
    "中小学": "school",
    "中学": "middle_school",
    "小学": "primary_school",
    "高中": "high_school",
    "幼儿园": "kindergarten",
    "医院": "hospital",
    "卫生院": "clinic",
    "公司": "company",
    "企业": "enterprise",
    "银行": "bank",
    "派出所": "police_station",
    "供电所": "power_station",
    "税务所": "tax_office",
    "乡镇": "township",
    "镇": "township",
    "乡": "township",
    "街道": "subdistrict",
    "村": "village",
    "社区": "community",
    "窗口": "counter",
    "车间": "workshop",
    "班组": "crew",
    "部": "department",
}
_GENERIC = {
    "科室",
    "股室",
    "处室",
    "站所",
    "部门",
    "单位",
    "窗口",
    "班组",
    "车间",
    "学校",
    "中小学",
    "企业",
    "室",
    "科",
    "站",
    "所",
    "大队",
    "中心",
}
_SORT = re.compile(r"(?:科室|股室|处室|部门|单位|窗口|站所)$")
_SUFFIX = (
    r"(?:管理局|分局|大队|支队|中队|总队|中心|科室|股室|处室|站所|部门|单位|机构|学校|院校|中小学|中学"
    r"|小学|幼儿园|高中|职高|卫生院|卫生室|医院|门诊部|公司|企业|银行|支行"
    r"|网点|营业厅|营业所|供电所|供水所|税务所|派出所|司法所|工商所|国土所|财政所|办公室|乡镇|街道"
    r"|社区|居委会|窗口|车间|班组|院系|协会|法庭|站|所|室|科|股|处|队|局|办|委|镇|乡|村|系|部|院|校|园"
    r"|庭|馆|社|行|厂|段|园区)"
)
_UNIT = re.compile(rf"^(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”（）]*?{_SUFFIX})(?:（[^）]*）)?$")
_EACH = re.compile(
    r"^.*?(?:各级各类|各类|各个|各|所有|全体|全部|全[县区市镇乡校院局](?!直))(?P<rest>[^各]{0,4}(?:各)?[^各]*)$"
)
_SAYS = re.compile(
    r"本(?:办法|方案|细则|意见)适用于|(?:评议|参评|测评|考评|被评|考核|评价)(?:的)?(?:对象|范围|单位|部门)(?:和范围"
    r"|及范围)?(?:主要)?(?:是|为|：|包括|有|分为|确定为|涵盖)|(?:对|对象为"
    r"|对象是)[^，。；]{0,6}(?P<each>各[^，。；]{2,40}?)(?:进行|开展)(?:民主)?评议"
)
_IS = re.compile(
    r"^(?:本次|今年|此次|民主)*(?:评议|参评|测评|考评|被评|考核|评价)?的?(?:对象|范围|单位|部门|和"
    r"|及)*(?:主要)?(?:是|为|：|包括|有|即|分为|涵盖|确定为)?[：]?"
)
_CLASS = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-F]{1,12}?(?:类|组|序列|系列))(?:部门|单位|科室"
    r"|窗口)?(?:（(?P<note>[^）]{0,24})）)?\s?(?:：|为|是|包括|有)\s?(?P<units>[^；。\n]{2,})"
)
_SPLIT = re.compile(r"[、，\s]|以及|及其|及(?!其)|(?<=[室科站所队局院校])和|和(?=各|[\u4e00-\u9fff]{2,})|与(?=各)")
_TAIL = re.compile(r"(?:等)?(?:共|共计|合计)?(?:[\d一二三四五六七八九十百]+个?)?(?:参评)?(?:单位|部门)?$")
_COUNTED = re.compile(
    r"等[\d一二三四五六七八九十百]*个?(?:单位|部门|科室|学校|企业|窗口)?$|(?:共"
    r"|共计)[\d一二三四五六七八九十百]+个?(?:单位|部门)?$|（[^）]*）$|[等]$"
)
_EVERY = re.compile(
    r"各(?P<kind>[^，。；、各的]{0,8}?(?:科室|股室|处室|站所|站股|股站|科站|单位|部门|站所|学校|医院|公司|乡镇|窗口|社区|企业|分局|车间))"
)


@dataclass(slots=True)
class _Reading:
    kinds: dict[str, str] = field(default_factory=dict)  # name → id
    classes: list[SectionClass] = field(default_factory=list)
    units: list[NamedUnit] = field(default_factory=list)

    def kind(self, name: str) -> str:
        """Return the id of a kind of unit, a new one where it is new."""
        if name not in self.kinds:
            # The longest known ending names the kind: 环境监测站 is a station.
            known = max((suffix for suffix in _IDS if name.endswith(suffix)), key=len, default="")
            word, number = _IDS.get(known, "kind"), 2
            unique = word
            while unique in self.kinds.values():
                unique, number = f"{word}_{number}", number + 1
            self.kinds[name] = unique
        return self.kinds[name]


def read_subject(page: Page) -> tuple[Found[Subject] | None, tuple[NamedUnit, ...]]:
    """Return who is evaluated, and the units that the text names one by one."""
    reading = _Reading()
    spans = _spans(page)
    for start, end in spans:
        _read_span(page, start, end, reading)
    if not reading.kinds:
        return _guessed(page), ()
    start, end = spans[0][0], spans[-1][1]
    classes = tuple(reading.classes) or (SectionClass(id="all", name="全部参评单位"),)
    subject = Subject(
        kinds=tuple(SectionKind(id=word, name=name) for name, word in reading.kinds.items()),
        classes=classes,
        text=page.words(start, end),
        quote=page.quote(start, end) if end - start < 400 else page.quote(start, start + 1),
    )
    return Found(subject, start, end), tuple(reading.units)


def _spans(page: Page) -> list[tuple[int, int]]:
    """The sentences that say who is evaluated: those of its section, or one that says so anywhere."""
    spans: list[tuple[int, int]] = []
    for node in sections(page, Topic.SUBJECT):
        shared = len([t for t in (Topic.CRITERIA, Topic.METHODS) if node in sections(page, t)]) > 0
        inside = list(page.within(node.title_end, node.end))
        spans += [span for span in inside if not shared or _SAYS.search(page.flat, *span)] or inside[:1]
    if not spans:
        spans = [span for span in page.sentences if _SAYS.search(page.flat, *span)][:1]
    return spans


def _read_span(page: Page, start: int, end: int, reading: _Reading) -> None:
    flat = page.flat[start:end]
    classes = list(_CLASS.finditer(flat))
    if classes:
        for match in classes:
            name = re.sub(r"^(?:是|为|第?[一二三四五六七八]是|一|二|三|四|五|六)+", "", match["name"])
            if re.fullmatch(r"[A-F甲乙丙丁]类", name) and match["note"]:
                name = f"{name}（{re.split('[，、]', match['note'])[0]}）"
            _read_class(page, name, start + match.start("units"), start + match.end("units"), reading)
        return
    opening = _SAYS.search(flat)
    each = opening.start("each") if opening and opening["each"] else None
    begin = each if each is not None else (opening.end() if opening else _opening(flat))
    if each is not None and opening is not None:
        end = start + opening.end("each")
    _read_list(page, start + begin, end, reading, section_class="")


def _opening(flat: str) -> int:
    found = _IS.match(flat)
    return found.end() if found else 0


def _read_class(page: Page, name: str, start: int, end: int, reading: _Reading) -> None:
    before = set(reading.kinds)
    number = len(reading.classes) + 1
    names = _read_list(page, start, end, reading, section_class=f"class_{number}", only_names=True)
    kinds = [reading.kinds[kind] for kind in reading.kinds if kind not in before]
    if names:
        # Units called by name: the class itself is their kind, since 局 and 委 stand in every class.
        reading.kinds[f"{name}单位"] = f"class_{number}_unit"
        kinds.append(f"class_{number}_unit")
    is_ranked = "征求意见" not in name and "不参加" not in name
    reading.classes.append(SectionClass(id=f"class_{number}", name=name, kinds=tuple(kinds), is_ranked=is_ranked))


def _read_list(
    page: Page, start: int, end: int, reading: _Reading, *, section_class: str, only_names: bool = False
) -> list[str]:
    """Read 局系统各室、科、站 as kinds and 县公安局、县教育局 as named units."""
    names: list[str] = []
    after_each = False
    for piece_start, piece in _pieces(page.flat, start, end):
        each = _EACH.match(piece)
        words = each["rest"] if each else piece
        words = re.sub(r"^(?:各|直属各|其他)", "", words)
        unit = _UNIT.match(words)
        if unit is None or len(words) > 24 or re.search(r"评议|参评|\d", words):
            continue
        after_each = after_each or each is not None
        # 派出所、司法所、卫生院 without 各 are this town's own; 科室 and 窗口 are kinds anywhere.
        is_kind = (
            each is not None
            or (after_each and len(words) <= 3)
            or words in _GENERIC
            or (after_each and _SORT.search(words))
        )
        if is_kind:
            reading.kind(_scoped(piece, words))
            continue
        names.append(words)
        kind = f"{section_class}_unit" if only_names else reading.kind(_kind_of(words))
        reading.units.append(
            NamedUnit(
                name=words,
                kind=kind,
                section_class=section_class or "all",
                start=piece_start,
                end=piece_start + len(piece),
            )
        )
    return names


def _pieces(flat: str, start: int, end: int) -> list[tuple[int, str]]:
    pieces: list[tuple[int, str]] = []
    begin = start
    for cut in [*_SPLIT.finditer(flat, start, end), None]:
        stop = cut.start() if cut else end
        words = _COUNTED.sub("", _COUNTED.sub("", flat[begin:stop].strip(" ，。；：、\n")))
        words = words.rpartition("：")[2].strip()
        if words:
            pieces.append((begin, words))
        begin = cut.end() if cut else end
    return pieces


def _scoped(piece: str, words: str) -> str:
    """直属各单位 is 直属单位: a bare 单位 says too little."""
    if words in {"单位", "部门"}:
        scope = re.search(r"(?P<scope>[\u4e00-\u9fff]{0,6})各", piece)
        return f"{scope['scope']}{words}" if scope else words
    return words


def _kind_of(name: str) -> str:
    return max((suffix for suffix in _IDS if name.endswith(suffix)), key=len, default="单位")


def _guessed(page: Page) -> Found[Subject] | None:
    """No sentence says who is evaluated, but the text keeps speaking of 各科室."""
    found = _EVERY.search(page.flat)
    if found is None:
        return None
    name = found["kind"]
    reading = _Reading()
    reading.kind(name)
    subject = Subject(
        kinds=tuple(SectionKind(id=word, name=kind) for kind, word in reading.kinds.items()),
        classes=(SectionClass(id="all", name="全部参评单位"),),
        text=found.group(),
        quote=page.quote(*found.span()),
    )
    return Found(subject, *found.span())
