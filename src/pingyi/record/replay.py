"""Every recorded row against its latest entry: what was changed, lost or put there past the record (§5.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, models

from pingyi.record import facts, personal
from pingyi.record.ciphertext import Sealed
from pingyi.record.faults import Fault, fault
from pingyi.record.models import Entry, Recorded, recorded_models
from pingyi.rules import entry as entries

CHUNK = 500  # rows and their entries in one query, below SQLite's limit of parameters
# What reading a cell can end in that holds what its column never may: SQLite takes any value into any column.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    DatabaseError,
    LookupError,
    ObjectDoesNotExist,
    RecursionError,
    TypeError,
    ValidationError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Last:
    """The newest entry of one subject."""

    version: int
    leaf: str
    verb: str


class Chains:
    """The entries in the order in which they were written, subject by subject a chain."""

    def __init__(self) -> None:
        """Start before the first entry."""
        self.count = 0
        self.last: dict[str, Last] = {}
        self.faults: list[Fault] = []

    def read(self) -> None:
        """Follow every entry; collect what is altered, missing or out of line."""
        for row in each(Entry, Entry.objects.all(), lost=self._unreadable):
            self.count += 1
            said = _said(row)
            if said is None:
                self.faults.append(fault("entry.altered", leaf=row.leaf, subject=row.subject))
            if isinstance(row.version, int):  # SQLite takes a word there too; then the entry is called altered
                self._follow(row, row.version, said)

    def _unreadable(self, pk: int, why: Exception) -> None:
        self.count += 1
        self.faults.append(fault("entry.unreadable", number=pk, why=str(why)))

    def _follow(self, row: Entry, version: int, said: dict[str, Any] | None) -> None:
        before = self.last.get(row.subject, Last(0, "", ""))
        for lost in range(before.version + 1, version):
            self.faults.append(fault("entry.missing", subject=row.subject, version=lost))
        if version <= before.version or (
            said and version == before.version + 1 and said.get("prev", "") != before.leaf
        ):
            self.faults.append(fault("entry.unlinked", subject=row.subject, version=version))
        self.last[row.subject] = Last(version, row.leaf, row.verb)


def rows(chains: Chains, kinds: Sequence[type[Recorded]] | None = None) -> Iterator[Fault]:
    """Yield what is wrong with the rows of these models, of all installed rooms by default.

    A row that cannot be read is a fault of that row: whatever stands in a cell, the others are looked at.
    """
    seen: set[str] = set()
    closed: Counter[str] = Counter()
    named = recorded_models() if kinds is None else kinds
    there = tables()
    for model in named:
        if model._meta.db_table not in there:
            yield fault("table.missing", table=model._meta.db_table)
            continue
        yield from _of_model(model, chains, seen, closed)
    known = {model.entry_kind() for model in named if model._meta.db_table in there}
    for subject, last in chains.last.items():
        if subject not in seen and subject.partition("/")[0] in known:
            yield fault("row.missing", subject=subject, verb=last.verb)
    yield from (fault(code, count=count) for code, count in sorted((+closed).items()))


def tables() -> frozenset[str]:
    """Return the names of the tables that are there."""
    return frozenset(connection.introspection.table_names())


def _of_model(model: type[Recorded], chains: Chains, seen: set[str], closed: Counter[str]) -> Iterator[Fault]:
    unreadable: list[Fault] = []

    def lost(pk: int, why: Exception) -> None:
        subject = _subject(model, pk)
        seen.add(subject)
        unreadable.append(fault("row.unreadable", subject=subject, why=str(why)))

    for row, said in _with_entries(model, chains, closed, lost=lost):
        seen.add(row.subject)
        yield from _dangling(row) or _of_row(row, said, chains.last.get(row.subject))
    yield from unreadable


def _subject(model: type[Recorded], pk: int) -> str:
    """Read a row's reference by itself, so that one with a spoiled cell is not called missing; its number else."""
    try:
        return f"{model.entry_kind()}/{model._default_manager.filter(pk=pk).values_list('reference', flat=True)[0]}"
    except UNREADABLE:
        return f"{model.entry_kind()}/? ({pk})"


def _of_row(row: Recorded, said: dict[str, Any] | None, last: Last | None) -> list[Fault]:
    try:
        return list(_judge(row, said, last))
    except UNREADABLE as why:
        return [fault("row.unreadable", subject=row.subject, why=str(why))]


def _dangling(row: Recorded) -> list[Fault]:
    lost = [
        field
        for field in _links(type(row))
        if getattr(row, field.attname) is not None and row._state.fields_cache.get(field.name) is None
    ]
    return [
        fault("row.dangling", subject=row.subject, field=field.name, target=getattr(row, field.attname))
        for field in lost
    ]


def _judge(row: Recorded, said: dict[str, Any] | None, last: Last | None) -> Iterator[Fault]:
    if last is None:
        yield fault("row.unrecorded", subject=row.subject)
        return
    if row.version > last.version:
        for lost in range(last.version + 1, row.version + 1):
            yield fault("entry.missing", subject=row.subject, version=lost)
        return
    if (row.version, row.entry_hash) != (last.version, last.leaf):
        yield fault("row.version", subject=row.subject, verb=last.verb, recorded=last.version, found=row.version)
    if said is not None:
        yield from _shown(row, said["public"], last.verb)
        yield from _sealed(row, said, last.verb)


def _shown(row: Recorded, public: dict[str, Any], verb: str) -> Iterator[Fault]:
    found = facts.shown(row)
    public = {row.renamed.get(name, name): value for name, value in public.items()}
    once = [name for name in row.sealed if name in public]  # a former version showed it
    found |= {name: entries.brief(facts.value_of(row, name)) for name in once}
    for name in sorted(found.keys() | public.keys()):
        if found.get(name) != public.get(name):
            facts_of = {"subject": row.subject, "field": name, "verb": verb}
            yield fault("row.changed", recorded=public.get(name), found=found.get(name), **facts_of)


def _sealed(row: Recorded, said: dict[str, Any], verb: str) -> Iterator[Fault]:
    if type(row.__dict__.get("salts")) is Sealed:  # what stays closed is counted
        return
    commit, open_once = said["commit"], said["public"]  # a former version may have shown what is sealed now
    for name in row.sealed:
        is_closed = name in open_once or type(row.__dict__.get(name)) is Sealed
        if not is_closed and not _fits(row, name, commit.get(name)):
            yield fault("row.sealed", subject=row.subject, field=name, verb=verb)


def _fits(row: Recorded, name: str, committed: str | None) -> bool:
    if committed is None:  # erased: value and salt must both be gone
        return name not in row.salts and not facts.value_of(row, name)
    try:
        return facts.commitments({name: facts.value_of(row, name)}, {name: row.salts[name]})[name] == committed
    except (KeyError, ValueError, TypeError):
        return False


Lost = Callable[[int, Exception], None]


def _with_entries(
    model: type[Recorded], chains: Chains, closed: Counter[str], *, lost: Lost
) -> Iterator[tuple[Recorded, dict[str, Any] | None]]:
    """Yield each row with what its subject's latest entry says, in a few statements for many; count closed values."""
    # Links are fetched apart, not joined: a join leaves out a row whose link points nowhere.
    found = model._default_manager.prefetch_related(*(field.name for field in _links(model)))
    for part in parts(model, found, lost=lost):
        closed["key.misnamed"] += sum(not _dangling(row) and personal.is_misnamed(row) for row in part)
        closed.update({one.row.subject: one.code for one in personal.open_rows(part)}.values())
        leaves = [chains.last[row.subject].leaf for row in part if row.subject in chains.last]
        said = {entry.subject: _said(entry) for entry in readable(Entry.objects.filter(leaf__in=leaves))}
        yield from ((row, said.get(row.subject)) for row in part)


def _links(model: type[Recorded]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def each(model: type[models.Model], found: models.QuerySet[Any], *, lost: Lost) -> Iterator[Any]:
    """Yield a table's rows, and hand on to `lost` which of them cannot be read."""
    for part in parts(model, found, lost=lost):
        yield from part


def parts(model: type[models.Model], found: models.QuerySet[Any], *, lost: Lost) -> Iterator[list[Any]]:
    """Yield the rows by their numbers, many at once; where that fails one by one, and tell which cannot be read."""
    numbered = model._default_manager.order_by("pk").values_list("pk", flat=True)
    numbers = list(numbered[:CHUNK])
    while numbers:
        try:
            yield list(found.filter(pk__in=numbers).order_by("pk"))
        except UNREADABLE:
            yield list(_one_by_one(found, numbers, lost=lost))
        numbers = list(numbered.filter(pk__gt=numbers[-1])[:CHUNK])


def readable(found: models.QuerySet[Any]) -> list[Any]:
    """Return what can be read of these rows; the others were told of already."""
    try:
        return list(found)
    except UNREADABLE:
        return list(_one_by_one(found, list(found.values_list("pk", flat=True)), lost=lambda *_: None))


def _one_by_one(found: models.QuerySet[Any], numbers: Sequence[int], *, lost: Lost) -> Iterator[Any]:
    for number in numbers:
        try:
            yield found.get(pk=number)
        except UNREADABLE as why:
            lost(number, why)


def _said(row: Entry) -> dict[str, Any] | None:
    """Return an entry's fields, None where its bytes, its hash or its columns were altered."""
    try:
        body = row.body.encode()
        said = entries.read(body)
        columns = (row.verb, row.subject, row.version, row.at)
        told = (said.get("kind"), said.get("subject"), said.get("version"), said.get("at"))
        return said if columns == told and entries.leaf_hash(body).hex() == row.leaf else None
    except UNREADABLE:
        return None
