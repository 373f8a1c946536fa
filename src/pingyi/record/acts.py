"""One act: a change is permitted, saved and recorded in one transaction, or it did not happen (§5.4)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import models, transaction
from django.utils import timezone

from pingyi.record import batches, days, facts, reasons
from pingyi.record import rows as stored
from pingyi.record.log import log_name
from pingyi.record.models import Entry, Recorded, UnrecordedError, door
from pingyi.rules import entry as entries
from pingyi.rules import grounds, permissions
from pingyi.rules.actor import Actor
from pingyi.rules.days import SET_RIGHT
from pingyi.rules.grounds import SEALED
from pingyi.rules.refused import Refused

R = TypeVar("R", bound=Recorded)

BATCH = 2_000  # rows that are composed and written together, so that a great import holds few entries in memory

Follower = Callable[[Sequence[Any]], None]

_followers: dict[type[Recorded], list[Follower]] = {}
_current: ContextVar[Change | None] = ContextVar("current_act", default=None)


@contextmanager
def act(
    verb: str,
    *,
    by: Actor,
    at: datetime,
    ground: str = "",
    reason: str = "",
    to_the_hour: bool = False,
    is_inside: bool = False,
) -> Iterator[Change]:
    """Open an act; it commits with at least one entry or leaves nothing. An act inside an act joins it.

    `ground`, one of the verb's `rules.grounds`, stands in the entry for all to read; `reason`, in anybody's own words,
    is sealed beside it. `to_the_hour` keeps the hour beside the day. `is_inside` joins a transaction of others, and
    where the clock lies behind the entry is of the record's own day: what only binds a row never refuses.
    """
    outer = _current.get()
    with transaction.atomic(durable=outer is None and not is_inside, savepoint=not is_inside):
        day = days.not_behind(at) if is_inside else at
        change = Change(verb, by=by, at=day, ground=ground, reason=reason, to_the_hour=to_the_hour, is_inside=is_inside)
        token = _current.set(change)
        try:
            yield change
        finally:
            _current.reset(token)
        if not change.entries:
            raise Refused("nothing_changed", verb=verb)
    if outer is not None and not is_inside:  # what only binds a plain row is no change of the act around it
        outer.entries += change.entries


def moment() -> datetime | None:
    """Return when the act that is open takes place; None outside one."""
    change = _current.get()
    return None if change is None else change.at


def followed_by(model: type[Recorded], write: Follower) -> None:
    """Have rows of a model whose sealed values an act wrote or erased handed on within its transaction: search tables.

    Called once, from an AppConfig.ready.
    """
    if write not in _followers.setdefault(model, []):
        _followers[model].append(write)


class _Made(NamedTuple):
    """An entry's columns."""

    leaf: str
    body: str
    verb: str
    subject: str
    version: int | None
    at: str
    is_apart: bool


class Change:
    """What an act may do with rows: lock, save, erase, note."""

    def __init__(
        self, verb: str, *, by: Actor, at: datetime, ground: str, reason: str, to_the_hour: bool, is_inside: bool
    ) -> None:
        """Made by `act`."""
        self.verb = verb
        self.by = by
        self.at = at
        self.reason = reason.strip()
        self.ground = grounds.shown(verb, ground, has_words=bool(self.reason))
        self.entries = 0
        self.is_inside = is_inside
        self._day = timezone.localtime(at).strftime("%Y-%m-%dT%H" if to_the_hour else "%Y-%m-%d")
        self._frame = entries.Frame(
            log=log_name(), kind=verb, at=self._day, member=by.reference, role=by.role.value, reason=self.ground
        )
        self._is_free = permissions.may_to_any(by, verb)
        self._locked: dict[int, tuple[Recorded, dict[str, Any]]] = {}

    def lock(self, model: type[R], **key: object) -> R:
        """Return the one row with this key, locked until the act ends; ask whether the actor may do the verb to it."""
        row: R | None = model._default_manager.select_for_update(of=("self",)).filter(**key).first()
        if row is None:
            raise Refused("missing", verb=self.verb, kind=model.entry_kind())
        return self._take(row)

    def lock_all(self, rows: models.QuerySet[R]) -> list[R]:
        """Return the query's rows, locked in one statement, each permitted."""
        found = list(rows.select_for_update(of=("self",)).order_by("pk"))
        models.prefetch_related_objects(found, *_sealed_links(rows.model))
        return [self._take(row) for row in found]

    def save(self, row: R) -> R:
        """Insert a new row or update a locked one, with its entry."""
        return self.save_all([row])[0]

    def save_all(self, rows: Iterable[R]) -> list[R]:
        """Insert new and update locked rows of one model, with their entries; a batch takes a few statements."""
        ready = list(rows)
        if len({type(row) for row in ready}) > 1:
            raise TypeError("save_all takes rows of one model")
        models.prefetch_related_objects(ready, *_links(ready))
        for row in ready:
            self._permit(row)
        self._write(ready)
        return ready

    def erase(self, row: R, *fields: str) -> R:
        """Destroy sealed or private values and their salts for good; the entry says which fields.

        `rules.grounds.SEALED` among them destroys the words of every act on the row so far.
        """
        self._permit(row)
        if SEALED in fields:
            reasons.forget(row.subject)
        for name in set(fields) - {SEALED}:
            if name not in (*row.sealed, *row.private):
                raise ValueError(f"{row.entry_kind()}.{name} is shown in the record and cannot be erased")
            setattr(row, name, _empty(row._meta.get_field(name)))
        self._write([row], erased=fields)
        return row

    def note(self, subject: str | Recorded, **public: object) -> None:
        """Write an entry without a change of a row, such as the reading of an identity; `public` names no person."""
        row = subject if isinstance(subject, Recorded) else None
        permissions.require(self.by, self.verb, row.about() if row else {})
        said = {name: entries.brief(facts.plain(value)) for name, value in public.items()}
        salts = self._salts([subject])
        commit = entries.commitments({SEALED: self.reason}, {SEALED: salts[0]}) if salts else {}
        made = self._compose(
            subject=str(subject),
            public=entries.canonical_text(said),
            commit=entries.canonical_text(commit),
            prev=row.entry_hash if row else "",
            nonce=secrets.token_urlsafe(16),
            is_apart=row is not None and row.is_apart,
        )
        self._append([made], salts)

    def _take(self, row: R) -> R:
        permissions.require(self.by, self.verb, row.about())
        days.require_after_receipt(row, self.at)
        self._locked[id(row)] = (row, facts.held(row))
        return row

    def _permit(self, row: Recorded) -> None:
        if row._state.adding:
            if not self._is_free:
                permissions.require(self.by, self.verb, row.about())
        elif id(row) not in self._locked:
            raise UnrecordedError(f"{row.subject} was not locked in this act: take it with change.lock first")

    def _write(self, rows: list[R], erased: tuple[str, ...] = ()) -> None:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            before = [self._locked.get(id(row), (row, {}))[1] for row in batch]
            words = self._salts(batch)
            made = self._versions(batch, before, erased, words)
            for row, one in zip(batch, made, strict=True):
                row.entry_hash = one.leaf
            _store(batch)
            self._append(made, words)
            changed = [row for row, was in zip(batch, before, strict=True) if was != self._locked[id(row)][1]]
            for write in _followers.get(type(rows[0]), ()) if changed else ():
                write(changed)

    def _versions(
        self, rows: list[R], before: list[dict[str, Any]], erased: tuple[str, ...], words: list[bytes]
    ) -> list[_Made]:
        """Renew the salts of what changed and step each row's version on; return the entries."""
        sealed = batches.sealed(rows)
        renewed = [_changed(was, now) for was, now in zip(before, sealed, strict=True)]
        salts = batches.salted(rows, renewed)
        if erased:
            salts = [{name: salt for name, salt in one.items() if name not in erased} for one in salts]
        batches.keep_salts(rows, salts)
        for row, now in zip(rows, sealed, strict=True):
            self._locked[id(row)] = (row, now)
            row.version += 1
            row.stamp(at=self.at)
        if words:  # the words of the act are sealed in each of its entries, with a salt of their own
            sealed = [{**one, SEALED: self.reason} for one in sealed]
            salts = [{**one, SEALED: salt} for one, salt in zip(salts, words, strict=True)]
        halves = zip(rows, batches.shown_texts(rows), batches.commitments_texts(sealed, salts), strict=True)
        gone = sorted(erased)
        return [
            self._compose(
                subject=row.subject, is_apart=row.is_apart, public=public, commit=commit, version=row.version,
                prev=row.entry_hash, erased=gone,
            )
            for row, public, commit in halves
        ]  # fmt: skip

    def _compose(self, *, subject: str, version: int | None = None, is_apart: bool, **rest: Any) -> _Made:
        body = self._frame.body(subject=subject, version=version, **rest)
        return _Made(entries.leaf_hash(body).hex(), body.decode(), self.verb, subject, version, self._day, is_apart)

    def _salts(self, rows: Sequence[object]) -> list[bytes]:
        return [reasons.salt() for _ in rows] if self.reason else []

    def _append(self, made: list[_Made], words: Sequence[bytes]) -> None:
        if not self.entries and self.verb != SET_RIGHT and not self.is_inside:
            days.require_forward(self._day)
        keys = stored.insert_columns(Entry, dict(zip(_Made._fields, zip(*made, strict=True), strict=True)))
        if words:
            reasons.keep(keys, text=self.reason, salts=words)
        self.entries += len(made)


def _changed(was: dict[str, Any], now: dict[str, Any]) -> frozenset[str]:
    """The sealed fields that get a fresh salt."""
    return frozenset(name for name, value in now.items() if was.get(name) != value)


def _store(rows: list[R]) -> None:
    new = [row for row in rows if row._state.adding]
    old = [row for row in rows if not row._state.adding]
    with door():
        if new:
            stored.insert(new)
        if len(old) == 1:
            old[0].save(force_update=True)
        elif old:
            stored.update(old)


def _links(rows: list[R]) -> list[str]:
    """Foreign keys are judged and written by the other row; loading those together keeps the statements constant."""
    fields = rows[0]._meta.concrete_fields if rows else []
    links = [field for field in fields if isinstance(field, models.ForeignKey)]
    return [
        one.name
        for one in links
        if not all(one.name in row._state.fields_cache or getattr(row, one.attname) is None for row in rows)
    ]


def _sealed_links(model: type[Recorded]) -> list[str]:
    """The links that an entry commits to: what they say is held before a row changes."""
    return [name for name in model.sealed if isinstance(model._meta.get_field(name), models.ForeignKey)]


def _empty(field: Any) -> Any:
    if field.null:
        return None
    return field.get_default() if field.has_default() else field.to_python("")
