"""What the verbs and refusals of channels' keys and of Open311 mean."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "key.issue": _("A channel was given a key"),
    "key.revoke": _("A channel's key was revoked"),
}

NOTICES: dict[str, str | Promise] = {}

REFUSALS: dict[str, str | Promise] = {
    "key.no_such_channel": _("The plan has no such channel. Choose one from the list."),
    "key.revoked_already": _("This key was revoked already."),
    "open311.range_reversed": _("end_date lies before start_date. Exchange them."),
    "open311.range_too_long": _("start_date and end_date lie more than {days} days apart. Ask for less at a time."),
    "interface.case_unknown": _(
        "Your channel has no such case. Look at the number, and whether the key is the right one."
    ),
    "interface.receipt_unknown": _("Your channel has no such receipt. Look at what you were answered."),
    "interface.sent_otherwise": _(
        "The same idempotency key or number came before with other content. Use a new key for another matter."
    ),
    "interface.file_unknown": _(
        "Your channel has not laid such a file down in the last week. Lay it down again, and name it as you are "
        "answered."
    ),
    "interface.cursor": _("This was not given as `next`. Begin without it."),
    "interface.range_reversed": _("received_to lies before received_from. Exchange them."),
    "interface.no_such_section": _(
        "There is no such section. Take a reference from the list of sections, or leave it out."
    ),
    "interface.unknown_parameter": _("This is not known here. Look for a slip of the pen."),
    "interface.due_over": _("This day is over. Name your deadline, or leave it out."),
}
