"""The one byte form of an entry of the record: canonical JSON, salted commitments, leaf hash (§5.4).

The form is fixed by docs/decisions/0002-entry-format.md: what is written once must be read alike for ever.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

FORMAT = "pingyi-entry/1"
LONGEST = 2**16 - 1  # an entry's bytes, so that it fits a C2SP entry bundle
BRIEF = 2_048  # a longer public value stands in the entry by its digest
LARGEST = 2**53 - 1  # RFC 8785 numbers are IEEE doubles; greater integers would be read differently elsewhere

_ENCODED = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

_LEAVES = frozenset({str, bool, type(None)})

Plain = Mapping[str, Any] | Sequence[Any] | str | int | bool | None


def canonical(value: Plain) -> bytes:
    """Return the RFC 8785 bytes of a value made of objects, lists, strings, whole numbers, booleans and null."""
    if type(value) is str:
        return _ENCODED(value).encode("utf-8")
    return _ENCODED(_ordered(value)).encode("utf-8")


def compose(
    *,
    log: str,
    kind: str,
    at: str,
    subject: str,
    member: str,
    role: str,
    public: Mapping[str, Any],
    commit: Mapping[str, str],
    version: int | None = None,
    prev: str = "",
    **rest: Plain,
) -> bytes:
    """Return an entry's bytes; `rest` may hold `erased`, `reason` and `nonce`; what is empty is left out."""
    unknown = rest.keys() - {"erased", "reason", "nonce"}
    if unknown:
        raise TypeError(f"an entry has no {sorted(unknown)}")
    entry: dict[str, Any] = {
        "v": FORMAT,
        "log": log,
        "kind": kind,
        "at": at,
        "subject": subject,
        "by": {"member": member, "role": role},
        "public": public,
        "commit": commit,
    }
    optional: dict[str, Any] = {"version": version, "prev": prev, **rest}
    entry.update({name: value for name, value in optional.items() if value})
    body = canonical(entry)
    if len(body) > LONGEST:
        raise ValueError("an entry is at most 65,535 bytes long")
    return body


def brief(value: Plain) -> Plain:
    """Return a public value, or the digest of its canonical bytes where they are more than an entry should carry."""
    if value is None or type(value) is bool or (type(value) is int and -LARGEST <= value <= LARGEST):
        return value
    if isinstance(value, str) and 6 * len(value) + 2 <= BRIEF:  # no character takes more than six bytes
        return value
    octets = canonical(value)
    if len(octets) <= BRIEF:
        return value
    return {"bytes": len(octets), "sha256": hashlib.sha256(octets).hexdigest()}


def read(body: bytes) -> dict[str, Any]:
    """Return an entry's fields; raise ValueError for bytes that are not one entry in its only form."""
    entry = json.loads(body)
    if not isinstance(entry, dict) or entry.get("v") != FORMAT or canonical(entry) != body:
        raise ValueError("not an entry in canonical form")
    return entry


def leaf_hash(body: bytes) -> bytes:
    """Return the entry's hash as a leaf of the tree (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x00" + body).digest()


def commitment(*, salt: bytes, name: str, value: Plain) -> str:
    """Return the salted commitment to one sealed field; without its 32-byte salt nobody can guess the value back."""
    if len(salt) != 32:
        raise ValueError("a salt has 32 bytes")
    octets = _named(name) + canonical(value) + b"}"
    digest = hmac.digest(salt, octets, "sha256")
    return base64.urlsafe_b64encode(digest)[:43].decode("ascii")  # 32 bytes and one "="


@lru_cache(maxsize=1024)
def _named(name: str) -> bytes:
    return b'{"name":' + canonical(name) + b',"value":'


def _ordered(value: Plain) -> Plain:
    """Return the value with the names of its objects in order, and nothing in it that other programs read otherwise."""
    if type(value) is str:  # most of what an entry holds
        return value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, Mapping):
        return {name: one if type(one := value[name]) in _LEAVES else _ordered(one) for name in _names(value)}
    if isinstance(value, (list, tuple)):
        return [_ordered(item) for item in value]
    raise TypeError(f"an entry cannot hold a {type(value).__name__}: write it as text or as a whole number")


def _number(value: int) -> int:
    if abs(value) > LARGEST:
        raise ValueError("a whole number beyond 2**53 is written as text")
    return int(value)


def _names(value: Mapping[str, Any]) -> list[str]:
    for name in value:
        if not isinstance(name, str):
            raise TypeError("the names in an object are text")
    if all(map(str.isascii, value)):
        return sorted(value)
    # RFC 8785 §3.2.3 sorts by UTF-16 code units, which differs from code points beyond the basic plane.
    return sorted(value, key=lambda name: name.encode("utf-16-be"))
