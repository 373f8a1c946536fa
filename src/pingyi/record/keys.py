"""The record's signing key: a file outside the database, made on first use; or a signer's own, asked over a socket."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from pingyi.record.log import log_name
from pingyi.rules.note import ED25519, Signature, VerifierKey, read_head, read_key, read_signature, signs
from pingyi.rules.refused import Refused
from pingyi.rules.witness import request
from pingyi.storage import files

PATIENCE = 10.0  # seconds for an answer of the signer


def key_file() -> Path:
    """Return where the record's key lies: PINGYI_KEY_FILE, or `record-key` in the home folder."""
    return settings.PINGYI.key_file or Path(settings.PINGYI.home) / "record-key"


def are_kept_apart() -> bool:
    """Whether a signer of its own has the key (`pingyi sign`), so that this site cannot sign what it likes."""
    return settings.PINGYI.signer is not None


def verifier() -> VerifierKey:
    """Return the public key under which checkpoints are to be checked; publish it (§5.4)."""
    if (kept := _kept_public()) is not None:
        return kept
    if not are_kept_apart():
        return public_of(_own(), name=log_name())
    told = read_key(_ask("key"))
    if told.name != log_name():
        raise Refused("signer.other_name", name=log_name(), found=told.name)
    files.put_first(_public_file(), f"{told}\n".encode())
    return told


def public() -> VerifierKey | None:
    """Return the public key without making one; None where no key is there (an audit makes nothing)."""
    if (kept := _kept_public()) is not None:
        return kept
    return public_of(_own(), name=log_name()) if key_file().is_file() else None


def sign(text: str) -> Signature:
    """Return the record's signature line under a text that is no checkpoint."""
    return _by_signer(text, "text", text) if are_kept_apart() else _by_site(text)


def sign_checkpoint(text: str, *, path: Callable[[int], list[bytes]]) -> Signature:
    """Return the record's signature line under a checkpoint's text.

    `path` proves that it continues the one of a size: a signer apart signs nothing else.
    """
    if not are_kept_apart():
        return _by_site(text)
    old = int(_ask("size"))
    offered = read_head(text).size
    if old > offered:
        raise Refused("witness.rolled_back", size=old, offered=offered)
    return _by_signer(text, "checkpoint", request(old=old, path=path(old), checkpoint=text))


def check(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature fits."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def private(path: Path, *, name: str) -> Ed25519PrivateKey:
    """Return the key kept in a file; the first caller makes it, even when two start at once."""
    if not path.exists():
        _make(path, name)
    octets = base64.b64decode(path.read_text(encoding="ascii").strip().split("+", 4)[4])
    return Ed25519PrivateKey.from_private_bytes(octets[1:])


def public_of(key: Ed25519PrivateKey, *, name: str, algorithm: bytes = ED25519) -> VerifierKey:
    """Return the public half under a name."""
    return VerifierKey(name, algorithm, key.public_key().public_bytes_raw())


def _make(path: Path, name: str) -> None:
    key = Ed25519PrivateKey.generate()
    octets = base64.b64encode(ED25519 + key.private_bytes_raw()).decode("ascii")
    line = f"PRIVATE+KEY+{name}+{public_of(key, name=name).id.hex()}+{octets}\n"
    files.put_first(path, line.encode("ascii"))  # where another process was first, its key stands


def signature(text: str, *, key: Ed25519PrivateKey, name: str) -> Signature:
    """Return the signature line of a key under a text."""
    return Signature(name, public_of(key, name=name).id, key.sign(text.encode()))


def _by_site(text: str) -> Signature:
    return signature(text, key=_own(), name=log_name())


def _by_signer(text: str, asked: str, body: str) -> Signature:
    line, key = read_signature(_ask(asked, body)), verifier()
    if (line.name, line.key_id) != (key.name, key.id) or not signs(key, line, text, check):
        raise Refused("signer.other_key", path=str(_public_file()))
    return line


def _own() -> Ed25519PrivateKey:
    if not key_file().exists() and _public_file().exists():
        raise Refused("signer.unnamed", path=str(_public_file()))
    return private(key_file(), name=log_name())


def _public_file() -> Path:
    """Where the public half of a signer's key is kept, so that all can be checked while the signer rests."""
    return Path(settings.PINGYI.home) / "record-key.pub"


def _kept_public() -> VerifierKey | None:
    path = _public_file()
    return read_key(path.read_text(encoding="utf-8")) if path.exists() else None


def _ask(asked: str, body: str = "") -> str:
    """Ask the signer, and return what it says; Refused with its reason, or where nobody answers."""
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(PATIENCE)
            door.connect(str(settings.PINGYI.signer))
            door.sendall(f"{asked}\n{body}".encode())
            door.shutdown(socket.SHUT_WR)
            told = b"".join(iter(lambda: door.recv(65_536), b"")).decode()
    except OSError as error:
        raise Refused("signer.silent", path=str(settings.PINGYI.signer)) from error
    outcome, _, said = told.partition("\n")
    if outcome == "refused":
        why = json.loads(said)
        raise Refused(why["code"], **why["facts"])
    if outcome != "ok":
        raise Refused("signer.silent", path=str(settings.PINGYI.signer))
    return said
