"""What oversight says in the record, in notices and in refusals."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "case.urge": _("It was urged formally"),
    "case.criticize": _("Its delay was criticized in writing"),
    "breach.hear": _("The one who held the case was heard"),
    "breach.decide": _("The breach was decided"),
}

NOTICES: dict[str, str | Promise] = {
    "case.due_soon": _("Due soon, on {due_on}: case {reference}"),
    "case.urged": _("Urged: case {reference} was due on {due_on} and is not finished"),
    "case.urged_many": _("Urged: {count} cases are late; see the letters"),
    "case.criticized": _("Criticized: case {reference} was due on {due_on} and is still not finished"),
    "case.criticized_many": _("Criticized: {count} cases are still not finished; see the letters"),
    "case.clock_resumed": _("The clock runs again; the case is due on {due_on}: {reference}"),
    "breach.raised": _("A breach was raised about case {reference}; say until {until} how it came about"),
    "breach.raised_many": _("{count} breaches were raised about your cases; say until {until} how they came about"),
    "breach.heard": _("The one who held case {reference} was heard; the breach can be decided"),
    "breach.upheld": _("The breach about case {reference} was upheld; read why"),
    "breach.dismissed": _("The breach about case {reference} was dismissed"),
}

REFUSALS: dict[str, str | Promise] = {
    "case.urged_already": _("This case was urged already. If it stays unfinished, criticism follows."),
    "case.criticized_already": _("This case was criticized already. Speak with the section's head."),
    "case.urge_first": _("Criticism comes after an urging that was let pass. Urge first, and wait for the due date."),
    "breach.is_decided": _("This breach was decided already. Read the decision."),
    "breach.own_breach": _("It is raised against you, so somebody else must decide. Leave it to a colleague."),
    "breach.own_accusation": _("You raised it yourself, so somebody else must decide. Leave it to a colleague."),
    "breach.not_yours": _("Only the one who held the case says how it came about."),
    "breach.words_needed": _("Write how it came about, or leave the page: the decision does not wait for ever."),
    "breach.reason_needed": _("Give the reason for the decision; the one concerned reads it."),
    "breach.note_needed": _("Write what was done against which rule, so that the one concerned can answer."),
    "breach.not_heard": _("The one who held the case may be heard until {until}. Uphold it after that."),
    "breach.raised_already": _("This breach was raised already. Look at it on the case's page."),
}
