"""Signed notes and checkpoints as text (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

ED25519 = b"\x01"
COSIGNATURE = b"\x04"
DASH = "— "

# Checks one Ed25519 signature: public key, signature, message.
Check = Callable[[bytes, bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name, as text `name+id+key`."""

    name: str
    algorithm: bytes
    public: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes by which signature lines name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.algorithm + self.public).digest()[:4]

    def __str__(self) -> str:
        """Return the key as text."""
        return f"{self.name}+{self.id.hex()}+{_encode(self.algorithm + self.public)}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: bytes
    octets: bytes

    def __str__(self) -> str:
        """Return the line."""
        return f"{DASH}{self.name} {_encode(self.key_id + self.octets)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """Return the note."""
        return self.text + "\n" + "".join(str(line) for line in self.signatures)


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: whose tree, how many entries, which root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        """Return the text to be signed."""
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"


def read_key(text: str) -> VerifierKey:
    """Return the key behind a `name+id+key` text; raise ValueError where the id is not the key's."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise ValueError("a verifier key reads name+id+key")
    name, key_id, octets = parts[0], parts[1], _decode(parts[2])
    key = VerifierKey(name, octets[:1], octets[1:])
    if not _is_name(name) or key.id.hex() != key_id or octets[:1] not in {ED25519, COSIGNATURE} or len(octets) != 33:
        raise ValueError("this is not a verifier key, or a letter of it was changed")
    return key


def read_note(text: str) -> Note:
    """Return the parts of a note; raise ValueError where it is none."""
    body, separator, lines = text.rpartition("\n\n")
    if not separator or not lines.endswith("\n") or any(ord(char) < 0x20 and char != "\n" for char in text):
        raise ValueError("this is not a signed note: a text, an empty line, signature lines")
    return Note(body + "\n", tuple(read_signature(line) for line in lines[:-1].split("\n")))


def read_signature(line: str) -> Signature:
    """Return one signature line's parts."""
    name, space, octets = line.removeprefix(DASH).rstrip("\n").partition(" ")
    signature = _decode(octets)
    if not line.startswith(DASH) or not space or not _is_name(name) or len(signature) < 5:
        raise ValueError("this is not a signature line")
    return Signature(name, signature[:4], signature[4:])


def verified(note: Note, keys: Iterable[VerifierKey], check: Check) -> list[VerifierKey]:
    """Return the known keys that signed; unknown lines are passed over, a known key's bad line raises ValueError."""
    known = {(key.name, key.id): key for key in keys}
    good: list[VerifierKey] = []
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is None or key in good:
            continue
        if not signs(key, line, note.text, check):
            raise ValueError(f"the signature of {line.name} does not fit the text")
        good.append(key)
    return good


def signs(key: VerifierKey, line: Signature, text: str, check: Check) -> bool:
    """Whether this line is this key's signature under the text."""
    if key.algorithm == ED25519:
        return check(key.public, line.octets, text.encode())
    seconds, octets = line.octets[:8], line.octets[8:]
    return len(seconds) == 8 and check(key.public, octets, cosigned(text, int.from_bytes(seconds, "big")))


def cosigned(text: str, seconds: int) -> bytes:
    """Return what a witness signs: the checkpoint, and when it saw it."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def read_head(text: str) -> Head:
    """Return what a checkpoint's text says; raise ValueError where it is none."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not lines[0]:
        raise ValueError("this is not a checkpoint: origin, size, root")
    origin, size, root = lines[0], lines[1], _decode(lines[2])
    if not size.isascii() or not size.isdigit() or str(int(size)) != size or len(root) != 32:
        raise ValueError("the checkpoint's size or root is misspelled")
    return Head(origin, int(size), root)


def receipt(*, index: int, path: Iterable[bytes], checkpoint: str, extra: bytes = b"") -> str:
    """Return an entry's receipt (C2SP tlog-proof): its place, its path, the checkpoint; `extra` may be the entry."""
    said = [f"extra {_encode(extra)}"] if extra else []
    lines = ["c2sp.org/tlog-proof@v1", *said, f"index {index}", *(_encode(step) for step in path)]
    return "\n".join(lines) + "\n\n" + checkpoint


def read_receipt(text: str) -> tuple[int, list[bytes], str]:
    """Return a receipt's index, path and checkpoint; raise ValueError where it is none."""
    head, separator, checkpoint = text.partition("\n\n")
    first, *rest = head.split("\n")
    if first != "c2sp.org/tlog-proof@v1" or not separator:
        raise ValueError("this is not a receipt of the record")
    if rest and rest[0].startswith("extra "):
        rest = rest[1:]
    if not rest or not rest[0].startswith("index ") or not rest[0][6:].isdigit():
        raise ValueError("the receipt does not say which entry it is for")
    return int(rest[0][6:]), [_decode(line) for line in rest[1:]], checkpoint


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(char.isspace() for char in name)


def _encode(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("this is not base64 text") from error
