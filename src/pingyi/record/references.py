"""References of rows: random, short, and fit to be read over the telephone."""

from __future__ import annotations

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels and no look-alikes: read over the telephone, never a word
PAIRS = tuple(one + other for one in ALPHABET for other in ALPHABET)


def new_reference() -> str:
    """Return a random reference of 57 bits that says nothing about its row."""
    number = secrets.randbelow(len(PAIRS) ** 6)  # one draw, two letters a step: an import makes tens of thousands
    letters = []
    for _ in range(6):
        number, pair = divmod(number, len(PAIRS))
        letters.append(PAIRS[pair])
    return "".join(letters)
