"""The names of a print's things, by which its sentences refer to them."""

from __future__ import annotations

import re

from pingyi.authoring.printing.phrases import quoted
from pingyi.authoring.reading_prints.patterns import UnreadError, bare, one_of
from pingyi.authoring.reading_prints.splitting import unmarked

_NUMBERED = re.compile(r"(.+)〔\d+〕", re.DOTALL)


class Names:
    """One list's names as printed → the ids that are given to its items."""

    def __init__(self, prefix: str) -> None:
        """Begin an empty list; its ids begin with a word."""
        self._prefix = prefix
        self._ids: dict[str, str] = {}
        self._count = 0
        self.printed: list[str] = []

    def add(self, printed: str) -> tuple[str, str]:
        """Take a name in; returns its id, and the name without the number that tells it from one before."""
        self._count += 1
        found = f"{self._prefix}-{self._count}"
        numbered = _NUMBERED.fullmatch(printed)
        is_second = numbered is not None and bare(numbered[1]) in self._ids
        self._ids.setdefault(bare(printed), found)
        self.printed.append(printed)
        return found, numbered[1] if numbered is not None and is_second else printed

    def __contains__(self, said: str) -> bool:
        """Whether there is such a name."""
        return bare(said) in self._ids

    def id_of(self, said: str) -> str:
        """Return the id of what a name stands for, in marks or without, or raise `UnreadError`."""
        found = self._ids.get(bare(said)) or self._ids.get(bare(unmarked(said)))
        if found is None:
            raise UnreadError(said[:80])
        return found

    def as_said(self) -> str:
        """Return a pattern that takes one of the names as it is."""
        return one_of(self.printed)

    def as_listed(self, tongue: str) -> str:
        """Return a pattern that takes one of the names as it stands in a list."""
        return one_of(quoted(name, tongue) for name in self.printed)
