"""Hears every refusal and fault of the product while tests run: is its sentence whole, and is there none unprovoked?

A code that only stands in a test's text proves nothing, and a refusal that no test provokes may be one that nobody can.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils import translation

from pingyi import words
from pingyi.record import faults
from pingyi.record.faults import Fault
from pingyi.rules.refused import Refused

PRODUCT = str(Path(words.__file__).parent)
BETWEEN = (faults.__file__, __file__)  # frames that only hand a code on
FOLDER = "PINGYI_REFUSALS"  # where each process writes what it heard, once it ends
BROKEN = re.compile(r"\{[\w.\[\]!]*\}|\bNone\b(?! of )|\bobject at 0x")

codes: dict[str, set[str]] = defaultdict(set)  # code → the first tests that provoke it
broken: list[str] = []
_judged: set[tuple[str, frozenset[str]]] = set()


def begin() -> None:
    """Listen from now on, in this process."""
    _wrap(Refused, _hear_refusal)
    _wrap(Fault, _hear_fault)


def _wrap(kind: type[Any], hear: Callable[[Any], None]) -> None:
    make = kind.__init__

    def made(self: Any, *told: Any, **facts: Any) -> None:
        make(self, *told, **facts)
        if _is_the_products():
            hear(self)

    kind.__init__ = made


def _is_the_products() -> bool:
    """Whether code of the product says no: what a test makes by hand provokes nothing."""
    frame = sys._getframe(2)
    while frame.f_code.co_filename in BETWEEN and frame.f_back is not None:
        frame = frame.f_back
    name = frame.f_code.co_filename
    return name.startswith(PRODUCT) and f"{os.sep}tests{os.sep}" not in name


def _hear_refusal(refused: Refused) -> None:
    _hear(refused.code, refused.facts, lambda: words.refusal(refused))


def _hear_fault(fault: Fault) -> None:
    _hear(f"fault {fault.code}", fault.facts, lambda: str(fault))


def _hear(code: str, facts: Any, say: Callable[[], str]) -> None:
    codes[code].add(os.environ.get("PYTEST_CURRENT_TEST", "").split(" ")[0])
    key = (code, frozenset(facts))
    if key not in _judged:
        _judged.add(key)
        broken.extend(f"{code} ({language}): {fault}" for language, fault in _faults(say))


def _faults(say: Callable[[], str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a sentence: a fact that is lacking, or one that is no word."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            try:
                said = say()
            except (LookupError, AttributeError, ValueError) as fault:
                yield language, f"cannot be said: {fault!r}"
                continue
        if BROKEN.search(said):
            yield language, said


def keep() -> None:
    """Write what this process heard, where a whole run asks for it."""
    folder = os.environ.get(FOLDER)
    if folder and codes:
        told = "".join(f"{code}\t{min(tests)}\n" for code, tests in sorted(codes.items()))
        Path(folder, f"{os.getpid()}.txt").write_text(told, encoding="utf-8")
