"""What a web page shows struck out, or does not show at all, is no text of it: it is kept apart with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pingyi.reader.left_out import LeftOut
from pingyi.reader.runs import DELETED, HIDDEN, STRUCK

_TAGS = (("s, strike", STRUCK), ("del", DELETED), ("[hidden]", HIDDEN))
_LOOKS = (
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE), STRUCK),
    (
        re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE),
        HIDDEN,
    ),
)
MARK = "data-taken-away"  # where another program goes on with the page: why this part of it is no text
_PERHAPS = re.compile(rf"<(?:s|strike|del)\b|\bhidden\b|line-through|display\s*:\s*none|mso-hide|{MARK}", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")  # for paper, for small screens: not this page
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MOST_RULES = 2000


def style_of(tree: LexborHTMLParser) -> str:
    """Return the page's own style sheets, as long as they stand in it."""
    return "\n".join(node.text(deep=True) for node in tree.css("style"))


def take_away(tree: LexborHTMLParser, style: str, left_out: LeftOut) -> None:
    """Remove from a page what is struck out, deleted or hidden, and keep its words."""
    for node, why in _outermost(tree, style):
        left_out.keep(why, re.sub(r"\s+", " ", node.text(deep=True)))
        if node.tag in {"td", "th"}:  # its place stays, or the next cell would stand under another head
            for child in list(node.iter(include_text=True)):
                child.remove()
        else:
            node.replace_with("")


def marked(source: str) -> str:
    """Return a page in which what is struck out, deleted or hidden bears why (MARK); most come back as they are."""
    if not _PERHAPS.search(source):
        return source
    tree = LexborHTMLParser(source)
    for node in tree.css(f"[{MARK}]"):
        del node.attrs[MARK]
    for node, why in _outermost(tree, style_of(tree)):
        node.attrs[MARK] = why
    return tree.html or ""


def _outermost(tree: LexborHTMLParser, style: str) -> list[tuple[LexborNode, str]]:
    found = {node.mem_id: (node, why) for node, why in _found(tree, style) if node.tag not in {"html", "body"}}
    return [(node, why) for node, why in found.values() if not any(one in found for one in _around(node))]


def _around(node: LexborNode) -> Iterator[int]:
    outer = node.parent
    while outer is not None:
        yield outer.mem_id
        outer = outer.parent


def _found(tree: LexborHTMLParser, style: str) -> Iterator[tuple[LexborNode, str]]:
    for tags, why in _TAGS:
        yield from ((node, why) for node in tree.css(tags))
    for node in tree.css("[style]"):
        why = _why(node.attributes.get("style") or "")
        if why:
            yield node, why
    for selector, why in _styled(style):
        try:
            yield from ((node, why) for node in tree.css(selector))
        except (SelectolaxError, ValueError):
            continue  # what this library does not know finds nothing


def _styled(style: str) -> Iterator[tuple[str, str]]:
    """Yield what a style sheet strikes out or hides; what holds under the mouse alone does not."""
    rules = _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", style)))
    for selectors, looks in rules[:_MOST_RULES]:
        why = _why(looks)
        yield from ((one.strip(), why) for one in selectors.split(",") if why and ":" not in one)


def _why(looks: str) -> str:
    return next((why for pattern, why in _LOOKS if pattern.search(looks)), "")
