"""By what the one who raised a case is found again: whole number, its last four digits, whole name (§3.2.2, §5.4).

The marks stand in the keyring, not in the database, and go with the person's key: an old backup holds nothing on which
the ten thousand last four digits could be tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pingyi.record import marks
from pingyi.stations.cases.keyed import plain_of
from pingyi.stations.cases.models import Complainant

CONTACT, LAST_FOUR, NAME = "contact", "last_four", "name"
FEWEST_DIGITS = 7  # of a telephone number; fewer are an extension or a word


def follow(rows: Sequence[Complainant]) -> None:
    """Remember by what people are found that an act has just written; the record calls this within the act."""
    told = {row.case.key_name: marks_of(row) for row in rows if row.erased_on is None}
    if told:
        marks.mark(told)


def marks_of(row: Complainant) -> list[tuple[str, str]]:
    """Return by what a person is found."""
    phone = number_of(row.phone)
    return [(CONTACT, phone or plain_of(row.email)), (LAST_FOUR, last_four(phone)), (NAME, plain_of(row.name))]


def number_of(phone: str) -> str:
    """Return a telephone number as it is compared."""
    return plain_of(phone).removeprefix("+86")


def last_four(phone: str) -> str:
    """Return the last four digits of a telephone number; empty for what is none."""
    digits = "".join(filter(str.isdecimal, phone))
    return digits[-4:] if len(digits) >= FEWEST_DIGITS else ""


def raised_by(said: str, *, most: int) -> list[str]:
    """Return the keys of what a person raised, the newest first.

    Found by the whole number or mail address, by the number's last four digits, or by the whole name (§3.2.2).
    """
    word = number_of(said)
    is_last_four = word.isdecimal() and len(word) == len("0000")
    kind = LAST_FOUR if is_last_four else CONTACT if word.isdecimal() or "@" in word else NAME
    return marks.marked(kind, word, most=most)


def same_person(key_name: str, *, most: int) -> list[str]:
    """Return the keys of what the same person raised, the newest first; this one is among them."""
    persons = marks.marks_of([key_name], CONTACT)
    return marks.sharing(persons.values(), CONTACT, most=most) if persons else []


def persons(key_names: Iterable[str]) -> dict[str, str]:
    """Return who raised each case, as a word that is alike for one person and says nothing else."""
    return marks.marks_of(key_names, CONTACT)


def others(persons_: Iterable[str]) -> dict[str, list[str]]:
    """Return for each person the keys of all that this person raised."""
    return marks.shared(persons_, CONTACT)
