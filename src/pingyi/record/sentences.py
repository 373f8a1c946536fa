"""What each verb of the record means, as a sentence; each room registers its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi import words

SENTENCES: dict[str, str | Promise] = {
    "record.seal": _("The day's sealed entry, with or without content"),
    "record.bind": _("A row beside the record was bound to it by digests"),
    "software.deployed": _("From here on this release of the software acts"),
    "record.set_clock": _("The clock had run ahead; the record goes on from this day"),
}

REFUSALS: dict[str, str | Promise] = {
    "nothing_changed": _("Nothing was changed, so nothing was recorded. Change something first, or leave the page."),
    "key.lost": _(
        "The key to what this person told is not here, so nothing that holds it can be changed."
        " Put the keyring back from the backup NAME.keys.age."
    ),
    "key.destroyed": _("What this person told was erased for good: its key was destroyed. Nothing more can be added."),
    "key.altered": _(
        "What a person told was altered or moved past the product. Take the row or the file from a backup."
    ),
    "key.other_master": _(
        "The master key in {folder} is not the one that these keys were wrapped with."
        " Put both back from the same backup NAME.keys.age."
    ),
    "key.no_master": _(
        "The master key in {folder} is missing, though there are keys under it. Put it back from the backup"
        " NAME.keys.age; until then nothing personal can be kept."
    ),
    "key.no_keyring": _(
        "What people told is encrypted, and the keyring in {folder} is missing."
        " Put it back from the backup NAME.keys.age; a new one would open nothing of before."
    ),
    "ground.unknown": _(
        "Choose one of the grounds in the list; what you want to say of it belongs in the words beside."
    ),
    "record.empty": _("Nothing has been recorded yet. Come back after the first act."),
    "record.not_yet_placed": _(
        "This entry has no place in the tree yet. Come back in a few minutes; the next checkpoint will cover it."
    ),
    "time.backwards": _(
        "The clock of the machine says {day}, but the record has reached {newest} already, so nothing was saved."
        " Have the machine's clock checked and set right; then do this again."
    ),
    "time.not_ahead": _(
        "Nothing was changed: the newest entry is of {newest} and the clock says {day}. Name the newest entry's day,"
        " and only where it lies ahead of today."
    ),
    "time.before_receipt": _(
        "The clock of the machine says {day}, but this was received on {received}, so nothing was saved."
        " Have the machine's clock checked, or put the day of receipt right; then do this again."
    ),
    "signer.silent": _(
        "The signer does not answer at {path}, so no checkpoint is signed; all acts go on and are signed later."
        " Start it with `pingyi sign`."
    ),
    "signer.other_name": _(
        "The signer signs for “{name}”, and was asked for “{found}”. Give PINGYI_ORIGIN and `pingyi sign --name` the"
        " same name."
    ),
    "signer.other_key": _(
        "The signer answered with another key than the one in {path}. Find out why; whoever checks the record holds"
        " the old one."
    ),
    "signer.unnamed": _(
        "A signer of its own has this record's key ({path}), but PINGYI_SIGNER does not say where it is. Name its"
        " socket; a second key would make the record worthless."
    ),
    "record.witnesses_missing": _(
        "{signed} of the {needed} witnesses that the plan asks for have signed. What will be published is laid down in"
        " the record: have the witnesses sign the newest checkpoint now, then do this again."
    ),
    "witness.malformed": _("This is not a request to a witness: old size, proof, empty line, checkpoint."),
    "witness.unsigned": _("The checkpoint was not signed by {name}. Do not sign it; ask the bureau."),
    "witness.other_size": _("The last size that this witness signed is {size}. Ask for the proof from there."),
    "witness.rolled_back": _(
        "The record has {offered} entries, fewer than the {size} seen before: it was set back."
        " Do not sign it; tell the other witnesses."
    ),
    "witness.forked": _(
        "A second root for the size {size} that was signed before: the record was rewritten."
        " Do not sign it; tell the other witnesses."
    ),
    "witness.inconsistent": _(
        "The record of {offered} entries does not continue the one of {size} that was signed before."
        " Do not sign it; tell the other witnesses."
    ),
    "witness.other_entries": _(
        "The entries that were handed out do not give the root of the checkpoint of {size} entries. Do not sign it; ask"
        " the bureau for all entries."
    ),
    "witness.days_backwards": _(
        "Entry {place} is of {day}, behind an entry of {reached}: the clock was wrong or was set back. Do not sign it;"
        " ask the bureau. Once the reason is known, sign with --days."
    ),
    "witness.unknown_line": _(
        "No line is the signature of a known witness under one of the latest checkpoints."
        " Is the witness's key in the file “witnesses”?"
    ),
}
words.register(REFUSALS)


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add a room's verbs; called from its AppConfig.ready with the dict `SENTENCES` of its `sentences.py`."""
    SENTENCES.update(sentences)


def sentence(verb: str) -> str:
    """Return what the verb means in the reader's language; the bare verb where no room has said."""
    return str(SENTENCES.get(verb, verb))
