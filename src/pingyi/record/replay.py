"""Every recorded row against its latest entry: what was changed, lost or put there past the record (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import models

from pingyi.record import facts
from pingyi.record.faults import Fault, fault
from pingyi.record.models import Entry, Recorded, recorded_models
from pingyi.rules import entry as entries

CHUNK = 500  # rows and their entries in one query, below SQLite's limit of parameters


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
        for row in Entry.objects.order_by("pk").iterator(chunk_size=2_000):
            self.count += 1
            said = _said(row)
            if said is None:
                self.faults.append(fault("entry.altered", leaf=row.leaf, subject=row.subject))
            if row.version is not None:
                self._follow(row, said)

    def _follow(self, row: Entry, said: dict[str, Any] | None) -> None:
        version = row.version or 0
        before = self.last.get(row.subject, Last(0, "", ""))
        for lost in range(before.version + 1, version):
            self.faults.append(fault("entry.missing", subject=row.subject, version=lost))
        if version <= before.version or (
            said and version == before.version + 1 and said.get("prev", "") != before.leaf
        ):
            self.faults.append(fault("entry.unlinked", subject=row.subject, version=version))
        self.last[row.subject] = Last(version, row.leaf, row.verb)


def rows(chains: Chains, kinds: Sequence[type[Recorded]] | None = None) -> Iterator[Fault]:
    """Yield what is wrong with the rows of these models, of all installed rooms by default."""
    seen: set[str] = set()
    named = recorded_models() if kinds is None else kinds
    for model in named:
        for row, said in _with_entries(model, chains):
            seen.add(row.subject)
            yield from _judge(row, said, chains.last.get(row.subject))
    known = {model.entry_kind() for model in named}
    for subject, last in chains.last.items():
        if subject not in seen and subject.partition("/")[0] in known:
            yield fault("row.missing", subject=subject, verb=last.verb)


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
        yield from _sealed(row, said["commit"], last.verb)


def _shown(row: Recorded, public: dict[str, Any], verb: str) -> Iterator[Fault]:
    found = facts.shown(row)
    for name in sorted(found.keys() | public.keys()):
        if found.get(name) != public.get(name):
            facts_of = {"subject": row.subject, "field": name, "verb": verb}
            yield fault("row.changed", recorded=public.get(name), found=found.get(name), **facts_of)


def _sealed(row: Recorded, commit: dict[str, str], verb: str) -> Iterator[Fault]:
    for name in row.sealed:
        if not _fits(row, name, commit.get(name)):
            yield fault("row.sealed", subject=row.subject, field=name, verb=verb)


def _fits(row: Recorded, name: str, committed: str | None) -> bool:
    if committed is None:  # erased: value and salt must both be gone
        return name not in row.salts and not facts.value_of(row, name)
    try:
        return facts.commitments({name: facts.value_of(row, name)}, {name: row.salts[name]})[name] == committed
    except (KeyError, ValueError, TypeError):
        return False


def _with_entries(model: type[Recorded], chains: Chains) -> Iterator[tuple[Recorded, dict[str, Any] | None]]:
    """Yield each row with what its subject's latest entry says, in a few statements for many rows."""
    links = [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    found = model._default_manager.select_related(*links).order_by("pk").iterator(chunk_size=CHUNK)
    while part := list(islice(found, CHUNK)):
        leaves = [chains.last[row.subject].leaf for row in part if row.subject in chains.last]
        said = {entry.subject: _said(entry) for entry in Entry.objects.filter(leaf__in=leaves)}
        yield from ((row, said.get(row.subject)) for row in part)


def _said(row: Entry) -> dict[str, Any] | None:
    """Return an entry's fields, None where its bytes, its hash or its columns were altered."""
    body = row.body.encode()
    try:
        said = entries.read(body)
    except ValueError:
        return None
    columns = (row.verb, row.subject, row.version, row.at)
    told = (said.get("kind"), said.get("subject"), said.get("version"), said.get("at"))
    return said if columns == told and entries.leaf_hash(body).hex() == row.leaf else None
