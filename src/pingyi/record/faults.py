"""What replay can find wrong, as sentences that name the place and say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi.record.sentences import sentence

FAULTS: Mapping[str, str | Promise] = {
    "row.changed": _(
        "{subject}: “{field}” was changed past the record. Recorded at “{verb}”: {recorded}; in the database: {found}."
        " Set the recorded value again, or make the change by its own act."
    ),
    "row.sealed": _(
        "{subject}: the sealed “{field}” no longer fits what was recorded at “{verb}”."
        " Take the value and its salt from a backup, or erase it by an act."
    ),
    "row.unrecorded": _("{subject}: the row stands in the database, but no entry made it. Find out who put it there."),
    "row.missing": _("{subject}: the row is gone, though “{verb}” recorded it. Restore it from a backup."),
    "row.version": _(
        "{subject}: the row is at version {found}, the record at version {recorded} (“{verb}”)."
        " Restore the row from a backup."
    ),
    "row.unreadable": _(
        "{subject}: the row cannot be read, because a cell holds what its column never may ({why})."
        " Restore the row from a backup."
    ),
    "row.dangling": _(
        "{subject}: “{field}” points to number {target}, which is not there. Restore what it points to from a backup."
    ),
    "bound.changed": _(
        "Table {table}, row {row}: “{field}” was changed past the site. Take the value from a backup, or make the"
        " change on the site."
    ),
    "bound.unrecorded": _("Table {table}, row {row}: nothing in the record binds this row. Find out who put it there."),
    "bound.missing": _("Table {table}: row {row} is gone, though {subject} binds it. Restore it from a backup."),
    "bound.unreadable": _(
        "Table {table}, row {row} cannot be read, because a cell holds what its column never may ({why})."
        " Restore it from a backup."
    ),
    "file.lost": _("The file {sha256} is gone, though {rows} names it. Put it back from a backup of the files."),
    "file.altered": _(
        "The file {sha256}, which {rows} names, was altered on the disk. Put it back from a backup of the files."
    ),
    "file.closed": _(
        "The file {sha256}, which {rows} names, cannot be looked at: its key is not here. Put the keyring back from the"
        " backup NAME.keys.age, and verify again."
    ),
    "file.destroyed": _(
        "The file {sha256}, which {rows} names, lies under a key that was destroyed: the person was erased after this"
        " copy was made, or the file was exchanged."
    ),
    "file.none": _(
        "None of the {count} files that rows name is in {path}. Verify in the home folder of this database, or put the"
        " files back from a backup."
    ),
    "check.failed": _(
        "A check stopped before its end ({check}: {why}). What it looks at may be spoiled; ask for help."
    ),
    "table.missing": _("The table {table} is gone. Restore the database from a backup."),
    "entry.unreadable": _("Entry number {number} cannot be read ({why}). Restore it from a mirror or a backup."),
    "entry.altered": _("Entry {leaf} ({subject}): its bytes were altered. Restore it from a mirror or a backup."),
    "entry.missing": _("{subject}: the entry of version {version} was deleted. Restore it from a mirror or a backup."),
    "entry.unlinked": _(
        "{subject}: the entry of version {version} does not follow the one before it. Compare it with a mirror."
    ),
    "key.lost": _(
        "What people told in {count} rows cannot be looked at: the keys to it are not here."
        " Put the keyring back from the backup NAME.keys.age, and verify again."
    ),
    "key.destroyed": _(
        "{count} rows belong to people who were erased after this copy of the data was made."
        " The worker erases them again within the hour."
    ),
    "key.altered": _(
        "What people told in {count} rows was altered, or moved to another row, past the record."
        " Restore the rows from a backup."
    ),
    "key.misnamed": _(
        "{count} rows name another key than the one that what people told in them lies under: who asks to be forgotten"
        " would not be. Restore the rows from a backup."
    ),
    "place.missing": _("Place {position} of the tree is empty. Restore it from a mirror or a backup."),
    "place.without_entry": _(
        "The entry at place {position} of the tree was deleted. Restore it from a mirror or a backup."
    ),
    "node.altered": _("The stored hash {level}/{index} of the tree was altered. Restore it from a mirror or a backup."),
    "node.missing": _("The stored hash {level}/{index} of the tree is gone. Restore it from a mirror or a backup."),
    "node.extra": _("A stored hash {level}/{index} belongs to no part of the tree. Find out who put it there."),
    "place.unreadable": _(
        "The hash of the entry at place {position} of the tree is no hash. Restore the entry from a mirror or a backup."
    ),
    "record.nothing": _("Nothing was checked: this database holds no record. Is it the right one?"),
    "key.missing": _(
        "The record's key is not at {path}, so no signature could be checked. Put the key back, or name the public one"
        " with --vkey."
    ),
    "checkpoint.none": _(
        "{placed} entries have their places, but no checkpoint covers them: they were deleted, or the worker is not"
        " running. Restore them from a mirror; if there never was one, start the worker."
    ),
    "checkpoint.behind": _(
        "The last checkpoint covers {size} entries; {count} of earlier days are not covered. A checkpoint was deleted,"
        " or the worker is not running."
    ),
    "checkpoint.unreadable": _("Checkpoint number {number} cannot be read ({why}). Restore it from a mirror."),
    "cosignature.forged": _(
        "Checkpoint {size}: the line of {witness} is not its signature. Ask the witness, and find out who put it there."
    ),
    "cosignature.unknown": _(
        "Checkpoint {size} carries a line of {witness}, whose key is not in the file “witnesses”. Add the key, if you"
        " know the witness; otherwise find out who put the line there."
    ),
    "witness.wrong_line": _(
        "Line {line} of the file “witnesses” is no key, and is passed over. Ask that witness for its key again."
    ),
    "checkpoint.altered": _(
        "Checkpoint {size}: its text and its columns disagree. Restore it from a mirror or a witness."
    ),
    "checkpoint.signature": _(
        "Checkpoint {size}: its signature is not that of {name}. Compare it with the copy of a witness."
    ),
    "checkpoint.root": _(
        "Checkpoint {size}: the entries no longer give its root. Something before place {size} was rewritten;"
        " compare the entries with a mirror."
    ),
    "checkpoint.beyond": _(
        "Checkpoint {size} covers more entries than the {found} that are left. Entries were deleted."
        " Restore them from a mirror."
    ),
    "reason.altered": _(
        "{subject}: the words of “{verb}” (entry {leaf}) no longer fit what was recorded. Take them from a backup, or"
        " erase them by an act."
    ),
    "reason.missing": _(
        "{subject}: the words of “{verb}” (entry {leaf}) are gone, and no act erased them. Take them from a backup."
    ),
    "reason.unrecorded": _(
        "{subject}: words stand beside “{verb}” (entry {leaf}) that no entry knows of. Find out who put them there."
    ),
    "seal.altered": _(
        "The entries that were kept apart until {day} are not those that were sealed then. Take them from a backup."
    ),
    "seal.left_out": _("Entry {leaf} was kept apart, and no day sealed it. Find out who put it there."),
    "days.backwards": _(
        "Entries {first} to {last} of the tree are of {day}, behind an entry of {reached}: the machine's clock was"
        " wrong or was set back. Ask who acted then, and compare the days with papers and notices."
    ),
    "days.unreadable": _("The days of entries and checkpoints cannot be compared ({why}). Restore them from a backup."),
    "days.outside": _(
        "Entry {place} of the tree says {day}, but it was signed between {since} and {until} (checkpoint {size})."
        " The machine's clock was wrong or was set back. Ask who acted then."
    ),
    "days.set_right": _(
        "On {day} the clock was set right by command (place {place}): the entries just before it carry days that are"
        " too late."
    ),
    "held.unsigned": _(
        "The checkpoint that you hold was not signed by {name}, or a letter of it was changed. Compare the original."
    ),
    "held.beyond": _(
        "You hold a checkpoint of {size} entries, but only {found} are left: the record was set back. Tell a witness."
    ),
    "held.root": _(
        "You hold a checkpoint of {size} entries whose root is another: the record was rewritten. Tell a witness."
    ),
}


EMPTY = _("(empty)")  # a cell that holds nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is wrong."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in the reader's language."""
        told = {name: EMPTY if value is None else value for name, value in self.facts.items()}
        return str(FAULTS[self.code]).format(**{**told, "verb": sentence(str(self.facts.get("verb", "")))})


def fault(code: str, **facts: Any) -> Fault:
    """Return one fault."""
    return Fault(code=code, facts=facts)
