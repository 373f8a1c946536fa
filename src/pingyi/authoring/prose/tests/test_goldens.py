"""Plan documents of many departments and styles, each with what must be understood of it.

After a wanted change, PINGYI_WRITE_GOLDENS=1 writes the expectations anew; read the difference before keeping it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from pingyi.authoring.prose import understand
from pingyi.authoring.prose.tests.summary import summarize

GOLDEN = Path(__file__).parent / "golden"
TEXTS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("name", TEXTS)
def test_a_plan_text_gives_exactly_what_its_golden_says(name: str) -> None:
    found = summarize(understand((GOLDEN / f"{name}.txt").read_text(encoding="utf-8"), name=name))
    expected = GOLDEN / f"{name}.expected.yaml"
    yaml = YAML()
    yaml.width = 160
    if os.environ.get("PINGYI_WRITE_GOLDENS"):
        with expected.open("w", encoding="utf-8") as file:
            yaml.dump(found, file)
    assert found == YAML(typ="safe").load(expected.read_text(encoding="utf-8"))


def test_there_are_ten_texts_or_more() -> None:
    assert len(TEXTS) >= 10
