"""What keeps programs from flooding the public pages, and never stops a person: at most one small sum more.

Counts are shared by all processes, by a keyed digest of the address; nothing about a visitor is written down.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from pingyi import limits
from pingyi.limits import Limit

SALT = "pingyi.cases.gate"
MINUTES = 10
MOST = {"tell": 10, "miss": 15}  # within those minutes from one address, before a sum is asked
SUM_FOR = 3600  # seconds for which a sum may be answered


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """A sum that a person does in passing; its numbers travel signed with the form."""

    first: int
    second: int

    @property
    def key(self) -> str:
        """The signed numbers."""
        return signing.dumps([self.first, self.second], salt=SALT)

    def is_answered_by(self, given: int | None) -> bool:
        """Whether the answer is right."""
        return given == self.first + self.second


def new_sum() -> Sum:
    """Return a sum of two small numbers."""
    return Sum(first=2 + secrets.randbelow(8), second=2 + secrets.randbelow(8))


def read_sum(key: str) -> Sum | None:
    """Return the sum that was asked; None for one that is too old or not ours."""
    try:
        first, second = signing.loads(key, salt=SALT, max_age=SUM_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Sum(first=first, second=second)


def count(request: HttpRequest, use: str) -> None:
    """Count one submission or one wrong code from this address."""
    _limit(use).count(limits.address_of(request))


def is_pressing(request: HttpRequest, use: str) -> bool:
    """Whether so much came from this address lately that the next one is asked a sum."""
    return _limit(use).is_reached(limits.address_of(request))


def let_pass(request: HttpRequest, code: str) -> None:
    """Remember in the session that this visitor knows this code, so that others' wrong ones do not hinder them."""
    request.session["followed"] = [*request.session.get("followed", []), _mark(code)][-20:]


def has_passed(request: HttpRequest, code: str) -> bool:
    """Whether this visitor typed this code rightly before."""
    return _mark(code) in request.session.get("followed", [])


def _mark(code: str) -> str:
    return salted_hmac(SALT, code, algorithm="sha256").hexdigest()[:16]


def _limit(use: str) -> Limit:
    return Limit(use=f"cases.{use}", most=MOST[use], seconds=MINUTES * 60)
