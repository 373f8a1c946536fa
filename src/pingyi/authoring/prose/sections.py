"""Which headings hold which part of the plan."""

from __future__ import annotations

import re

from pingyi.authoring.prose.marks import INLINE_ONLY
from pingyi.authoring.prose.outline import Node
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.topics import Topic, topics_of

_CLOSED = {
    Topic.SUBJECT: {Topic.REQUIREMENTS, Topic.ORGANIZATION, Topic.PHASES},
    Topic.CRITERIA: {Topic.REQUIREMENTS, Topic.ORGANIZATION, Topic.PHASES},
    Topic.PRINCIPLES: {Topic.REQUIREMENTS, Topic.PHASES},
    Topic.PREAMBLE: {Topic.REQUIREMENTS, Topic.PHASES, Topic.CRITERIA},
    Topic.PHASES: {Topic.REQUIREMENTS},
    Topic.REQUIREMENTS: {Topic.PHASES, Topic.CRITERIA, Topic.PRINCIPLES, Topic.PREAMBLE},
    Topic.ORGANIZATION: {Topic.PHASES, Topic.CRITERIA},
}
_SPLIT = re.compile(r"[。；\n]")


def own_topics(node: Node) -> tuple[Topic, ...]:
    """Return what a node's title announces; items inside a sentence announce nothing."""
    return () if node.style in INLINE_ONLY else topics_of(node.title)


def sections(page: Page, topic: Topic) -> list[Node]:
    """Return the outermost nodes that hold a part of the plan, or their children where one names several."""
    if topic not in page.sections:
        page.sections[topic] = list(_sections(page, topic).values())
    return page.sections[topic]


def _sections(page: Page, topic: Topic) -> dict[int, Node]:
    found: dict[int, Node] = {}
    for node in page.nodes:
        topics = own_topics(node)
        if topic not in topics or _is_closed(node, topic):
            continue
        above = next((outer for outer in node.ancestors() if outer.start in found and outer.parent is not None), None)
        if above is None:
            found[node.start] = node
        elif len(own_topics(above)) > 1 and topics[0] is topic and topic is not Topic.PHASES:
            del found[above.start]
            found[node.start] = node
    return found


def _is_closed(node: Node, topic: Topic) -> bool:
    """A heading "评议重点" inside the requirements is advice, not a list of criteria."""
    closed = _CLOSED.get(topic, set())
    for outer in list(node.ancestors())[1:]:
        topics = own_topics(outer)
        if topics and topics[0] in closed and topic not in topics:
            return True
    own = own_topics(node)
    return (
        topic in {Topic.REQUIREMENTS, Topic.METHODS, Topic.PREAMBLE}
        and own[0] is not topic
        and own[0] is not Topic.METHODS
    )


def items_below(node: Node) -> list[Node]:
    """Return the numbered items of a section, one level deep; a single wrapping level is passed through."""
    children = node.children
    while len(children) == 1 and len(children[0].children) > 1:
        children = children[0].children
    return children


def body_of(page: Page, node: Node) -> str:
    """Return a node's text after its title, on one line."""
    return page.words(node.title_end, node.end).replace("\n", "")
