"""What the verbs, refusals and differences of hotlines' tables mean, in words that say what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi.stations.cases.queries.reconcile import Kind

SENTENCES: dict[str, str | Promise] = {
    "case.import": _("Cases were taken over from a hotline's table."),
}

NOTICES: dict[str, str | Promise] = {
    "table.offered": _("{count} cases from a hotline's table wait for your section's acceptance."),
}

REFUSALS: dict[str, str | Promise] = {
    "table.too_large": _("The file is larger than {most} MB. Divide it by month and hand in each part."),
    "table.ordered_already": _("The import of this table was ordered before. Look at its page to see how far it is."),
    "table.looking": _("The table is still being looked through. Wait until its page tells that this is done."),
    "table.no_such_sheet": _("The file has no such sheet. Choose one of those that are named."),
    "table.not_looked_at": _("Settle the columns first, so that you see what the table would change."),
    "table.not_running": _("This import is not under way, so there is nothing to stop."),
    "table.not_stopped": _("Only a stopped import can go on. Look at its page to see how far it is."),
}

# Each kind of difference: its name, and what to do about it.
DIFFERENCES: dict[Kind, tuple[str | Promise, str | Promise]] = {
    Kind.MISSING_HERE: (
        _("Missing here"),
        _("They have it, we do not. Import the table, or ask when it was handed over."),
    ),
    Kind.MISSING_THERE: (
        _("Missing there"),
        _("We have it, their list of these days does not. Ask the hotline."),
    ),
    Kind.LATE_HERE: (
        _("Late only here"),
        _("Late by our reckoning, in time by theirs. Look at the due date and why it is so."),
    ),
    Kind.LATE_THERE: (
        _("Late only there"),
        _("Late by their reckoning, in time by ours. Clear it up before they count it."),
    ),
    Kind.STATE: (_("Open or closed"), _("Closed on one side, open on the other.")),
    Kind.DATES: (_("Other dates"), _("Received or closed on different days.")),
}
