"""The facts of a version's document against its plan as it stands, whoever wrote it last (§0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from pingyi.authoring.prose import FactState
from pingyi.authoring.prose.beside import said_beside
from pingyi.authoring.prose.draft import Item
from pingyi.authoring.prose.fact_kinds import Fact, FactKind
from pingyi.authoring.prose.facts import read_facts
from pingyi.authoring.prose.page import Page
from pingyi.rules.plan import Plan
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.intake import key_of

OPEN = frozenset(one.value for one in FactState if one is not FactState.HELD)
LONGEST = 40  # characters of a sentence that is shown beside its fact


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """What the document says and the plan does not: otherwise, or nowhere, each fact with its sentence."""

    otherwise: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()


def ledger_of(reference: str, plan: Plan) -> Ledger:
    """Compare the document of a version, named by its reference, with the plan."""
    row = PlanVersion.objects.filter(reference=reference).first()
    return ledger(row, plan) if row else Ledger()


def ledger(row: PlanVersion, plan: Plan) -> Ledger:
    """Compare a version's document with its plan; one that no document gave, or that amends another, has none.

    A fact that was read and is in no field any more was changed by a person: the plan now says otherwise. What an
    amendment changes has its reason already.
    """
    known = row.understood.get("facts")
    if not known or not row.source_text or row.amend_reason:
        return Ledger()
    page = Page(row.source_text)
    held = {(kind, start, end) for kind, start, end, state in known if state == FactState.HELD.value}
    unused = {page.sentence_at(start)[0] for start, _ in row.understood.get("uncovered", [])}
    aside = {start for _, start, _, _ in row.understood.get("aside", [])}
    otherwise, nowhere = list[str](), list[str]()
    for fact in read_facts(page, plan, items_of(row, plan)):
        start, end = page.sentence_at(fact.start)
        if fact.state is FactState.HELD or start in unused or fact.start in aside:
            continue
        if fact.state is FactState.WRONG or (fact.kind.value, fact.start, fact.end) in held:
            otherwise.append(_told(fact, page.text[start:end]))
        elif fact.state is FactState.UNREAD:
            nowhere.append(_told(fact, page.text[start:end]))
    return Ledger(otherwise=tuple(dict.fromkeys(otherwise)), nowhere=tuple(dict.fromkeys(nowhere)))


def beside(row: PlanVersion, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each thing that a preset chose what the document says of it, and no field holds or is doubted."""
    known = row.understood.get("facts") or []
    aside = {start for _, start, _, _ in row.understood.get("aside", [])}
    left = [(FactKind(kind), start, end) for kind, start, end, state in known if state in OPEN and start not in aside]
    page = Page(row.source_text) if row.source_text else None
    return {
        path: tuple(dict.fromkeys((*said_beside(path, left, page), *_doubted(row, path, page)))) if page else ()
        for path in paths
    }


def _doubted(row: PlanVersion, path: str, page: Page) -> Iterator[str]:
    """Yield the sentences about a choice that were doubted and are not answered: 公示7天 of the result."""
    for one in row.understood.get("doubts", []):
        if one["code"].startswith("preview.") and one["path"] == path and one["span"]:
            start, end = one["span"]["start"], one["span"]["end"]
            if not any(start <= at[1] < end and at[0] == path for at in row.understood.get("items", [])):
                yield page.text[start:end]


def items_of(row: PlanVersion, plan: Plan) -> list[Item]:
    """Return where in the document the plan's parts stand, by where they stand in the plan now."""
    paths = dict(_keys(plan))
    return [
        Item(path=paths[key], start=start, end=end, quote="", label="")
        for key, start, end in row.understood.get("items", [])
        if key in paths
    ]


def _keys(plan: Plan) -> Iterator[tuple[str, str]]:
    for entry in fields(plan):
        value = getattr(plan, entry.name)
        yield entry.name, entry.name
        if isinstance(value, tuple):
            yield from ((key_of(plan, path), path) for path in (f"{entry.name}[{at}]" for at in range(len(value))))


def _told(fact: Fact, sentence: str) -> str:
    return f"{fact.words}（{sentence if len(sentence) <= LONGEST else sentence[:LONGEST] + '…'}）"
