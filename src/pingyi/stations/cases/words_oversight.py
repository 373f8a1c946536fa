"""What measures, breaches and their stages are called on the room's pages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.rules.case.oversight import BreachKind, BreachStage, Ground, Measure

Words = Mapping[str, str | Promise]

MEASURES: Words = {
    Measure.URGE.value: pgettext_lazy("letter", "Urging"),
    Measure.CRITICIZE.value: pgettext_lazy("letter", "Criticism"),
}
BREACHES: Words = {
    BreachKind.LATE.value: _("Not finished in time"),
    BreachKind.OWNERLESS.value: _("An offer was left lying"),
    BreachKind.SECOND_NOTICE.value: _("Papers were asked for a second time"),
    BreachKind.FALSE_CLOSING.value: _("Closed as settled, and it was not"),
}
RAISERS: Words = {
    BreachKind.LATE.value: _("by the dates themselves"),
    BreachKind.OWNERLESS.value: _("by the dates themselves"),
    BreachKind.SECOND_NOTICE.value: _("by the second list itself"),
    BreachKind.FALSE_CLOSING.value: _("on the citizen's word"),
}
GROUNDS: Words = {
    Ground.NOT_DONE.value: _("It was said to be done, but it was not"),
    Ground.CAME_BACK.value: _("It was done, but is as bad as before"),
    Ground.ANSWER.value: _("The answer leaves something open, or I do not agree with it"),
    Ground.OTHER.value: pgettext_lazy("why a case is opened again", "Something else"),
}
STAGES: Words = {
    BreachStage.RAISED.value: pgettext_lazy("breach", "to be decided"),
    BreachStage.UPHELD.value: pgettext_lazy("breach", "upheld"),
    BreachStage.DISMISSED.value: pgettext_lazy("breach", "dismissed"),
}
STAGE_TAGS: Mapping[str, str] = {
    BreachStage.RAISED.value: "waiting",
    BreachStage.UPHELD.value: "late",
    BreachStage.DISMISSED.value: "neutral",
}
SORTS: Words = {
    "late": pgettext_lazy("cases", "Late"),
    "unaccepted": pgettext_lazy("cases", "Not accepted in time"),
    "looping": pgettext_lazy("cases", "In a loop"),
    "idle": pgettext_lazy("cases", "Long without an answer"),
    "asked": pgettext_lazy("cases", "Extension asked for"),
}
SORT_HINTS: Words = {
    "late": _("Unfinished after the due date, the clock running."),
    "unaccepted": _("On offer beyond the plan's hours; the giver still holds it."),
    "looping": _("Offered back to a section that had or refused it, or refused twice."),
    "idle": _("More than five days in one hand without an answer, and not late yet."),
    "asked": _("Somebody else than the one who asks decides."),
}
