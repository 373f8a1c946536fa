"""What a column is, by its cells: the first below its head among them, and nearly all of the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

T = TypeVar("T")
SAMPLED: Final = 200  # rows by which a column is judged
MOST: Final = 0.8  # share of the filled cells from which they say what their column is
ANY_YEAR: Final = 2000  # of a day without a year: any will do to know that it is a day
UNIT: Final = re.compile(r".(局|处|科|室|队|中心|所|站|股|办)$")  # of a section, where no list of sections is at hand


def are(filled: Sequence[T], test: Callable[[T], bool]) -> bool:
    """Whether a column's filled cells are what a test says; below a title stands the head itself, so the first is."""
    return bool(filled) and test(filled[0]) and sum(map(test, filled)) >= MOST * len(filled)
