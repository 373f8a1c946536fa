"""Who carries a duty, and to whom it is reported, as a print calls them."""

from __future__ import annotations

from typing import Any

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.printing.doers import section_of
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.patterns import bare
from pingyi.authoring.reading_prints.splitting import noted, unmarked
from pingyi.authoring.values import RECIPIENTS, is_english
from pingyi.rules.plan.people import Doer


def read(said: str, names: dict[Doer, str], tongue: str) -> dict[str, Any]:
    """Return a duty's doer, its section where that is one by name, and the words of the source text.

    `names` is by which words each doer is meant.
    """
    name, notes = noted(said, tongue)
    meant = unmarked(notes[0]) if len(notes) == 1 else unmarked(said)
    doer = next((one for one, called in names.items() if bare(called) == bare(meant)), None)
    found: dict[str, Any] = {"doer": doer or Doer.NAMED_SECTION}
    if doer is None:
        found["section"] = section_of(meant, tongue)
    if len(notes) == 1:
        found["doer_text"] = unmarked(name)
    return found


def recipient(said: str, context: Context, *, office: str) -> str:
    """Return to whom something is sent: an authority by its id, the bureau's own office, the public, or the words."""
    words = unmarked(said)
    place = is_english(context.tongue)
    if words in context.names["authorities"]:
        return context.names["authorities"].id_of(words)
    fixed = {bare(pair[place]): code for code, pair in RECIPIENTS.items()}
    fixed |= {bare(value_word(one)[place]): one.value for one in reversed(Doer)}
    fixed |= {bare(office): "supervision_office", bare(RECIPIENTS["supervision_office"][place]): "supervision_office"}
    return fixed.get(bare(words), words)
