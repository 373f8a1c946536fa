"""Keyed digests: the same outside number is found again, and nobody can guess it from the row."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from functools import lru_cache

from django.conf import settings

from pingyi.record.references import ALPHABET

READING_SIGNS = 8
_SPACES = re.compile(r"[\s\-－—()（）]+")


def external_key(channel: str, number: str) -> str:
    """Return the key of an outside number within its channel; empty without one."""
    plain = plain_of(number)
    return _digest("external", f"{channel}:{plain}") if plain else ""


def plain_of(text: str) -> str:
    """Return a number or a name without the spaces and signs that people put into it."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _digest(use: str, text: str) -> str:
    return hmac.digest(_key(use, settings.SECRET_KEY), text.encode(), "sha256").hex()


@lru_cache(maxsize=8)
def _key(use: str, secret: str) -> bytes:
    """Return the key that Django's salted_hmac derives; an import asks for it with every row."""
    return hashlib.sha256(f"pingyi.cases.{use}{secret}".encode()).digest()


def once_key(channel: str, word: str) -> str:
    """Return the key under which a channel's system hands something in once, whatever the network does."""
    return _digest("once", f"{channel}:{word}")


def told_digest(told: str) -> str:
    """Return the digest by which the same words are known again after they are gone from the inbox."""
    return _digest("told", told)


def reading_word(reference: str) -> str:
    """Return the word that, typed behind a case's number, lets somebody see the case; derived, so kept nowhere."""
    number = int(_digest("reading", reference), 16)
    letters = []
    for _ in range(READING_SIGNS):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def code_digest(code: str) -> str:
    """Return the digest under which the code inside a sealed receipt is kept; the code itself is kept nowhere."""
    return _digest("sealed", code)


def secret_digest(secret: str) -> str:
    """Return the digest under which a channel's key is kept; the key itself has 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
