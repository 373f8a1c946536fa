"""Marks, by which a telephone or a name is found again: digests in the keyring, gone with their person's key (§5.4)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from pingyi.record.keyring_file import connection, derived, is_here, master, master_for_writing, store, writing

KEPT = 16  # bytes of a digest

Marks = Mapping[str, Sequence[tuple[str, str]]]  # of a key: the kinds and plain words by which its person is found


def mark(marks: Marks) -> None:
    """Remember by what these keys' persons are found, in place of what was remembered before."""
    digest = _Marking(master_for_writing()).digest
    ids = _ids(marks)
    rows = [(key, kind, digest(kind, word)) for name, key in ids.items() for kind, word in marks[name] if word]
    with writing() as opened:
        opened.executemany("DELETE FROM marks WHERE key = ?", [(key,) for key in ids.values()])
        opened.executemany("INSERT INTO marks (key, kind, digest) VALUES (?, ?, ?)", rows)


def marked(kind: str, word: str, *, most: int) -> list[str]:
    """Return the names of the keys whose persons are found by a word, the newest first."""
    if not word or not is_here():
        return []
    asked = "SELECT name FROM keys WHERE id IN (SELECT key FROM marks WHERE kind = ? AND digest = ?) ORDER BY id DESC"
    digest = _Marking(master()).digest(kind, word)
    return [name for (name,) in connection().execute(f"{asked} LIMIT ?", [kind, digest, most])]


def marks_of(names: Iterable[str], kind: str) -> dict[str, str]:
    """Return the marks of one kind: who has the same is the same, and nothing else is told by it."""
    wanted = list(dict.fromkeys(names))
    if not wanted or not store().exists():
        return {}
    asked = (
        "SELECT name, digest FROM keys JOIN marks ON marks.key = keys.id"
        " WHERE kind = ? AND name IN (SELECT value FROM json_each(?))"
    )
    return dict(connection().execute(asked, [kind, json.dumps(wanted)]).fetchall())


def sharing(marks: Iterable[str], kind: str, *, most: int) -> list[str]:
    """Return the names of the keys with one of these marks of a kind, the newest first."""
    asked = "SELECT name FROM keys WHERE id IN (SELECT key FROM marks WHERE kind = ? AND digest = ?) ORDER BY id DESC"
    names = [connection().execute(f"{asked} LIMIT ?", [kind, one, most]) for one in dict.fromkeys(marks)]
    return [name for rows in names for (name,) in rows][:most]


def shared(marks: Iterable[str], kind: str) -> dict[str, list[str]]:
    """Return for each mark of a kind the names of all keys that have it."""
    asked = (
        "SELECT digest, name FROM marks JOIN keys ON keys.id = marks.key"
        " WHERE kind = ? AND digest IN (SELECT value FROM json_each(?))"
    )
    wanted = list(dict.fromkeys(marks))
    found_: dict[str, list[str]] = {one: [] for one in wanted}
    if wanted:
        for mark_, name in connection().execute(asked, [kind, json.dumps(wanted)]):
            found_[mark_].append(name)
    return found_


class _Marking:
    """Digests of words under a key of their own."""

    def __init__(self, key: bytes) -> None:
        self._start = HMAC(derived(key, b"marking"), SHA256())

    def digest(self, kind: str, word: str) -> str:
        one = self._start.copy()
        one.update(f"{kind}:{word}".encode())
        return base64.urlsafe_b64encode(one.finalize()[:KEPT]).rstrip(b"=").decode("ascii")


def _ids(names: Iterable[str]) -> dict[str, int]:
    asked = "SELECT name, id FROM keys WHERE name IN (SELECT value FROM json_each(?))"
    return dict(connection().execute(asked, [json.dumps(list(names))]).fetchall())
