"""The guiding thought, the principles, the maxims and the requirements: shown, never computed (§1, §2, §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pingyi.authoring.prose.marks import INLINE_ONLY
from pingyi.authoring.prose.outline import Node
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.sections import body_of, items_below, own_topics, sections
from pingyi.authoring.prose.topics import Topic
from pingyi.rules.plan.people import Principle

_OF_PRINCIPLE = re.compile(
    r"(?P<list>[^。；\n]{4,160}?)的?(?:基本|工作|总体|评议)?(?:原则|方针|要求)(?=[，。；\n、]|$)"
)
_NAMES_PRINCIPLE = re.compile(r"原则|方针|要求")
_LEAD = re.compile(
    r"^.*(?:坚持|遵循|按照|本着|贯彻|落实|把握|根据|执行)(?:(?:以下|下列"
    r"|好)?[一二三四五六七八]?个?)?(?=[“\u4e00-\u9fff])"
)
_MAXIM = re.compile(
    r"谁(?P<verb>[\u4e00-\u9fff]{1,4})[，、]?谁[\u4e00-\u9fff]{1,4}|管(?:行业|业务"
    r"|生产经营)[，、]?(?:必须|就要)管[\u4e00-\u9fff]{1,4}"
)
_APPEALS = re.compile(r"(?:坚持|遵循|本着|按照).*原则$")
_CUT = re.compile(
    r"[、，]|以及|及(?=“)|(?<=”)(?:和|与|及)|和(?=[\u4e00-\u9fff]{4,8}$)|及(?=[\u4e00-\u9fff]{4,8}$)"
    r"|与(?=[\u4e00-\u9fff]{4,8}$)"
)
_REASON = re.compile(r"^(?:为|根据|依据|按照)[^。]{4,}(?:制定|特制定)")  # 第一条 为……，制定本办法
_ITEM_IS = re.compile(r"^(?:是|要|坚持|遵循|必须|做到)?[，：]?")


def read_preamble(page: Page, *, body_start: int) -> list[Found[str]]:
    """Return the opening words and the guiding thought."""
    found: list[Found[str]] = []
    first = page.nodes[0].start if page.nodes else len(page.flat)
    for start, end in page.within(body_start, first):
        if len(page.words(start, end)) >= 15:
            found.append(Found(page.text[start:end], start, end))
    found += _of_articles(page)
    for node in sections(page, Topic.PRINCIPLES):
        if Topic.PREAMBLE in own_topics(node):
            inside = page.within(node.title_end, node.own_end)
            found += [Found(page.text[slice(*span)], *span) for span in inside if "原则" not in page.flat[slice(*span)]]
    for node in sections(page, Topic.PREAMBLE):
        words = body_of(page, node)
        if words and not sections_inside(page, node, Topic.PRINCIPLES):
            found.append(Found(page.text[node.title_end : node.end].strip(), node.start, node.end))
        else:
            reasons = [item for item in node.children if _REASON.match(item.title)]
            found += [Found(item.title, item.start, item.end) for item in reasons]
    return found


def _of_articles(page: Page) -> list[Found[str]]:
    """第一条 为……，制定本办法 where no chapter holds it."""
    return [
        Found(node.title, node.start, node.end)
        for node in page.root.children
        if node.style == "article" and node.value == 1 and _REASON.match(node.title)
    ]


def sections_inside(page: Page, node: Node, topic: Topic) -> list[Node]:
    """Return the sections of a topic that lie inside a node."""
    return [inner for inner in sections(page, topic) if node.start < inner.start < node.end]


def read_principles(page: Page) -> list[Found[Principle]]:
    """Return the principles: numbered, run together as 一是…二是…, or listed before the word 原则 (§2)."""
    found: list[Found[Principle]] = []
    holders = sections(page, Topic.PRINCIPLES)
    if not holders:
        found = [one for one in _listed_principles(page, 0, len(page.flat)) if not _is_quoted(page, one)]
    for node in holders:
        items = items_below(node)
        if len(items) >= 2:
            found += [_principle(page, item) for item in items]
        else:
            begin = node.title_start if node.title_end - node.title_start > 14 else node.title_end
            listed = _listed_principles(page, max(begin, 1), node.end)
            found += [one for one in listed if one.start >= node.title_end or not _is_quoted(page, one)]
    return [
        Found(
            Principle(id=f"principle_{number}", title=one.value.title, text=one.value.text, quote=one.value.quote),
            one.start,
            one.end,
        )
        for number, one in enumerate(found, 1)
    ]


def _is_quoted(page: Page, one: Found[Principle]) -> bool:
    """What stands in quotation marks or says 谁…谁 is a maxim (§1.1)."""
    return page.flat[max(0, one.start - 1)] == "“" or "谁" in one.value.title


def _principle(page: Page, item: Node) -> Found[Principle]:
    title = _ITEM_IS.sub("", item.title) if item.style in INLINE_ONLY else item.title
    title = re.sub(r"^(?:坚持|遵循)(?=.{3,}$)", "", title.strip())
    title = re.sub(r"的?原则$", "", title).strip("“”")
    return Found(
        Principle(id="", title=title, text=body_of(page, item), quote=page.quote(item.start, item.end)),
        item.start,
        item.end,
    )


def _of_principle(page: Page, start: int, end: int) -> Iterator[re.Match[str]]:
    for first, last in page.sentences_with(_NAMES_PRINCIPLE):
        if last > start and first < end:
            yield from _OF_PRINCIPLE.finditer(page.flat, max(first, start), min(last, end))


def _listed_principles(page: Page, start: int, end: int) -> list[Found[Principle]]:
    found: list[Found[Principle]] = []
    for match in _of_principle(page, start, end):
        if start == 0 and not _APPEALS.search(match.group()):
            continue
        if match.group().endswith("要求") and not re.search(r"坚持|遵循|本着", match["list"]):
            continue  # 结合……作风建设要求 says what one follows, not a principle
        for place, words in _pieces(page, match.start("list"), match.end("list")):
            found.append(
                Found(
                    Principle(id="", title=words, quote=page.quote(match.start(), match.end())),
                    place,
                    place + len(words),
                )
            )
    if not found and start:
        found = [
            Found(Principle(id="", title=_shortened(page.words(*span)), quote=page.text[slice(*span)]), *span)
            for span in page.within(start, end)
            if re.match(r"[^，。]{0,4}坚持", page.flat[span[0] : span[1]])
        ]
    return found


def _shortened(words: str) -> str:
    return re.split(r"[，。]", re.sub(r"^坚持", "", words))[0][:30]


def _pieces(page: Page, start: int, end: int) -> list[tuple[int, str]]:
    """Cut a list such as 坚持实事求是、客观公正、“谁主管谁负责”和群众参与 into its members."""
    flat = page.flat[start:end]
    lead = _LEAD.match(flat)
    start += lead.end() if lead else 0
    pieces: list[tuple[int, str]] = []
    begin = start
    for cut in [*_CUT.finditer(page.flat, start, end), None]:
        stop = cut.start() if cut else end
        words = page.text[begin:stop].strip(" “”\"'、，")
        words = re.sub(r"^(?:坚持|遵循|和|与|及)|(?:相结合)?的?(?:原则)?$", "", words).strip('“”" ')
        if 2 <= len(words) <= 24:
            pieces.append((page.text.find(words, begin), words))
        begin = cut.end() if cut else end
    # "谁主管、谁负责" is one maxim, not two.
    return _rejoined(pieces)


def _rejoined(pieces: list[tuple[int, str]]) -> list[tuple[int, str]]:
    joined: list[tuple[int, str]] = []
    for place, words in pieces:
        if joined and words.startswith("谁") and joined[-1][1].startswith("谁") and joined[-1][1].count("谁") == 1:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]}、{words}")
        else:
            joined.append((place, words))
    return joined


def read_maxims(page: Page, principles: list[Found[Principle]]) -> list[Found[str]]:
    """Return the maxims that the text appeals to outside its list of principles (§1.1–1.3)."""
    titles = "".join(one.value.title for one in principles)
    found: list[Found[str]] = []
    for match in _of_principle(page, 0, len(page.flat)):
        clause = match["list"]
        if not match.group().rstrip("，。；、\n").endswith("原则") or not re.search(
            r"坚持|遵循|按照|本着|贯彻|落实", clause
        ):
            continue
        inside = next((one for one in sections(page, Topic.PRINCIPLES) if one.start <= match.start() < one.end), None)
        if inside is not None and match.end() > inside.title_end + 1:
            continue
        pieces = _pieces(page, *match.span("list"))
        found += [Found(words, place, place + len(words)) for place, words in pieces if words not in titles]
    known = "".join(one.value for one in found)
    for match in _MAXIM.finditer(page.flat):
        words = page.text[match.start() : match.end()]
        if words not in known and words not in titles:
            found.append(Found(words, *match.span()))
            known += words
    seen: set[str] = set()
    return [one for one in found if not (one.value in seen or seen.add(one.value))]  # type: ignore[func-returns-value]


def read_requirements(page: Page) -> list[Found[str]]:
    """Return what the text asks of everybody, point by point (§5)."""
    found: list[Found[str]] = []
    for node in [*sections(page, Topic.REQUIREMENTS), *sections(page, Topic.ORGANIZATION)]:
        parts = items_below(node) or [node]
        for part in parts:
            begin = part.title_end if part is node else part.title_start
            words = page.text[begin : part.end].strip().replace("\n", "")
            if words and (part is not node or body_of(page, node)):
                start = node.start if part is parts[0] else part.start
                found.append(Found(words, start, part.end))
    return sorted(found, key=lambda one: one.start)
