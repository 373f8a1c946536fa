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
}
