"""The tag of a component holds attributes alone: what a template says between them is printed as it stands.

The button then has no address and leads nowhere, and no page fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "src" / "pingyi"
PAGES = sorted(ROOT.rglob("templates/**/*.html"))
_COMPONENT = re.compile(r"<c-[\w.-]+")
_VALUE = re.compile(r"""(["'])(?:{%.*?%}|{{.*?}}|(?!\1).)*\1""", re.DOTALL)


def said_between_attributes(text: str) -> Iterator[str]:
    """Yield every component's tag in which the template says something outside an attribute's value."""
    for found in _COMPONENT.finditer(text):
        values = _VALUE.sub(lambda value: "_" * len(value[0]), text[found.end() :])
        tag = values.partition(">")[0]
        if "{%" in tag or "{{" in tag:
            yield text[found.start() : found.end() + len(tag) + 1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_nothing_is_said_between_the_attributes_of_a_component(page: Path) -> None:
    assert list(said_between_attributes(page.read_text(encoding="utf-8"))) == []


def test_a_condition_around_an_attribute_is_found_and_one_within_is_not() -> None:
    around = """<c-button {% if late %}kind="danger" {% endif %}href="/">Go</c-button>"""
    within = """<c-button kind="{% if late %}danger{% endif %}" href="{% url 'x' %}">{% translate "Go" %}</c-button>"""
    assert list(said_between_attributes(around + within)) == [around.partition(">")[0] + ">"]
