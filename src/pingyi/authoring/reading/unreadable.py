"""The one way in which a document cannot be read."""

from __future__ import annotations

from pingyi.authoring.reading.messages import MESSAGES


class UnreadableError(Exception):
    """A document that gives no text: a stable `code` such as "pdf.password" and the facts its sentence needs."""

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the code and the facts."""
        super().__init__(code)
        self.code = code
        self.facts = facts

    def sentence(self, *, language: str = "zh") -> str:
        """Return what is wrong and what to do, in "zh" or "en"."""
        return MESSAGES[self.code][0 if language.startswith("zh") else 1].format(**self.facts)
