"""Who is evaluated (§3.1): kinds of unit, classes that are ranked together, units called by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pingyi.authoring.prose.draft import NamedUnit
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.sections import sections
from pingyi.authoring.prose.topics import Topic
from pingyi.authoring.prose.unit_words import GENERIC, IDS, SORT, SUFFIX
from pingyi.rules.plan.people import SectionClass, SectionKind, Subject

_UNIT = re.compile(rf"^(?P<name>[\u4e00-\u9fffA-Za-z0-9·“”（）]*?{SUFFIX})(?:（[^）]*）)?$")
_EACH = re.compile(
    r"^.*?(?:各级各类|各级|各类|各个|各|所有|全体|全部|全[县区市镇乡校院局](?!直))(?P<rest>[^各]{0,4}(?:各)?[^各]*)$"
)
_SAYS = re.compile(
    r"本(?:办法|方案|细则|意见)适用于|(?P<these>[^。；，：\s][^。；：]{3,60}?)的[^，。；]{2,16}工作?，?适用本(?:办法|方案|细则)|(?:评议|参评|测评|考评|被评|考核|评价)(?:的)?(?:对象|范围|单位|部门)(?:和范围"
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
# 第一类为行政执法部门，包括……: the class has a name of its own.
_CLASS_NAME = re.compile(
    r"^(?P<label>[\u4e00-\u9fff]{2,14}?(?:部门|单位|机关|窗口|企业|系统|科室|站所))(?:（[^）]*）)?[，]?(?:包括|主要是|主要有|含|为|：|有)"
)
# 1. 党群部门（18个）：…… below a sentence that speaks of classes.
_CLASS_LINE = re.compile(
    r"^(?P<name>[\u4e00-\u9fff“”]{2,14}(?:部门|单位|机关|窗口|企业|学校|站所|科室|系统))(?:（[^）]*）)?：(?P<units>[^\n]{2,})"
)
_TITLED_CLASS = re.compile(r"^[^、，。；：]{2,30}(?:单位|部门|科室|行业|窗口|系统|站所)$")
_DIVIDED = re.compile(r"分(?:为|成)?[^，。；]{0,6}[二两三四五六七八九十\d]个?(?:大)?(?:类|序列|系列|组)")
_BELONGING = re.compile(r"^(?:及?其)?(?:所属|下属|直属|有|基层)")
_SPLIT = re.compile(r"[、，\s；。]|以及|及其|及(?!其)|(?<=[室科站所队局院校])和|和(?=各|[\u4e00-\u9fff]{2,})|与(?=各)")
_TAIL = re.compile(r"(?:等)?(?:共|共计|合计)?(?:[\d一二三四五六七八九十百]+个?)?(?:参评)?(?:单位|部门)?$")
_JOINS_IN = re.compile(r"(?:[都均要应须将]+(?:要|应)?|全部)(?:开展|参加|纳入|接受|列入)[^，。；]*")
_COUNTED = re.compile(
    r"等[\d一二三四五六七八九十百]+个[\u4e00-\u9fff]{0,8}(?:部门|单位|机关|企业)$|等(?:[\d一二三四五六七八九十百]*个?(?:单位|部门|科室|学校|企业|窗口|站所)?|[\u4e00-\u9fff]{0,4}(?:单位|部门|科室|窗口))$|(?:共"
    r"|共计)[\d一二三四五六七八九十百]+个?(?:单位|部门)?$|（[^）]*）$|[等]$"
)
_COUNT = re.compile(r"^[\d一二三四五六七八九十百]+(?:个|家|所)")
_NAMES_ONE = re.compile(r"^[省市县区镇乡]|[\u4e00-\u9fff]{1,4}[省市县区镇乡]|[A-Za-z0-9]")
# 分为党群综合、经济管理、执法监管三个类别: classes by name, their members elsewhere.
_NAMED_CLASSES = re.compile(
    r"(?:分(?:为|成)|设)(?P<list>[^。；，：\d]{4,70}?)(?:等)?[二两三四五六七八]个?(?:大)?(?:类别|系列|序列|类|组)(?=[，。；进评]|$)"
)
# 关于开展民主评议基层司法所活动的方案
_IN_TITLE = re.compile(
    r"评议(?:全[县市区])?(?:基层|乡镇|机关)*(?P<kind>[\u4e00-\u9fff]{1,5}(?:所|站|庭|学校|医院|科室|窗口))(?=活动|工作|行风|政风|方案|实施)"
)
_TWO_CLASSES = re.compile(
    r"(?:参评|评议|被评|测评)(?:对象|单位)分(?:为|成)(?P<list>[^。；，、]{2,14}(?:单位|部门)和[^。；，、]{2,14}(?:单位|部门))(?=[。；，])"
)
_OF_OWNERSHIP = {"公办", "民办", "国有", "集体", "私营"}
_EVERY = re.compile(
    r"各(?:级各类|级|类)?(?!责任|相关|有关)(?P<kind>[^，。；、各的与和及同对向]{0,8}?(?:科室|股室|处室|站所|站股|股站|科站|单位|部门|站所|学校|医院|公司|乡镇|窗口|社区|企业|分局|车间))"
)


@dataclass(slots=True)
class _Reading:
    kinds: dict[str, str] = field(default_factory=dict)  # name → id
    classes: list[SectionClass] = field(default_factory=list)
    is_divided: bool = False
    read_to: int = 0  # what a class under a heading of its own has taken up
    units: list[NamedUnit] = field(default_factory=list)

    def kind(self, name: str) -> str:
        """Return the id of a kind of unit, a new one where it is new."""
        if name not in self.kinds:
            # The longest known ending names the kind: 环境监测站 is a station.
            known = max((suffix for suffix in IDS if name.endswith(suffix)), key=len, default="")
            word, number = IDS.get(known, "kind"), 2
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
        if start < reading.read_to:
            continue
        _read_span(page, start, end, reading)
    if not reading.kinds and reading.classes:
        reading.kind("参评单位")
    if not reading.kinds:
        return _guessed(page), ()
    start, end = spans[0][0], spans[-1][1]
    classes = tuple(reading.classes) or (SectionClass(id="all", name="全部参评单位"),)
    subject = Subject(
        kinds=tuple(SectionKind(id=word, name=name) for name, word in reading.kinds.items()),
        classes=classes,
        text=page.words(start + _after_number(page, start), end).rstrip("."),
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
    if _named_classes(flat, reading):
        return
    classes = list(_CLASS.finditer(flat))
    reading.is_divided = reading.is_divided or bool(_DIVIDED.search(flat))
    if _DIVIDED.search(flat) and not classes:
        return
    node = page.node_starts.get(start)
    if reading.is_divided and node is not None and _TITLED_CLASS.match(node.title) and node.end - node.title_end > 4:
        _read_class(page, re.sub(r"^(?:参加|接受)", "", node.title), node.title_end, node.end, reading)
        reading.read_to = node.end
        return
    line = _CLASS_LINE.match(flat[_after_number(page, start) :]) if reading.is_divided else None
    if line is not None:
        begin = start + _after_number(page, start) + line.start("units")
        _read_class(page, line["name"], begin, end, reading)
        return
    if classes:
        for match in classes:
            name = re.sub(r"^(?:是|为|第?[一二三四五六七八]是|一|二|三|四|五|六)+", "", match["name"])
            if re.fullmatch(r"[A-F甲乙丙丁]类", name) and match["note"]:
                name = f"{name}（{re.split('[，、]', match['note'])[0]}）"
            label = _CLASS_NAME.match(match["units"])
            begin = start + match.start("units") + (label.end() if label else 0)
            _read_class(page, label["label"] if label else name, begin, start + match.end("units"), reading)
        return
    opening = _SAYS.search(flat)
    group = next((name for name in ("each", "these") if opening and opening[name]), None)
    begin = opening.end() if opening else _opening(flat)
    if group is not None and opening is not None:
        begin, end = opening.start(group), start + opening.end(group)
    _read_list(page, start + begin, end, reading, section_class="")


def _named_classes(flat: str, reading: _Reading) -> bool:
    """Take classes that are only named, each with a kind of its own."""
    named = _NAMED_CLASSES.search(flat) or _TWO_CLASSES.search(flat)
    if named is None or not re.search(r"、|和", named["list"]):
        return False
    if not reading.units:
        reading.kinds.clear()  # the classes divide them, and the text does not say how
    for name in re.split(r"[、和与]", named["list"]):
        number = len(reading.classes) + 1
        unit = f"class_{number}_unit"
        reading.kinds[name if name.endswith(("单位", "部门")) else f"{name}单位"] = unit
        is_ranked = "征求意见" not in name
        reading.classes.append(SectionClass(id=f"class_{number}", name=name, kinds=(unit,), is_ranked=is_ranked))
    return True


def _after_number(page: Page, start: int) -> int:
    node = page.node_starts.get(start)
    return node.title_start - start if node else 0


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
        reading.kinds[name if name.endswith(("单位", "部门")) else f"{name}单位"] = f"class_{number}_unit"
        kinds.append(f"class_{number}_unit")
    is_ranked = "征求意见" not in name and "不参加" not in name
    reading.classes.append(SectionClass(id=f"class_{number}", name=name, kinds=tuple(kinds), is_ranked=is_ranked))


def _read_list(
    page: Page, start: int, end: int, reading: _Reading, *, section_class: str, only_names: bool = False
) -> list[str]:
    """Read 局系统各室、科、站 as kinds and 县公安局、县教育局 as named units."""
    names: list[str] = []
    after_each = False
    for piece_start, written in _pieces(page.flat, start, end):
        piece = re.sub(r"^.*的(?=[\d一二三四五六七八九十百]+个)", "", written)
        each = _EACH.match(piece)
        words = _COUNT.sub("", each["rest"] if each else piece)
        words = re.sub(r"^(?:各|直属各|其?他(?=单位|部门)|其他|包括|及其|和)", "", words)
        unit = _UNIT.match(words)
        if unit is None or words in _OF_OWNERSHIP or len(words) > 24 or re.search(r"评议|参评|\d", words):
            continue
        after_each = after_each or each is not None
        # 派出所、司法所、卫生院 without 各 are this town's own; 科室 and 窗口 are kinds anywhere.
        is_kind = (
            each is not None
            or _BELONGING.match(words)
            or (after_each and len(words) <= 3)
            or words in GENERIC
            or ((after_each or not _NAMES_ONE.match(words)) and SORT.search(words))
        )
        if is_kind:
            reading.kind(_scoped(piece, re.sub(r"^(?:及?其)?(?:所属|下属|有)", "", words)))
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
        words = _JOINS_IN.sub("", flat[begin:stop].strip(" ，。；：、\n."))
        words = _COUNTED.sub("", _COUNTED.sub("", words))
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
    return max((suffix for suffix in IDS if name.endswith(suffix)), key=len, default="单位")


def _guessed(page: Page) -> Found[Subject] | None:
    """No sentence says who is evaluated, but the text keeps speaking of 各科室."""
    found = _IN_TITLE.search(page.flat, 0, 400) or _EVERY.search(page.flat)
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
