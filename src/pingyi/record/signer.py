"""The record's signer apart from the site: own user, own key, own memory of what it signed (§5.4).

Whoever rules the site's machine account then still cannot have a second history signed: a checkpoint is signed only if
it continues the last one that was. It speaks over a socket and needs neither the database nor the site's settings.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pingyi.record import keys
from pingyi.rules.note import Signature, VerifierKey
from pingyi.rules.refused import Refused
from pingyi.rules.witness import Seen, review_unsigned
from pingyi.storage import files

SEEN = "signer-seen.json"
MOST = 1_000_000  # octets of one request
PATIENCE = 10.0  # seconds for one request: a caller that says nothing must not keep the others waiting
OF_GROUP = 0o660  # the socket is for the signer's user and its group


@dataclass(frozen=True, kw_only=True)
class Signer:
    """The key of one record, in a folder that only the signer's user can read."""

    name: str
    folder: Path

    def key(self) -> VerifierKey:
        """Return the public key; publish it."""
        return keys.public_of(self._key(), name=self.name)

    def seen(self) -> Seen:
        """Return the last checkpoint that was signed."""
        path = self.folder / SEEN
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
        return Seen(kept["size"], bytes.fromhex(kept["root"])) if kept else Seen()

    def checkpoint(self, request: str) -> Signature:
        """Sign a checkpoint that continues the last one, or raise Refused; it is remembered on disk before signing."""
        head, text = review_unsigned(request, seen=self.seen(), name=self.name)
        files.put(self.folder / SEEN, json.dumps({"size": head.size, "root": head.root.hex()}).encode())
        return self._signed(text)

    def text(self, text: str) -> Signature:
        """Sign a text under a name of its own below the record's; nobody can take it for a checkpoint."""
        first = text.partition("\n")[0]
        if not first.startswith(f"{self.name}/"):
            raise Refused("signer.other_name", name=f"{self.name}/…", found=first)
        return self._signed(text)

    def _signed(self, text: str) -> Signature:
        return keys.signature(text, key=self._key(), name=self.name)

    def _key(self) -> Ed25519PrivateKey:
        return keys.private(self.folder / "record-key", name=self.name)


def answer(signer: Signer, request: str) -> str:
    """Return the answer to one request: a line `ok` or `refused`, then what was asked for, or why not."""
    asked, _, body = request.partition("\n")
    try:
        if asked == "key":
            return f"ok\n{signer.key()}"
        if asked == "size":
            return f"ok\n{signer.seen().size}"
        if asked == "checkpoint":
            return f"ok\n{signer.checkpoint(body)}"
        if asked == "text":
            return f"ok\n{signer.text(body)}"
        raise Refused("witness.malformed")
    except Refused as refused:
        return f"refused\n{json.dumps({'code': refused.code, 'facts': dict(refused.facts)}, default=str)}"


@contextlib.contextmanager
def opened(path: Path) -> Iterator[socket.socket]:
    """Listen at a path that the signer's user and group may reach, until the block ends."""
    with socket.socket(socket.AF_UNIX) as door:
        path.unlink(missing_ok=True)
        door.bind(str(path))
        path.chmod(OF_GROUP)
        door.listen()
        door.settimeout(1.0)
        yield door
    path.unlink(missing_ok=True)


def serve(signer: Signer, door: socket.socket, *, stop: threading.Event) -> None:
    """Answer one caller after the other until `stop` is set."""
    while not stop.is_set():
        with contextlib.suppress(OSError):  # nobody came, or the caller went away
            _one(signer, door)


def _one(signer: Signer, door: socket.socket) -> None:
    caller, _ = door.accept()
    with caller:
        caller.settimeout(PATIENCE)
        caller.sendall(answer(signer, received(caller)).encode())


def received(connection: socket.socket) -> str:
    """Return all that the other side says until it has ended, within the limit."""
    parts, size = [], 0
    while part := connection.recv(65_536):
        parts.append(part)
        size += len(part)
        if size > MOST:
            return ""
    return b"".join(parts).decode("utf-8", errors="replace")
