"""Lots that anyone can repeat: a code committed to beforehand, public randomness, positions by HKDF (§4.3a, §5.4).

The announcer publishes the pool, the sources of randomness with their date, and `commitment(secret)`; when the
randomness is out, the code is revealed and everybody computes the same lots. Taking one name from the pool does not
reshuffle the others. Draws of the older form (RFC 3797) are read, so that they can be checked; new ones are not made.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pingyi.rules.refused import Refused

LINKS = 10  # codes of one chain: the first draw and nine substitutes


@dataclass(frozen=True, kw_only=True, slots=True)
class Lot:
    """One label of the pool and where the draw put it; the lowest position is drawn first."""

    label: str
    position: bytes


def commitment(secret: bytes, *, links: int = LINKS) -> bytes:
    """Return what is published before the randomness exists: SHA-256 applied `links` times to the secret."""
    for _ in range(links):
        secret = hashlib.sha256(secret).digest()
    return secret


def code(secret: bytes, *, number: int = 1, links: int = LINKS) -> bytes:
    """Return the one-time code of the draw with this number, from 1: each draw goes one link further back."""
    if not 1 <= number <= links:
        raise Refused("draw.codes_used_up", links=links)
    return commitment(secret, links=links - number)


def opens(revealed: bytes, committed: bytes) -> bool:
    """Whether the revealed code is the one that was committed to, or follows the code revealed before."""
    return hmac.compare_digest(hashlib.sha256(revealed).digest(), committed)


def randomness(sources: Iterable[Iterable[int]]) -> str:
    """Return published numbers, such as those of a lottery, in the one form of RFC 3797, section 4."""
    return "".join("".join(f"{number}." for number in sorted(source)) + "/" for source in sources)


def lots(labels: Collection[str], *, code: bytes, randomness: str) -> list[Lot]:
    """Return the whole pool in the order of the draw (draft-thomson-elegy-vrs: HKDF-SHA-256 of each label)."""
    if len(set(labels)) < len(labels):
        raise Refused("draw.label_twice")
    key = hmac.digest(code, randomness.encode(), "sha256")
    found = [Lot(label=label, position=hmac.digest(key, label.encode() + b"\x01", "sha256")) for label in labels]
    return sorted(found, key=lambda lot: lot.position)


def drawn(
    labels: Collection[str], *, count: int, code: bytes, randomness: str, excluded: Collection[str] = ()
) -> list[str]:
    """Return the labels drawn first, passing over only those that were excluded beforehand (recusals)."""
    kept = [lot.label for lot in lots(labels, code=code, randomness=randomness) if lot.label not in excluded]
    if count > len(kept):
        raise Refused("draw.pool_too_small", count=count, pool=len(kept))
    return kept[:count]


def drawn_by_rfc3797(pool: Sequence[str], *, count: int, key: str) -> list[str]:
    """Return what a draw of RFC 3797 gave, to check an old one; MD5 only mixes there."""
    left, found = list(pool), []
    for number in range(count):
        mark = number.to_bytes(2, "big")
        mixed = hashlib.md5(mark + key.encode() + mark, usedforsecurity=False).digest()
        found.append(left.pop(int.from_bytes(mixed, "big") % len(left)))
    return found
