"""What lies encrypted in a column or a file: under which key, and bound to its place (§5.4)."""

from __future__ import annotations

import base64
import secrets
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pingyi.record.keyring import NONCE
from pingyi.rules.refused import Refused

MARK = "pd1."  # a stored text that begins so is encrypted
OCTETS = b"\x00pd1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as it is stored: under which key, and what."""

    key_name: str
    octets: bytes

    @property
    def text(self) -> str:
        """As it stands in a column of text."""
        return f"{MARK}{self.key_name}.{base64.b64encode(self.octets).decode('ascii')}"

    @property
    def whole(self) -> bytes:
        """As it stands in a file or a column of bytes."""
        name = self.key_name.encode()
        return OCTETS + struct.pack("B", len(name)) + name + self.octets


def from_text(stored: str) -> Sealed:
    """Read what stands in a column of text."""
    name, _, rest = stored.removeprefix(MARK).partition(".")
    return Sealed(name, base64.b64decode(rest))


def from_whole(stored: bytes) -> Sealed | None:
    """Read what stands in a file or a column of bytes; None where it lies in clear."""
    if not stored.startswith(OCTETS):
        return None
    start = len(OCTETS) + 1
    end = start + stored[start - 1]
    return Sealed(stored[start:end].decode("ascii"), stored[end:])


def seal(octets: bytes, *, key_name: str, key: bytes, about: str) -> Sealed:
    """Encrypt something; `about` names row and field, so that it is good in its own place alone."""
    nonce = secrets.token_bytes(NONCE)
    return Sealed(key_name, nonce + AESGCM(key).encrypt(nonce, octets, about.encode()))


def opened(sealed: Sealed, *, key: bytes, about: str) -> bytes:
    """Decrypt something; what was altered or moved to another place is refused."""
    try:
        return AESGCM(key).decrypt(sealed.octets[:NONCE], sealed.octets[NONCE:], about.encode())
    except (InvalidTag, ValueError) as fault:
        raise Refused("key.altered") from fault
