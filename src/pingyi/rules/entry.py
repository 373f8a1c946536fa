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
from json.encoder import encode_basestring
from typing import Any

FORMAT = "pingyi-entry/1"
LONGEST = 2**16 - 1  # an entry's bytes, so that it fits a C2SP entry bundle
BRIEF = 2_048  # a longer public value stands in the entry by its digest
WIDTH = 32  # bytes of a salt and of a digest
LARGEST = 2**53 - 1  # RFC 8785 numbers are IEEE doubles; greater integers would be read differently elsewhere

_ENCODED = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

_LEAVES = frozenset({str, bool, type(None)})
_END = f',"v":"{FORMAT}"'

Plain = Mapping[str, Any] | Sequence[Any] | str | int | bool | None


def canonical(value: Plain) -> bytes:
    """Return the RFC 8785 bytes of a value made of objects, lists, strings, whole numbers, booleans and null."""
    return canonical_text(value).encode("utf-8")


def canonical_text(value: Plain) -> str:
    """Return the characters of a value's canonical bytes."""
    return encode_basestring(value) if type(value) is str else _ENCODED(_ordered(value))


class Frame:
    """What the entries of one act share, encoded once: an import composes tens of thousands of them."""

    def __init__(self, *, log: str, kind: str, at: str, member: str, role: str, reason: str = "") -> None:
        """Encode the shared parts; the names of an entry stand in the order of the alphabet (RFC 8785 §3.2.3)."""
        by = canonical_text({"member": member, "role": role})
        self._begin = f'{{"at":{canonical_text(at)},"by":{by},"commit":'
        self._kind = f',"kind":{canonical_text(kind)},"log":{canonical_text(log)}'
        self._reason = _part("reason", reason)

    def body(
        self,
        *,
        subject: str,
        public: str,
        commit: str,
        version: int | None = None,
        prev: str = "",
        erased: Sequence[str] = (),
        nonce: str = "",
    ) -> bytes:
        """Return an entry's bytes; `public` and `commit` are canonical text already, and what is empty is left out."""
        said = (
            f"{self._begin}{commit}{_part('erased', erased)}{self._kind}{_part('nonce', nonce)}{_part('prev', prev)}"
            f',"public":{public}{self._reason},"subject":{encode_basestring(subject)}{_END}'
            f"{_part('version', version)}}}"
        )
        body = said.encode("utf-8")
        if len(body) > LONGEST:
            raise ValueError("an entry is at most 65,535 bytes long")
        return body


def _part(name: str, value: Plain) -> str:
    return f',"{name}":{canonical_text(value)}' if value else ""


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
    reason: str = "",
    erased: Sequence[str] = (),
    nonce: str = "",
) -> bytes:
    """Return an entry's bytes; what is empty is left out."""
    frame = Frame(log=log, kind=kind, at=at, member=member, role=role, reason=reason)
    return frame.body(
        subject=subject, public=canonical_text(public), commit=canonical_text(commit), version=version, prev=prev,
        erased=erased, nonce=nonce,
    )  # fmt: skip


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
    return commitments({name: value}, {name: salt})[name]


def commitments(values: Mapping[str, Plain], salts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the commitments to those values that have a salt."""
    digests = [digest(salt, name, values[name]) for name, salt in salts.items()]
    return dict(zip(salts, texts(digests), strict=True))


def digest(salt: bytes, name: str, value: Plain) -> bytes:
    """Return the bytes of a commitment."""
    if len(salt) != WIDTH:
        raise ValueError("a salt has 32 bytes")
    return hmac.digest(salt, _named(name) + canonical_text(value).encode() + b"}", "sha256")


def texts(octets: Sequence[bytes]) -> list[str]:
    """Return strings of 32 bytes each in base64url without its "="; all are encoded in one call."""
    joined = base64.urlsafe_b64encode(b"".join([one + b"\0" for one in octets])).decode("ascii")
    return [joined[start : start + 43] for start in range(0, len(joined), 44)]  # 33 bytes are 44 letters


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
