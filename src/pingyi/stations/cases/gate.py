"""What keeps programs from flooding the public pages, and never stops a person: at most one small sum more.

Counts are shared by all processes, by a keyed digest of the address; nothing about a visitor is written down.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from pingyi import limits
from pingyi.limits import Limit, once
from pingyi.rules.refused import Refused

SALT = "pingyi.cases.gate"
MINUTES = 10
MOST = {"tell": 10, "miss": 15}  # within those minutes from one address, before a sum is asked
BUSY = frozenset({"inbox.full", "inbox.not_known"})  # nothing is wrong with what was sent; it comes too thick
RETRY_AFTER = 5  # seconds
SUM_FOR = 3600  # seconds for which a sum may be answered
USED = once("cases.sum", seconds=SUM_FOR + 600)  # longer than any page that asks it can be kept


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """A sum that a person does in passing; its numbers travel signed with the form, and let one thing through."""

    first: int
    second: int
    word: str = field(default_factory=lambda: secrets.token_urlsafe(9))  # which makes it this sum and no other
    was_asked: bool = False  # a sum that is asked now was not answered by what came before it

    @property
    def key(self) -> str:
        """The signed numbers."""
        return signing.dumps([self.first, self.second, self.word], salt=SALT)

    def is_answered_by(self, given: int | None) -> bool:
        """Whether the answer is right."""
        return self.was_asked and given == self.first + self.second


def new_sum() -> Sum:
    """Return a sum of two small numbers."""
    return Sum(first=2 + secrets.randbelow(8), second=2 + secrets.randbelow(8))


def read_sum(key: str) -> Sum | None:
    """Return the sum that was asked; None for one that is too old, not ours, or has let something through already."""
    try:
        first, second, word = signing.loads(key, salt=SALT, max_age=SUM_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return None if USED.is_reached(word) else Sum(first=first, second=second, word=word, was_asked=True)


def lets_pass(request: HttpRequest, use: str, answered: Sum | None) -> bool:
    """Count one; whether it goes on: with an answered sum that is spent by it, or while few came from this address."""
    is_few = _limit(use).take(limits.address_of(request))
    return is_few if answered is None else USED.take(answered.word)


def is_busy(refused: Refused) -> bool:
    """Whether the same may be sent again in a moment: the storm is too great now."""
    return refused.code in BUSY


def count(request: HttpRequest, use: str) -> None:
    """Count one wrong code from this address."""
    _limit(use).count(limits.address_of(request))


def spend(answered: Sum) -> bool:
    """Use up an answered sum; whether it was the first use."""
    return USED.take(answered.word)


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
