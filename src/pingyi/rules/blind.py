"""Blind signatures for remote voters (RFC 9474, RSABSSA-SHA384-PSS): an issuer signs a token without seeing it (§4.3c).

The issuer learns who got one token, never which token was spent; anyone can verify a token as an ordinary RSASSA-PSS
signature. Here is what the voter's side and a verifier do; the issuer's private operation belongs in a signer of its
own. Chance (prefix, salt, blind) is an argument, so that published vectors can be followed.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from pingyi.rules.refused import Refused

HASH = "sha384"
HASH_BYTES = 48
SALT_BYTES = 48
PREFIX_BYTES = 32
TRAILER = b"\xbc"


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicKey:
    """An issuer's public key."""

    modulus: int
    exponent: int

    @property
    def octets(self) -> int:
        """The length of the modulus and of every signature, in bytes."""
        return (self.modulus.bit_length() + 7) // 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Blinded:
    """What is sent to the issuer, and what the voter keeps to undo the blinding."""

    message: bytes
    inverse: int


def prepare(message: bytes, *, prefix: bytes) -> bytes:
    """Return the message behind 32 random bytes, so that two alike differ."""
    if len(prefix) != PREFIX_BYTES:
        raise Refused("token.wrong_length", field="prefix")
    return prefix + message


def blind(key: PublicKey, prepared: bytes, *, salt: bytes, factor: int) -> Blinded:
    """Hide a prepared message behind a random factor for the issuer to sign."""
    encoded = int.from_bytes(_encode(prepared, salt=salt, bits=key.modulus.bit_length() - 1), "big")
    try:
        inverse = pow(factor, -1, key.modulus)
    except ValueError:
        raise Refused("token.factor_unfit") from None
    hidden = encoded * pow(factor, key.exponent, key.modulus) % key.modulus
    return Blinded(message=hidden.to_bytes(key.octets, "big"), inverse=inverse)


def finalize(key: PublicKey, prepared: bytes, *, signed: bytes, inverse: int) -> bytes:
    """Undo the blinding of the issuer's answer; an answer that does not verify is refused."""
    if len(signed) != key.octets:
        raise Refused("token.wrong_length", field="signed")
    signature = (int.from_bytes(signed, "big") * inverse % key.modulus).to_bytes(key.octets, "big")
    if not is_valid(key, prepared, signature=signature):
        raise Refused("token.not_signed")
    return signature


def is_valid(key: PublicKey, prepared: bytes, *, signature: bytes) -> bool:
    """Whether this is the issuer's signature of the prepared message (RFC 8017, RSASSA-PSS, salt of 48 bytes)."""
    number = int.from_bytes(signature, "big")
    if len(signature) != key.octets or number >= key.modulus:
        return False
    bits = key.modulus.bit_length() - 1
    opened = pow(number, key.exponent, key.modulus)
    length = (bits + 7) // 8
    return opened.bit_length() <= 8 * length and _encodes(opened.to_bytes(length, "big"), prepared, bits=bits)


def _encode(prepared: bytes, *, salt: bytes, bits: int) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, section 9.1.1."""
    if len(salt) != SALT_BYTES:
        raise Refused("token.wrong_length", field="salt")
    digest = _mixed(prepared, salt)
    block = b"\x01" + salt
    padded = block.rjust((bits + 7) // 8 - HASH_BYTES - 1, b"\x00")
    masked = _xor(padded, _mask(digest, len(padded)))
    return _clear(masked, bits) + digest + TRAILER


def _encodes(encoded: bytes, prepared: bytes, *, bits: int) -> bool:
    """EMSA-PSS-VERIFY of RFC 8017, section 9.1.2."""
    masked, digest = encoded[: -HASH_BYTES - 1], encoded[-HASH_BYTES - 1 : -1]
    if encoded[-1:] != TRAILER or _clear(masked, bits) != masked:
        return False
    padded = _clear(_xor(masked, _mask(digest, len(masked))), bits)
    salt = padded[-SALT_BYTES:]
    is_padded = padded[:-SALT_BYTES] == b"\x01".rjust(len(padded) - SALT_BYTES, b"\x00")
    return is_padded and hmac.compare_digest(_mixed(prepared, salt), digest)


def _mixed(prepared: bytes, salt: bytes) -> bytes:
    return hashlib.new(HASH, bytes(8) + hashlib.new(HASH, prepared).digest() + salt).digest()


def _mask(seed: bytes, length: int) -> bytes:
    """MGF1 of RFC 8017, appendix B.2.1."""
    blocks = range(-(-length // HASH_BYTES))
    return b"".join(hashlib.new(HASH, seed + block.to_bytes(4, "big")).digest() for block in blocks)[:length]


def _clear(octets: bytes, bits: int) -> bytes:
    """Set the bits beyond the encoding's length to zero."""
    beyond = -bits % 8
    return bytes([octets[0] & (0xFF >> beyond)]) + octets[1:]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
