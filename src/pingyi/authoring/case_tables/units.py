"""One unit under two spellings: proposed from its code and from a name in brackets, never merged by itself."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

ALIKE = 0.75  # of two names with one code
BRACKETS = re.compile(r"\([^()]*\)$")


def unit_key(name: str) -> str:
    """Return the form in which names of units are compared: width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def same_units(units: Iterable[tuple[str, str]], *, counts: Mapping[str, int] | None = None) -> dict[str, str]:
    """Return spelling → the spelling that it is probably the same unit as, from pairs of name and code.

    Two spellings are one unit where their code is the same and the names are alike; or where one adds only brackets
    and no third adds others (城建办 with 坑梓 and with 龙田 in brackets are two units, and 城建办 alone is neither).
    """
    codes: dict[str, set[str]] = defaultdict(set)
    for name, code in units:
        if name:
            codes[name].add(code)
    by_base: dict[str, list[str]] = defaultdict(list)
    for name in codes:
        by_base[BRACKETS.sub("", unit_key(name))].append(name)
    proposed: dict[str, str] = {}
    for names in by_base.values():
        for group in _groups(names, codes):
            chosen = max(group, key=lambda name: ((counts or {}).get(name, 0), -len(name), name))
            proposed.update({name: chosen for name in group if name != chosen})
    _by_code(codes, proposed, counts or {})
    return proposed


def _groups(names: list[str], codes: Mapping[str, set[str]]) -> list[list[str]]:
    keys = {unit_key(name) for name in names}
    plain = [name for name in names if not BRACKETS.search(unit_key(name))]
    bracketed = {key for key in keys if BRACKETS.search(key)}
    if plain and len(bracketed) == 1:
        return [names]
    shared = [name for name in names if plain and codes[name] & codes[plain[0]] - {""} and len(codes[plain[0]]) == 1]
    same = defaultdict(list)
    for name in names:
        same[unit_key(name)].append(name)
    return [group for group in [shared, *same.values()] if len(group) > 1]


def _by_code(codes: Mapping[str, set[str]], proposed: dict[str, str], counts: Mapping[str, int]) -> None:
    by_code: dict[str, list[str]] = defaultdict(list)
    for name, mine in codes.items():
        if len(mine) == 1 and (code := next(iter(mine))):
            by_code[code].append(name)
    for names in by_code.values():
        chosen = max(names, key=lambda name: (counts.get(name, 0), -len(name), name))
        for name in names:
            is_alike = SequenceMatcher(None, unit_key(name), unit_key(chosen)).ratio() >= ALIKE
            if name != chosen and name not in proposed and chosen not in proposed and is_alike:
                proposed[name] = chosen
