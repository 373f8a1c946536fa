"""Witnesses (见证): what one keeps and signs on its own machine, and how the record takes its lines in (§5.4)."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from pingyi.record import keys, replay
from pingyi.record.models import Checkpoint, Cosignature
from pingyi.rules.note import COSIGNATURE, Signature, VerifierKey, cosigned, read_key, read_note, read_signature, signs
from pingyi.rules.refused import Refused
from pingyi.rules.witness import Seen, read_days, review
from pingyi.storage import files

Entries = Callable[[int], Sequence[bytes]]

LATEST = 20  # a line that comes by courier may be for a checkpoint of last week


@dataclass(frozen=True, kw_only=True, slots=True)
class Witness:
    """One witness: its name, and the folder that only it can read, with its key and what it last signed."""

    name: str
    folder: Path

    def key(self) -> VerifierKey:
        """Return the public key, to be written into the record's list of witnesses."""
        return keys.public_of(keys.private(self._key_file(), name=self.name), name=self.name, algorithm=COSIGNATURE)

    def seen(self, origin: str) -> Seen:
        """Return the last checkpoint of this record that the witness signed."""
        path = self._state_file()
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return _read(kept[origin]) if origin in kept else Seen()

    def cosign(
        self, request: str, *, log: VerifierKey, seconds: int, entries: Entries | None = None, lets_pass: bool = False
    ) -> Signature:
        """Return the signature line for a request, or raise Refused; what was seen is kept on disk before signing.

        With `entries` (place → the bodies from there on) the days of what is new are read too, and must go forward.
        """
        with self._alone():
            seen = self.seen(log.name)
            head, note = review(request, seen=seen, key=log, check=keys.check)
            if entries is not None:
                since = Seen() if seen.edge is None else seen
                bodies = _all(entries, first=since.size, until=head.size)
                seen = read_days(bodies, seen=since, head=head, lets_pass=lets_pass)
            elif head.size != seen.size:
                seen = Seen(head.size, head.root, None)
            self._keep(log.name, seen)
        signature = keys.private(self._key_file(), name=self.name).sign(cosigned(note.text, seconds))
        return Signature(self.name, self.key().id, seconds.to_bytes(8, "big") + signature)

    def _key_file(self) -> Path:
        return self.folder / "witness-key"

    def _state_file(self) -> Path:
        return self.folder / "witness-seen.json"

    def _keep(self, origin: str, seen: Seen) -> None:
        path = self._state_file()
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        edge = None if seen.edge is None else [one.hex() for one in seen.edge]
        kept[origin] = {"size": seen.size, "root": seen.root.hex(), "edge": edge, "day": seen.day}
        files.put(path, json.dumps(kept).encode())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "witness-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _read(kept: dict[str, Any]) -> Seen:
    edge = kept.get("edge")
    subtrees = None if edge is None else tuple(bytes.fromhex(one) for one in edge)
    return Seen(kept["size"], bytes.fromhex(kept["root"]), subtrees, kept.get("day", ""))


def _all(entries: Entries, *, first: int, until: int) -> Iterator[bytes]:
    """Yield the entries up to a size, asking again for as long as some come."""
    while first < until and (part := entries(first)[: until - first]):
        yield from part
        first += len(part)


def known() -> list[VerifierKey]:
    """Return the witnesses that the record accepts: one key a line in `witnesses` in the home folder.

    A line that is no key is passed over, so that one witness's slip harms no other; `wrong_lines` tells of it.
    """
    return [key for _, key in _listed() if key is not None]


def wrong_lines() -> list[int]:
    """Return the numbers of the lines in the list of witnesses that are no key."""
    return [number for number, key in _listed() if key is None]


def _listed() -> Iterator[tuple[int, VerifierKey | None]]:
    path = Path(settings.PINGYI.home) / "witnesses"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, _key(line)


def _key(line: str) -> VerifierKey | None:
    try:
        return read_key(line.strip())
    except ValueError:
        return None


def fits(row: Cosignature, line: Signature, key: VerifierKey | None) -> bool:
    """Whether a stored line is the signature of its witness's key under its checkpoint."""
    if key is None or (line.name, line.key_id) != (key.name, key.id):
        return False
    return signs(key, line, read_note(row.checkpoint.note).text, keys.check)


def by_id() -> dict[tuple[str, bytes], VerifierKey]:
    """Return the keys of the known witnesses by the name and number that a line carries."""
    return {(one.name, one.id): one for one in known()}


def wrong_with(row: Cosignature, listed: Mapping[tuple[str, bytes], VerifierKey]) -> str:
    """Return what is wrong with a stored line, as the code of a fault; nothing where that witness signed this."""
    try:
        line = read_signature(row.line)
        if row.witness not in {name for name, _ in listed}:
            return "cosignature.unknown"
        return "" if fits(row, line, listed.get((row.witness, line.key_id))) else "cosignature.forged"
    except replay.UNREADABLE:
        return "cosignature.forged"


def shown(checkpoint: Checkpoint, *, keys: Collection[str] = ()) -> list[Cosignature]:
    """Return the lines under a checkpoint that are what they say: nobody is shown as a witness who did not sign.

    Where `keys` are given, only lines of those.
    """
    listed = {at: key for at, key in by_id().items() if not keys or str(key) in keys}
    return [row for row in checkpoint.cosignatures.order_by("witness") if not wrong_with(row, listed)]


def accept(text: str) -> list[Cosignature]:
    """Keep the lines of known witnesses that fit one of the latest checkpoints; refuse a text without any."""
    found = [one for line in text.splitlines() if line.strip() for one in _accept(line)]
    if not found:
        raise Refused("witness.unknown_line")
    return found


def _accept(line: str) -> Iterator[Cosignature]:
    try:
        signature = read_signature(line)
    except ValueError:
        return
    key = next((one for one in known() if (one.name, one.id) == (signature.name, signature.key_id)), None)
    for checkpoint in Checkpoint.objects.order_by("-size")[:LATEST] if key else []:
        if key and signs(key, signature, read_note(checkpoint.note).text, keys.check):
            yield _keep(checkpoint, signature)
            return


def _keep(checkpoint: Checkpoint, signature: Signature) -> Cosignature:
    with transaction.atomic():
        before = Cosignature.objects.filter(checkpoint=checkpoint, witness=signature.name).first()
        made = {"checkpoint": checkpoint, "witness": signature.name, "line": str(signature)}
        return before or Cosignature.objects.create(**made)
