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
    # lots and tokens, which every room may draw and issue
    "draw.codes_used_up": _("All {links} codes of this seed have been used. Announce a new seed, then draw."),
    "draw.label_twice": _("A name stands twice in the list of those to be drawn from. Take one of the two out."),
    "draw.pool_too_small": _("{count} are to be drawn, but only {pool} can be. Draw fewer, or widen the list."),
    "token.wrong_length": _("This token was cut off on its way. Ask for a new one."),
    "token.factor_unfit": _("This token cannot be made. Try once more; another random number will do."),
    "token.not_signed": _("This token was not signed by the issuer. Ask for a new one."),
    "answers.columns_missing": _("The table of answers lacks these columns: {missing}. Add them, then bring it again."),
    "answers.numbers_inexact": _("These columns must hold whole numbers: {inexact}. Scale them, then bring it again."),
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
