"""The facts of a text: what a plan can hold of it, and whether it does (§0).

A sentence that was used may still have lost a number on the way. Every fact is looked for in the items that its
sentence gave: in a field that may hold its kind it is held, in one that may not it was read wrongly, in titles alone it
is only kept in words, and else it is unread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from pingyi.authoring.places import value_at
from pingyi.authoring.prose.draft import Doubt, Item, Sentence, Span
from pingyi.authoring.prose.fact_fields import Leaf, holds, leaves, misreads, says
from pingyi.authoring.prose.fact_kinds import Fact, FactKind, FactState, Found, find_facts
from pingyi.authoring.prose.page import Page
from pingyi.rules.plan import Plan

_SUMS = frozenset({FactKind.PERCENT, FactKind.SCORE})
_LONGEST = 60  # characters of a sentence that is told


def read_facts(page: Page, plan: Plan, items: Iterable[Item]) -> tuple[Fact, ...]:
    """Return every fact of a text with what became of it."""
    known = sorted({(one.start, one.end, one.path) for one in items if one.end > one.start})
    held: dict[str, list[Leaf]] = {}
    facts: list[Fact] = []
    all_found = find_facts(page.flat)
    for found in all_found:
        start, end = page.sentence_at(found.start)
        paths = [path for first, last, path in known if first < end and start < last]
        for path in paths:
            if path not in held:
                held[path] = list(_leaves(plan, path))
        state, path = _judged(found, [(path, leaf) for path in paths for leaf in held[path]])
        words = page.text[found.start : found.end]
        facts.append(Fact(kind=found.kind, start=found.start, end=found.end, words=words, state=state, path=path))
    return tuple(_with_sums(page, all_found, facts))


def _with_sums(page: Page, found: list[Found], facts: list[Fact]) -> Iterator[Fact]:
    """Yield the facts; a share that is the sum of those behind it in its line is held by them: 40%：…20%、…20%."""
    for place, fact in enumerate(facts):
        if fact.kind not in _SUMS or fact.state not in {FactState.UNREAD, FactState.WORDS}:
            yield fact
            continue
        line = page.flat.find("\n", fact.end)
        total, path = Decimal(0), ""
        for one, other in zip(found[place + 1 :], facts[place + 1 :], strict=True):
            is_part = other.kind is fact.kind and other.state is FactState.HELD
            if not is_part or one.value is None or (0 <= line < one.start) or total == found[place].value:
                break
            total, path = total + one.value, path or other.path
        yield replace(fact, state=FactState.HELD, path=path) if path and total == found[place].value else fact


def _leaves(plan: Plan, path: str) -> Iterator[Leaf]:
    try:
        yield from leaves(value_at(plan, path), field=path.rpartition(".")[2].partition("[")[0])
    except LookupError:
        return


def _judged(found: Found, leaves: list[tuple[str, Leaf]]) -> tuple[FactState, str]:
    for state, test in ((FactState.HELD, holds), (FactState.WRONG, misreads), (FactState.WORDS, says)):
        path = next((path for path, leaf in leaves if test(leaf, found)), None)
        if path is not None:
            return state, path
    return FactState.UNREAD, ""


def half_read(page: Page, facts: Iterable[Fact], uncovered: Iterable[Sentence]) -> Iterator[Doubt]:
    """Say of each sentence that was used which of its facts were not, or went to a wrong field."""
    unused = {one.start for one in uncovered}
    open_facts = [one for one in facts if one.state in {FactState.WRONG, FactState.UNREAD}]
    for start, end in page.sentences:
        inside = [one for one in open_facts if start <= one.start < end] if start not in unused else []
        for state in (FactState.WRONG, FactState.UNREAD):
            written = list(dict.fromkeys(one.words for one in inside if one.state is state))
            if written:
                words = page.text[start:end]
                sentence = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
                told: dict[str, str | int] = {"written": "、".join(written), "sentence": sentence}
                yield Doubt(code=f"fact.{state.value}", facts=told, span=Span(start=start, end=end))


def coverage(facts: Iterable[Fact], *, sentences: int, uncovered: Iterable[Sentence]) -> dict[str, object]:
    """Return how much of a text is in the plan, in facts and in sentences."""
    facts = tuple(facts)
    states = Counter(one.state for one in facts)
    kinds = Counter(one.kind for one in facts)
    held = Counter(one.kind for one in facts if one.state is FactState.HELD)
    return {
        "facts": len(facts),
        **{state.value: states[state] for state in FactState},
        "sentences": sentences,
        "unused": sum(1 for _ in uncovered),
        "by_kind": {kind.value: {"facts": kinds[kind], "held": held[kind]} for kind in FactKind if kinds[kind]},
    }
