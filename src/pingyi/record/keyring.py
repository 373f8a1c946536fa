"""The keys under which personal data lie (个人密钥): in a folder of their own, never in the data's backup (§5.4).

One key of 32 bytes for each person, wrapped by the master key. Where a key is destroyed, what lies under it can be read
no more, in old backups neither; its name stays, so that "erased" is told from "lost". Marks, by which a telephone or
a name is found again, stand here too and not beside the data: who holds an old backup has nothing to try guesses on.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pingyi.record.keyring_file import (
    WIDTH,
    connection,
    derived,
    folder,
    is_here,
    master,
    master_for_writing,
    settle,
    writing,
)
from pingyi.rules.refused import Refused

NONCE = 12
NAME_BYTES = 16
GONE = bytes(NONCE + WIDTH + 16)  # what stands in place of a wrapped key that was destroyed


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The keys that are here, and the names of those that were destroyed; others are lost."""

    keys: Mapping[str, bytes]
    destroyed: frozenset[str]


def new_name() -> str:
    """Return the name of a key that is made when something is first written under it."""
    return secrets.token_urlsafe(NAME_BYTES)


def found(names: Iterable[str]) -> Found:
    """Return the keys of these names in one statement, however many they are."""
    wanted = [name for name in dict.fromkeys(names) if name]
    if not wanted or not is_here():
        return Found(keys={}, destroyed=frozenset())
    asked = "SELECT name, wrapped FROM keys WHERE name IN (SELECT value FROM json_each(?))"
    keys, gone = {}, set()
    unwrap = _Wrapping(master())
    for name, wrapped in connection().execute(asked, [json.dumps(wanted)]):
        if wrapped == GONE:
            gone.add(name)
        else:
            keys[name] = unwrap.opened(name, wrapped)
    return Found(keys=keys, destroyed=frozenset(gone))


def ready(names: Iterable[str]) -> Mapping[str, bytes]:
    """Return the keys of these names; those that are new are made, and lie on the disk before this returns."""
    wanted = list(dict.fromkeys(names))
    here = found(wanted)
    missing = [name for name in wanted if name not in here.keys]
    if here.destroyed:
        raise Refused("key.destroyed")
    if not missing:
        return here.keys
    wrapping = _Wrapping(master_for_writing())
    rows = [(name, wrapping.wrapped(name, secrets.token_bytes(WIDTH))) for name in missing]
    with writing() as opened:
        opened.executemany("INSERT OR IGNORE INTO keys (name, wrapped) VALUES (?, ?)", rows)
    return {**here.keys, **found(missing).keys}  # of two who made the same key at once, the first one's stands


def destroy(names: Collection[str]) -> bool:
    """Destroy keys and marks for good: what lies under them can be read by nobody any more, wherever a copy lies.

    Return whether it was done: where the keyring is not here, its keys are elsewhere, and it is to be done later.
    """
    if not is_here():
        return False
    asked = json.dumps(sorted(names))
    of_these = "IN (SELECT value FROM json_each(?))"
    with writing() as opened:
        opened.execute(f"DELETE FROM marks WHERE key IN (SELECT id FROM keys WHERE name {of_these})", [asked])  # noqa: S608
        opened.execute(f"UPDATE keys SET wrapped = ? WHERE name {of_these}", [GONE, asked])  # noqa: S608
        never_made = "INSERT OR IGNORE INTO keys (name, wrapped) SELECT value, ? FROM json_each(?)"
        opened.execute(never_made, [GONE, asked])
        # Marks come in no order, so the index was cut and joined again and again, and its pages keep what once stood in
        # them beside what stands there now; built anew, none holds a mark that is gone.
        opened.execute("REINDEX marked")
    settle()
    return True


def destroyed() -> list[str]:
    """Return the names of all keys that were destroyed: a backup that is older than that has their rows again."""
    if not is_here():
        return []
    return [name for (name,) in connection().execute("SELECT name FROM keys WHERE wrapped = ? ORDER BY id", [GONE])]


class _Wrapping:
    """Keys as they stand in the file: each under the master key, and good under its own name alone."""

    def __init__(self, master: bytes) -> None:
        self._cipher = AESGCM(derived(master, b"wrapping"))

    def wrapped(self, name: str, key: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, key, name.encode())

    def opened(self, name: str, wrapped: bytes) -> bytes:
        try:
            return self._cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], name.encode())
        except InvalidTag as fault:
            raise Refused("key.other_master", folder=str(folder())) from fault
