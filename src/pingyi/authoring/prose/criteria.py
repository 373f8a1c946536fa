"""What is judged (§3.2): the contents of the evaluation and the marks that a text gives them."""

from __future__ import annotations

import re
from decimal import Decimal

from pingyi.authoring.prose.numerals import decimal_of
from pingyi.authoring.prose.outline import Node
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.sections import body_of, items_below, sections
from pingyi.authoring.prose.tables import Marked, marked_contents
from pingyi.authoring.prose.topics import Topic, topics_of
from pingyi.rules.plan.measure import Criterion

_LISTED = re.compile(
    r"(?:评议|测评|考评|评价|考核)?(?:的)?(?:主要|重点)?(?:内容|重点|评议|测评|考评|评价|围绕|看|就|对"
    r"|从|包括)(?:主要)?(?:是|为|包括|有|：|内容：)*"
    r"(?P<list>[^。；\n：]{6,200}?)(?:等)?(?:[一二三四五六七八九十\d]+个?)?(?:方面|情况|内容|项目|指标|进行)"
)
_MARKS = re.compile(
    r"[（〔]\s?(?:满分|分值|权重|占)?(?:为|：)?\s?(?P<points>\d{1,3}(?:\.\d+)?)\s?(?:分|%)\s?[）〕]"
    r"|(?:计|满分|占)\s?(?P<bare>\d{1,3})\s?(?:分|%)"
)
_LEADS_TO_CLASSES = re.compile(r"(?:类|单位|部门)(?:：|$|（)")
# 从甲情况、乙情况、丙情况三个方面: the counted end is meant, not the first 情况.
_COUNTED = re.compile(
    r"(?:内容|重点|评议|测评|围绕|看|就|对|从|包括)+(?:主要)?(?:是|为|包括|有|：)*(?P<list>[^。；\n：]{6,200}?)(?:等)?"
    r"[一二三四五六七八九十\d]+个?(?:方面|项|内容)(?=[，。；的]|进行|情况|内容|$)"
)
_OF_UNITS = re.compile(
    r"(?:评议|参评|被评|测评)的?(?:对象|单位|部门|范围)(?:为|是|分|包括|：)|类(?:单位|部门)?(?:为|：)"
)
_AFTER_COLON = re.compile(r"(?:：|为|是(?!否)|包括|有(?!无))\s?(?P<list>[^。；\n：]{4,200})")
_SAYS = re.compile(
    r"(?:评议|测评|考评|考核|评价|评估)(?:的)?(?:主要|重点)?(?:内容|指标|项目)(?:主要)?(?:包括|为|是(?!否)|有(?!无)|：)+\s?(?P<list>[^。；\n：]{4,200})"
)
# Said in passing where no heading does: 围绕……等内容, 查找问题，即：……
_IN_PASSING = re.compile(
    r"(?:主要|重点)评议(?P<plain>[^。；\n：]{8,120})(?=[。；\n])|(?:围绕|从)(?P<list>[^。；\n：，]{6,80}?)(?:等)?(?:[一二三四五六七八九十]个)?(?:方面)?的?(?:内容|重点|方面|情况)"
    r"|(?:按照|对|就|分)(?P<items>[^。；\n：，]{8,80}?)[三四五六七八]项(?:评议|测评|考评)?内容"
    r"|(?:问题|内容|方面)[^。；]{0,4}，?即：(?P<other>[^。；\n：]{6,120})"
)
_PIECE = re.compile(r"[^、，]+?(?=、|，|和(?=[^、，]{2,10}$)|及(?=[^、，]{2,10}$)|与(?=[^、，]{2,10}$)|$)[和及与]?")
_SHORTEST = 2
# 日常考评400分, 社会评议500分: where marks come from, not what is judged.
_IS_SOURCE = re.compile(r"^[^，。；：]{0,12}(?:考评|评议|考核|测评|调查|评价|检查|暗访)[（\s]?\d{2,3}\s?[分%]")
_STANDARDS = re.compile(r"(?:评议|测评|考评|评价|考核|评分)标准|计分标准")
_OF_GRADES = re.compile(r"\d\s?分(?:（[^）]*）)?(?:及?以[上下]|-)|等次")
_WITH_MARKS = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,12}?)(?:占)?\s?(?P<n>\d{1,2})\s?(?:分|%)(?=[，、；。]|$)"
)


def read_criteria(page: Page) -> tuple[list[Found[Criterion]], dict[str, Decimal]]:
    """Return the contents judged, and the marks of those that state them."""
    found: list[Found[Criterion]] = []
    tabled = marked_contents(page)
    for node in sections(page, Topic.CRITERIA):
        inside = [one for one in tabled if node.start <= one.start < node.end]
        if inside:
            found += [_of_table(page, one) for one in inside]
            continue
        if sum(bool(_IS_SOURCE.search(item.title)) for item in node.walk()) < 2:
            found += _from_items(page, node) or _from_list(page, node)
    found = found or [_of_table(page, one) for one in tabled] or _standards(page) or _said(page)
    named = [
        Found(
            Criterion(
                id=f"criterion_{number}",
                title=one.value.title,
                text=one.value.text,
                clause=one.value.clause,
                quote=one.value.quote,
            ),
            one.start,
            one.end,
        )
        for number, one in enumerate(_unique(found), 1)
    ]
    marks = {one.value.id: points for one in named if (points := _points(page, one)) is not None}
    points_of = {one.name: one.points for one in tabled}
    marks |= {one.value.id: points_of[one.value.title] for one in named if one.value.title in points_of}
    return named, marks


def _standards(page: Page) -> list[Found[Criterion]]:
    """考核标准（100分）: what earns marks where no heading speaks of contents."""
    for node in page.nodes:
        if _STANDARDS.search(node.title) and not node.title.endswith("。"):
            found = _from_items(page, node) if len(items_below(node)) > 2 else []
            found = found or _weighted(page, node.title_end, node.end)
            if found and not any(_OF_GRADES.search(page.flat, one.start, one.end) for one in found):
                return found
    return []


def _weighted(page: Page, start: int, end: int) -> list[Found[Criterion]]:
    """服务态度25%，技术水平20%，就诊流程15%: names with their marks behind them."""
    for span in page.within(start, end):
        pieces = list(_WITH_MARKS.finditer(page.flat, *span))
        if len(pieces) >= 3 and sum(int(one["n"]) for one in pieces) == 100:
            return [
                Found(Criterion(id="", title=page.words(*one.span("name")), quote=page.quote(*span)), *one.span())
                for one in pieces
            ]
    return []


def _of_table(page: Page, one: Marked) -> Found[Criterion]:
    quote = page.text[one.start : one.end]
    return Found(Criterion(id="", title=one.name, text=one.text, quote=quote), one.start, one.end)


def _from_items(page: Page, node: Node) -> list[Found[Criterion]]:
    items = [item for item in items_below(node) if not _is_other(item)]
    if len(items) < 2 or all(_IS_SOURCE.search(item.title) for item in items):
        return []
    if items[0].style == "article":
        # Articles of a chapter are sentences: what they list is judged, not they themselves.
        inner = [below for item in items for below in items_below(item) if len(items_below(item)) > 1]
        items = [one for one in inner if not _IS_SOURCE.search(one.title)]
    if all(_LEADS_TO_CLASSES.search(item.title) and len(items_below(item)) > 1 for item in items):
        items = [inner for item in items for inner in items_below(item)]
    return [
        Found(
            Criterion(
                id="",
                title=_title(item),
                text=body_of(page, item),
                clause=page.clause_at(item.start),
                quote=page.quote(item.start, item.title_end) if item.children else page.quote(item.start, item.end),
            ),
            item.start,
            item.end,
        )
        for item in items
        if len(item.title) >= 2
    ]


def _is_other(item: Node) -> bool:
    topics = topics_of(item.title)
    return bool(topics) and Topic.CRITERIA not in topics and topics[0] in {Topic.SUBJECT, Topic.METHODS, Topic.PHASES}


def _title(item: Node) -> str:
    title = _MARKS.sub("", item.title).strip(" ：。，；、")
    title = re.sub(r"，{1,}$", "", title)
    title = re.sub(r"^(?:是|要|看)(?:看)?", "", title) if item.style == "being" else title
    return title if len(title) <= 40 else re.split(r"[，；]", title)[0][:40]


def _from_list(page: Page, node: Node) -> list[Found[Criterion]]:
    """主要评议依法行政、服务质量、办事效率和廉洁自律等四个方面: a list inside a sentence."""
    weighted = _weighted(page, node.title_end, node.end)
    if weighted:
        return weighted
    lines = [span for span in page.within(node.title_end, node.end) if not _OF_UNITS.search(page.flat, *span)]
    for start, end in lines:
        begin = node.title_start if start - node.title_end <= 1 else start
        listed = _COUNTED.search(page.flat, begin, end) or _LISTED.search(page.flat, begin, end)
        listed = listed or _AFTER_COLON.search(page.flat, begin, end)
        if listed is not None and listed["list"].count("、") >= 1:
            return _listed(page, *listed.span("list"))
    if len(lines) >= 3 and not node.children:
        return [
            Found(
                Criterion(
                    id="",
                    title=re.split(r"[，。；：]", page.words(*span))[0][:40],
                    text=page.words(*span),
                    quote=page.text[slice(*span)],
                ),
                *span,
            )
            for span in lines
        ]
    return []


def _listed(page: Page, start: int, end: int) -> list[Found[Criterion]]:
    found: list[Found[Criterion]] = []
    for piece in _PIECE.finditer(page.flat[start:end]):
        words = page.text[start + piece.start() : start + piece.end()].strip(" 和及与、，")
        words = re.sub(r"^(?:主要|重点)?(?:评议|测评|围绕|看)(?=[\u4e00-\u9fff]{2})|等(?:情况|方面)?$", "", words)
        if len(words) >= _SHORTEST:
            criterion = Criterion(id="", title=words, quote=page.quote(start, end))
            found.append(Found(criterion, start + piece.start(), start + piece.end()))
    return found


def _said(page: Page) -> list[Found[Criterion]]:
    """No heading announces the contents, but a sentence does: 评议内容包括……"""
    for start, end in page.sentences:
        listed = _SAYS.search(page.flat, start, end)
        if listed is not None and listed["list"].count("、") >= 1:
            return _listed(page, *listed.span("list"))
    for listed in _IN_PASSING.finditer(page.flat):
        name = next(name for name in ("plain", "list", "items", "other") if listed[name])
        if listed[name].count("、") >= 2 and len(re.findall(r"(?:机制|制度)(?=[、，和]|$)", listed[name])) < 2:
            return _listed(page, *listed.span(name))
    return []


def _unique(found: list[Found[Criterion]]) -> list[Found[Criterion]]:
    seen: set[str] = set()
    kept: list[Found[Criterion]] = []
    for one in found:
        if one.value.title not in seen:
            seen.add(one.value.title)
            kept.append(one)
    return kept


def _points(page: Page, one: Found[Criterion]) -> Decimal | None:
    found = _MARKS.search(page.flat, one.start, min(one.end, one.start + 120))
    if found is None:
        found = _WITH_MARKS.fullmatch(page.flat, one.start, one.end)
        return decimal_of(found["n"]) if found else None
    return decimal_of(found["points"] or found["bare"])
