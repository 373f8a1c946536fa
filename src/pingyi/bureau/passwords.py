"""How passwords are hashed: Argon2id in the profile of OWASP with 46 MiB, and never more memory at once than two need.

A hash needs its memory for a twentieth of a second. Without a limit, sixteen people who sign in at the same moment take
sixteen times as much; so a process lets two be hashed at once, and who waited too long is told to try again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Condition

from django.contrib.auth.hashers import Argon2PasswordHasher

MEMORY = 47_104  # KiB; blocks of this size go back to the system, smaller ones stay in each thread's arena
AT_ONCE = 2
PATIENCE = 5.0  # seconds
TODAY = f"argon2id$v=19$m={MEMORY},t=1,p=1"


class CrowdedError(Exception):
    """Many sign in just now; the password was not looked at."""


class Argon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass and one lane; other parameters are renewed when their password is next right."""

    time_cost = 1
    memory_cost = MEMORY
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password; raise `CrowdedError` where too many wait."""
        with _place.taken(MEMORY):
            encoded: str = super().encode(password, salt)
        return encoded

    def verify(self, password: str, encoded: str) -> bool:
        """Whether this is the password; raise `CrowdedError` where too many wait."""
        with _place.taken(self.decode(encoded)["memory_cost"]):
            return bool(super().verify(password, encoded))


def even_out(password: str, *, kept: str, stored: Iterable[str]) -> None:
    """After a wrong password: hash once with every kind of parameters that is stored and that it was not held against.

    A hash of old parameters costs more than one of today's. So known and unknown names, renewed and not yet renewed
    ones, all cost the same, whichever is asked; once all are renewed, nothing is hashed here.
    """
    kinds = {_kind(one): one for one in (*stored, kept) if one.startswith("argon2$")}
    if not kinds.keys() - {TODAY}:
        return
    used = _kind(kept) if kept.startswith("argon2$") else TODAY
    for kind in sorted({TODAY, *kinds} - {used}):
        if kind in kinds:
            Argon2().verify(password, kinds[kind])
        else:
            Argon2().encode(password, Argon2().salt())


def _kind(encoded: str) -> str:
    return "$".join(encoded.split("$")[1:4])


class _Place:
    """Memory for hashing, shared by the threads of a process; a hash of old parameters takes more of it."""

    def __init__(self, size: int) -> None:
        self.size = self.free = size
        self.changed = Condition()

    @contextmanager
    def taken(self, wanted: int) -> Iterator[None]:
        needed = min(wanted, self.size)
        with self.changed:
            if not self.changed.wait_for(lambda: self.free >= needed, timeout=PATIENCE):
                raise CrowdedError
            self.free -= needed
        try:
            yield
        finally:
            with self.changed:
                self.free += needed
                self.changed.notify_all()


_place = _Place(AT_ONCE * MEMORY)
