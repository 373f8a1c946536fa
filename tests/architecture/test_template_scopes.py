"""What a page asks once of the permission table holds in that block alone: Django forgets it where the block ends.

A button whose permission was asked in another block is never shown to anybody, and no page fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "src" / "pingyi"
PAGES = sorted(ROOT.rglob("templates/**/*.html"))
_EDGE = re.compile(r"{%\s*(block\s+\w+|endblock\b)[^%]*%}")
_ASKED = re.compile(r"{%\s*may\s[^%]*\bas\s+(\w+)\s*%}")
_TAG = re.compile(r"{%(?!\s*may\s)[^%]*%}|{{[^}]*}}|:\w+=\"[^\"]*\"")
_NAME = re.compile(r"(?<!\.)\b\w+")
_INCLUDED = re.compile(r"{%\s*include\s+\"([^\"]+)\"([^%]*)%}")


@dataclass(frozen=True)
class Page:
    """A template's text, and the innermost block of every place in it (0: outside all blocks)."""

    text: str

    def block(self, place: int) -> int:
        """Return where the innermost block around a place begins."""
        open_blocks = [0]
        for edge in _EDGE.finditer(self.text, 0, place):
            if edge[1].startswith("block"):
                open_blocks.append(edge.end())
            else:
                open_blocks.pop()
        return open_blocks[-1]

    def asks(self, name: str, *, before: int) -> bool:
        """Whether the name is asked before this place in the same block."""
        asked = (found for found in _ASKED.finditer(self.text, 0, before) if found[1] == name)
        return any(self.block(found.start()) == self.block(before) for found in asked)

    def unasked(self, names: set[str]) -> Iterator[tuple[int, str]]:
        """Yield every use of one of the names that nothing in its block asked: the place and the name."""
        for tag in _TAG.finditer(self.text):
            for name in sorted(names & set(_NAME.findall(tag[0]))):
                if not self.asks(name, before=tag.start()):
                    yield tag.start(), name


def lost(pages: dict[str, str]) -> list[str]:
    """Name the uses of a permission, in a page or in what it includes, that no question reaches."""
    names = {found[1] for text in pages.values() for found in _ASKED.finditer(text)}
    parts = {name: {used for _, used in Page(text).unasked(names)} for name, text in pages.items() if _is_part(text)}
    found = []
    for where, text in pages.items():
        page = Page(text)
        if where not in parts:
            found += [f"{where}:{text.count(chr(10), 0, place) + 1} {name}" for place, name in page.unasked(names)]
        for part in _INCLUDED.finditer(text):
            missing = parts.get(part[1], set()) - set(re.findall(r"(\w+)=", part[2]))
            if where not in parts:
                found += [f"{where} → {part[1]} {name}" for name in missing if not page.asks(name, before=part.start())]
    return found


def _is_part(text: str) -> bool:
    return "{% extends" not in text


def test_every_permission_is_asked_in_the_block_that_needs_it() -> None:
    assert lost({str(path).split("/templates/")[1]: path.read_text(encoding="utf-8") for path in PAGES}) == []


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('{% block lead %}{% may "a.b" as can_b %}{% if can_b %}x{% endif %}{% endblock %}', []),
        (
            '{% block a %}{% may "x.y" as can_b %}{% endblock %}{% block b %}{% if can_b %}x{% endif %}{% endblock %}',
            ["page.html:1 can_b"],
        ),
        (
            '{% block a %}{% may "x.y" as can_b %}{% endblock %}{% block b %}{% include "part.html" %}{% endblock %}',
            ["page.html → part.html can_b"],
        ),
        ('{% block main %}{% may "a.b" as can_b %}{% include "part.html" %}{% endblock %}', []),
        ('{% block main %}{% may "a.b" as can_x %}{% include "part.html" with can_b=can_x %}{% endblock %}', []),
    ],
)
def test_a_permission_that_does_not_reach_its_button_is_named(page: str, expected: list[str]) -> None:
    part = "{% if can_b %}x{% endif %}"
    assert lost({"page.html": "{% extends 'x' %}" + page, "part.html": part}) == expected


# Parts whose kind is a style, and the kind that needs none.
STYLED = {"notice": "note", "tag": "neutral"}


def unstyled(text: str) -> list[str]:
    """The kinds of notices and tags in a template that no style knows: such a part loses its colour and its sign."""
    styles = (ROOT / "web" / "static" / "web" / "parts.css").read_text(encoding="utf-8")
    used = re.findall(r'<c-(notice|tag)\s[^>]*?\bkind="([a-z]+)"', text)
    return [
        f"{part} {kind}" for part, kind in used if kind != STYLED[part] and not re.search(rf"\.{part}-{kind}\b", styles)
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_kind_of_a_notice_and_a_tag_has_its_style(path: Path) -> None:
    assert unstyled(path.read_text(encoding="utf-8")) == []


def test_a_kind_that_no_style_knows_is_found() -> None:
    assert unstyled('<c-notice kind="late" title="x"><c-tag kind="late">') == ["notice late"]
