"""A refusal as a sentence: rooms register what their rules' codes mean, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pingyi.rules.refused import Refused

REFUSALS: dict[str, str | Promise] = {
    "forbidden": _("Your role may not do this. Ask the supervision office if you need to."),
    "missing": _("This no longer exists. Go back and open it from the list."),
    "changed": _("Somebody changed this while you had it open. Look at the new state, then try again."),
}


class Bilingual(Promise):
    """A sentence of a pure package, which carries both languages with it."""

    def __init__(self, *, zh: str, en: str) -> None:
        """Keep both."""
        self.zh, self.en = zh, en

    def __str__(self) -> str:
        """Return the one that the reader reads."""
        return self.zh if (get_language() or "zh").startswith("zh") else self.en


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add a room's refusal sentences; called from its AppConfig.ready."""
    REFUSALS.update(sentences)


def refusal(refused: Refused) -> str:
    """Return the sentence for a refusal, with its facts filled in."""
    sentence = REFUSALS.get(refused.code)
    if sentence is None:
        return gettext("This was refused (%(code)s).") % {"code": refused.code}
    return str(sentence).format(**refused.facts)
