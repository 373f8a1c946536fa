"""How asking the reader can end without an answer."""

from __future__ import annotations


class NotReadError(Exception):
    """A file that gives no answer: a stable `code` such as "file.damaged", and the facts that its sentence needs."""

    def __init__(self, code: str, **facts: str) -> None:
        """Keep the code and the facts."""
        super().__init__(code)
        self.code = code
        self.facts = facts


class TooMuchError(NotReadError):
    """A file whose process was ended: it took more time or memory than a file of its kind may."""

    def __init__(self) -> None:
        """Take the code that every room has a sentence for."""
        super().__init__("file.too_much")


class BusyError(Exception):
    """No place was free in time; the file was not looked at, and may be sent again."""
