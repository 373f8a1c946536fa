"""The record's signing key: a file outside the database, made on first use, read by its owner only."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from pingyi.record.log import log_name
from pingyi.rules.note import ED25519, Signature, VerifierKey
from pingyi.storage import files


def key_file() -> Path:
    """Return where the record's key lies: PINGYI_KEY_FILE, or `record-key` in the home folder."""
    return settings.PINGYI.key_file or Path(settings.PINGYI.home) / "record-key"


def verifier() -> VerifierKey:
    """Return the public key under which checkpoints are to be checked; publish it (§5.4)."""
    return public_of(private(key_file(), name=log_name()), name=log_name())


def public() -> VerifierKey | None:
    """Return the public key without making one; None where the key file is not there (an audit makes nothing)."""
    return verifier() if key_file().is_file() else None


def sign(text: str) -> Signature:
    """Return the record's signature line under a checkpoint's text."""
    key = private(key_file(), name=log_name())
    return Signature(log_name(), public_of(key, name=log_name()).id, key.sign(text.encode()))


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
