"""Shares of the composite and of the voters, where a text states them: 社会满意度调查占40%, 服务对象50% …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pingyi.authoring.prose import tables
from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.fact_kinds import THOUSAND
from pingyi.authoring.prose.numerals import DECIMAL, decimal_of
from pingyi.authoring.prose.outline import Node
from pingyi.authoring.prose.page import Page
from pingyi.rules.plan.measure import SourceKind

_NAME = r"(?P<name>[\u4e00-\u9fffA-Z“”]{2,22}?)"
_SHARES = (
    re.compile(
        rf"{_NAME}(?:的)?(?:得分|成绩|分值|分数|结果|部分)?[，]?(?:所)?(?:占(?:[^，。；\d占]{{0,12}}的)?|权重|比重|比例|按)(?:总分"
        rf"|总成绩|综合得分|综合评分|总评|总分值|百分比|评议总分|全年|年度|权重|比重|比例|的|为|占|按"
        rf"|是|：)*\s?(?P<n>{DECIMAL})\s?(?P<unit>%|分)"
    ),
    re.compile(rf"{_NAME}(?:得分|成绩|分值|分数)?\s?[×xX*]\s?(?P<n>{DECIMAL})\s?(?P<unit>%?)"),
    re.compile(
        rf"(?:(?<=[，。；：、\n（）+= ])|^){_NAME}\s?(?:（|：|为|计|共"
        rf"| )?(?:占|权重|占比)?(?:为|：)?\s?(?P<n>{DECIMAL})\s?(?P<unit>%|分)(?!以|及|-|至|钟|（含)"
    ),
)
_IN_TURN = re.compile(
    rf"(?P<names>[\u4e00-\u9fff（）“”]{{2,20}}(?:、[\u4e00-\u9fff“”]{{2,16}}){{0,12}}(?:[、和及与][\u4e00-\u9fff“”]{{2,16}}?))(?:等)?(?:[一二三四五六七八九\d]+(?:个"
    rf"|大)?(?:部分|方面|项|类|块|层面)?)?(?:内容|代表)?(?:组成|构成|共同评议"
    rf"|的)?[，]?(?:(?:[\u4e00-\u9fff]{{0,4}})?(?:分别|各|依次)|(?=按\s?\d))(?:按|占|为|权重|比例|比重|总分"
    rf"|的)*\s?(?P<values>{DECIMAL}\s?(?:%|分)(?:[、和，]\s?{DECIMAL}\s?(?:%|分))+)"
)
# 由甲、乙、丙组成，各占20%; 乙和丙各占25%
_EACH = re.compile(
    rf"(?P<names>[\u4e00-\u9fff“”]{{2,20}}(?:、[\u4e00-\u9fff“”]{{2,16}}){{0,12}}[、和及与][\u4e00-\u9fff“”]{{2,16}}?)(?:等)?"
    rf"(?:[一二三四五六七八九\d]+(?:个|大)?(?:部分|方面|类|层面)?(?:人员|代表)?)?(?:组成|构成)?[，]?(?:各|均)占"
    rf"(?:总票数|总分|权重|比例|比重|的)*\s?(?P<n>{DECIMAL})\s?%"
)
_LABEL = re.compile(r"(?:^|[。；\n①-⑳）、 ])(?P<label>[\u4e00-\u9fff]{2,12})：[^。；\n]*$")
_NO_SHARE = re.compile(
    r"扣|加分|低于|高于|得分在|每|最[多高]|不超过|满意$|了解|满分|总分|百分制|综合得分|优秀|良好|合格"
    r"|参加|达到|超过|以上|以下|后|前|每次|奖励|弃权|好$|差$|一般$|上限|共计|合计|累计"
)
_LEAD = re.compile(
    r"^.*(?:组织的|进行的|开展的|分(?=日常|平时|集中)"
    r"|其中|包括|分别是|由|即|为|中|是|按|将|对(?!象)|以|根据|依据)(?=[\u4e00-\u9fff]{3,}$)"
)
_PEOPLE = re.compile(
    r"代表|委员|监督员|群众|企业|干部|领导|对象|社会各界|人士|职工|员工|家长|学生|患者|居民|村民|市民"
    r"|用户|客户|单位$|互评|上级|下级|基层|个体|业主|评议员|管理相对人|教师|书记|网格员|负责人|班子|层面|A票|B票|C票"
)
_METHOD = re.compile(r"(?:评议|测评|调查|考核|评价|评分)$")
_GAP = 260
_ANY_SHARE = re.compile(r"\d\s?[%分]")
# 市领导评议（A票），由市级领导班子成员评议，占15%: the item's own title is the name.
_BALLOT = re.compile(r"（(?P<sign>[A-F甲乙丙丁戊])(?:类)?票）")
_KINDS: tuple[tuple[SourceKind, str], ...] = (
    (SourceKind.ASSEMBLY, r"集中|大会|现场|会议|评议代表|评议会|述职"),
    (
        SourceKind.SURVEY,
        r"满意度|问卷|民意|民调|社会|群众|公众|第三方|电话|网上|网络|测评|服务对象|企业|家长|患者|用户|评议",
    ),
    (SourceKind.INSPECTION, r"明察|暗访|检查|督查|巡查|抽查|察访"),
    (SourceKind.CASES, r"热线|投诉|诉求|信访|举报|办件|工单|来信"),
    (SourceKind.RECTIFICATION, r"整改|自查"),
    (SourceKind.COMMITMENTS, r"承诺"),
    (SourceKind.OPINIONS, r"征求意见|意见办理|意见"),
    (SourceKind.FILE_REVIEW, r"案卷|卷宗|病历|档案"),
    (SourceKind.TASKS, r"任务|日常|平时|工作|业务|考核|目标|督办"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A name and its share of one hundred."""

    name: str
    points: Decimal
    start: int
    end: int


@dataclass(slots=True)
class Weights:
    """The shares found: of the sources, and of the groups of voters."""

    sources: list[Share] = field(default_factory=list)
    electors: list[Share] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def source_kind(name: str) -> SourceKind:
    """Return what kind of source a name means."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, name)), SourceKind.OTHER)


def read_weights(page: Page, *, closed: list[tuple[int, int]]) -> Weights:
    """Return the shares that add up to one hundred; others are doubted, not used."""
    weights = Weights()
    signs = {found["sign"] for found in _BALLOT.finditer(page.flat)}
    shares = [
        one
        for one in _shares(page)
        if not any(first <= one.start < last for first, last in closed)
        and not (one.name[:1] in signs and one.name[1:2] == "票")
    ]
    groups, rest = _hundreds(page, shares)
    for group in groups:
        people = sum(bool(_PEOPLE.search(one.name)) and not _METHOD.search(one.name) for one in group)
        known = sum(source_kind(one.name) is not SourceKind.OTHER for one in group)
        are_people = people * 2 > len(group) and (
            people > known or bool(weights.sources) or (len(groups) > 1 and people == len(group))
        )
        are_people = are_people or all(_BALLOT.search(page.flat, *page.sentence_at(one.start)) for one in group)
        target = weights.electors if are_people else weights.sources
        if not target:
            target.extend(group)
    loose = [one for one in rest if source_kind(one.name) is not SourceKind.OTHER]
    total = sum((one.points for one in loose), Decimal(0))
    if not weights.sources and len(loose) > 1 and total == 100:
        weights.sources.extend(loose)  # far apart, but together the whole
    if not weights.sources and len(loose) > 1:
        doubt = Doubt(
            code="weights.total",
            facts={"total": f"{total.normalize():f}", "names": "、".join(one.name for one in loose)},
            span=Span(start=loose[0].start, end=loose[-1].end),
        )
        weights.doubts.append(doubt)
    return weights


def _shares(page: Page) -> list[Share]:
    found = [Share(one.name, one.points, one.start, one.end) for one in tables.shares(page)]
    found += _in_turn(page)
    for pattern in _SHARES:
        for match in pattern.finditer(page.flat):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            share = _share(page, match)
            if share is not None:
                found.append(share)
    return sorted(found, key=lambda one: one.start)


def _within(page: Page, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for span in page.sentences_with(_ANY_SHARE):
        yield from pattern.finditer(page.flat, *span)


def _in_turn(page: Page) -> list[Share]:
    """由甲、乙、丙组成，分别占60%、25%、15%: names first, shares after."""
    found: list[Share] = []
    for match in _within(page, _IN_TURN):
        names = [_bare(_LEAD.sub("", name)) for name in re.split(r"[、和及与]", match["names"])]
        values = [decimal_of(value) for value in re.findall(DECIMAL, match["values"])]
        if len(names) >= len(values) > 1:
            for name, value in zip(names[-len(values) :], values, strict=True):
                if value is not None and len(name) >= 2:
                    start = page.flat.find(name, match.start())
                    found.append(Share(name, value, max(start, match.start()), match.end()))
    return found + _each(page, found)


def _each(page: Page, known: list[Share]) -> list[Share]:
    """甲、乙各占25%: one share for every name before it."""
    found: list[Share] = []
    for match in _within(page, _EACH):
        value = decimal_of(match["n"])
        if value is None or any(match.start() < one.end and one.start < match.end() for one in known):
            continue
        for name in re.split(r"[、和及与]", match["names"]):
            bare = _bare(_LEAD.sub("", name))
            if len(bare) >= 2:
                start = page.flat.find(bare, match.start())
                found.append(Share(bare, value, start, match.end()))
    return found


def _bare(name: str) -> str:
    return re.sub(r"(?<=..)(?:得分|成绩|部分|分值|结果)$", "", name)


def _share(page: Page, match: re.Match[str]) -> Share | None:
    value = decimal_of(match["n"])
    name = match["name"]
    name = _LEAD.sub("", name.strip("“”") if name.count("“") == name.count("”") != 1 else name.rstrip("“"))
    name = f"“{name}" if "”" in name and "“" not in name else name
    name = re.sub(r"^“([^“”]*)”$", r"\1", name)
    name = _bare(name)
    before = page.flat[max(0, match.start() - 4) : match.start()]
    if re.search(r"[由对将按]|组织|进行", match["name"] + before[-2:]):
        # 患者评议：由第三方机构调查，占50%: the label is the name.
        label = _LABEL.search(page.flat, max(0, match.start() - 80), match.start("n"))
        name = label["label"] if label else name
    if value is None or len(name) < 2 or _NO_SHARE.search(name) or re.search(r"[扣加]$|每", before):
        return None
    if not match["unit"]:
        value = value * 100 if value < 1 else value
    if match["unit"] == "分" and THOUSAND.search(page.flat):
        value /= 10
    if not 0 < value < 100:
        return None
    name = _whole_item(page, match) or _whole_clause(page, match) or name
    start = page.flat.rfind(name, max(0, match.start() - 80), match.end())
    return Share(name, value, start if start >= 0 else match.start(), match.end())


def _whole_clause(page: Page, match: re.Match[str]) -> str:
    """服务对象占40%，人大代表、政协委员占20%: names before one share are one group, unless 各 parts them."""
    begin = max(page.flat.rfind(sign, 0, match.start("n")) for sign in "，。；：\n") + 1
    words = re.sub(r"(?:占|权重|各?按|为|得分)+\s?$", "", page.flat[begin : match.start("n")]).strip(" “”")
    is_list = re.fullmatch(r"[\u4e00-\u9fff“”]{2,14}(?:、[\u4e00-\u9fff“”]{2,14}){1,3}", words)
    return words if is_list and not re.search(r"各|分别|由|将|其中|包括|与|和", words) else ""


def _whole_item(page: Page, match: re.Match[str]) -> str:
    """（二）党代表、人大代表、政协委员，权重25%: all of them are one group."""
    begin = page.sentence_at(match.start())[0]
    node = page.node_starts.get(begin)
    words = page.flat[node.title_start : match.end("name")].strip() if node else ""
    title = re.split(r"[，。；：]", words)[0]
    if _BALLOT.search(title):
        return _BALLOT.sub("", title)
    return words if "、" in words and len(words) <= 40 and not re.search(r"[，。；：%由将]", words) else ""


def _hundreds(page: Page, shares: list[Share]) -> tuple[list[list[Share]], list[Share]]:
    """Take out runs of neighbors that add up to one hundred: of one sentence, of sibling items, then any."""
    groups: list[list[Share]] = []
    rest = list(shares)
    for members, (begin, end) in (*_of_sentences(page, shares), *_of_siblings(page, shares)):
        if {one.start for one in members} <= {one.start for one in rest}:
            groups.append(members)
            rest = [one for one in rest if not begin <= one.start < end]
    while (run := _run(rest)) is not None:
        groups.append(rest[run[0] : run[1]])
        del rest[run[0] : run[1]]
    return sorted(groups, key=lambda group: group[0].start), rest


def _of_sentences(page: Page, shares: list[Share]) -> Iterator[tuple[list[Share], tuple[int, int]]]:
    """Shares of one sentence that make up the whole by themselves."""
    by_sentence: dict[int, list[Share]] = {}
    for one in shares:
        by_sentence.setdefault(page.sentence_at(one.start)[0], []).append(one)
    for group in by_sentence.values():
        if len(group) > 1 and _sum(group) == 100:
            yield group, page.sentence_at(group[0].start)


def _of_siblings(page: Page, shares: list[Share]) -> Iterator[tuple[list[Share], tuple[int, int]]]:
    """（一）日常考评400分。…… （二）社会评议500分。……: the first share of each item on one level."""
    first: dict[int, Share] = {}
    for one in shares:
        first.setdefault(page.sentence_at(one.start)[0], one)
    for node in (page.root, *page.nodes):
        group = [first[child.start] for child in node.children if child.start in first]
        if len(group) > 1 and len(group) == len(node.children) and _sum(group) == 100:
            whole = [
                part for one, child in zip(group, node.children, strict=True) for part in _parts(one, child, shares)
            ]
            yield whole, (node.children[0].start, node.children[-1].end)


def _parts(one: Share, item: Node, shares: list[Share]) -> list[Share]:
    """日常评议40%：包括明察暗访20%、投诉办理20%: the parts, where they make up the whole and are sources."""
    inside = [part for part in shares if item.start <= part.start < item.end and part is not one]
    kinds = {SourceKind.OTHER if _PEOPLE.search(part.name) else source_kind(part.name) for part in inside}
    if inside and SourceKind.OTHER not in kinds and _sum(inside) == one.points:
        return inside
    return [replace(one, end=max(one.end, item.own_end))]


def _sum(group: list[Share]) -> Decimal:
    return sum((one.points for one in group), Decimal(0))


def _run(shares: list[Share]) -> tuple[int, int] | None:
    for first in range(len(shares)):
        total = Decimal(0)
        for last in range(first, min(first + 15, len(shares))):
            if last > first and shares[last].start - shares[last - 1].end > _GAP:
                break
            total += shares[last].points
            if total == 100 and last > first:
                return first, last + 1
            if total > 100:
                break
    return None
