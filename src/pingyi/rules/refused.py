"""The one way in which a rule says no."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - the house calls it so: a rule refuses, nothing broke
    """A rule's refusal: a stable `code` such as "task.not_open", and the facts its sentence needs.

    `field` names the form field at which the person can mend it, where there is one.
    """

    def __init__(self, code: str, *, field: str | None = None, **facts: object) -> None:
        """Keep the code, the field and the facts."""
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts
