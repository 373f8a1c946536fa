"""What each verb of the record means, as a sentence; each room registers its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi import words

SENTENCES: dict[str, str | Promise] = {}

words.register(
    {
        "nothing_changed": _(
            "Nothing was changed, so nothing was recorded. Change something first, or leave the page."
        ),
    }
)


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add a room's verbs; called from its AppConfig.ready with the dict `SENTENCES` of its `sentences.py`."""
    SENTENCES.update(sentences)


def sentence(verb: str) -> str:
    """Return what the verb means in the reader's language; the bare verb where no room has said."""
    return str(SENTENCES.get(verb, verb))
