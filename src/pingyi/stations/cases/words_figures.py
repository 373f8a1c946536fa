"""What the figures of cases are called and mean; each definition stands under its figure (§3.2.2)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.inference.funnel import Place

Words = Mapping[str, str | Promise]

RATES: Words = {
    "answered": pgettext_lazy("figure", "Answered"),
    "settled": pgettext_lazy("figure", "Settled"),
    "on_time": pgettext_lazy("figure", "On time"),
    "response": pgettext_lazy("figure", "Response"),
    "solution": pgettext_lazy("figure", "Solution"),
    "satisfaction": pgettext_lazy("figure", "Satisfaction"),
}
DEFINITIONS: Words = {
    "answered": _("Cases with an answer to the citizen ÷ cases received."),
    "settled": _("Cases whose result is written down ÷ cases received."),
    "on_time": _("Cases closed on time ÷ (closed cases + open cases that are overdue)."),
    "response": _("Offers accepted or refused within the plan's hours ÷ offers accepted, refused or left lying."),
    "solution": _("Cases that the citizen calls settled at the call-back ÷ (cases asked about + open overdue cases)."),
    "satisfaction": _("Cases rated fairly satisfied or better ÷ (rated cases + open overdue cases)."),
}
PLACES: Words = {
    Place.EMPTY.value: pgettext_lazy("funnel", "no case"),
    Place.FAR_BELOW.value: pgettext_lazy("funnel", "far below what chance explains"),
    Place.BELOW.value: pgettext_lazy("funnel", "below the usual range"),
    Place.WITHIN.value: pgettext_lazy("funnel", "within the usual range"),
    Place.ABOVE.value: pgettext_lazy("funnel", "above the usual range"),
    Place.FAR_ABOVE.value: pgettext_lazy("funnel", "far above what chance explains"),
}
PLACE_TAGS: Mapping[str, str] = {
    Place.EMPTY.value: "neutral",
    Place.FAR_BELOW.value: "late",
    Place.BELOW.value: "due",
    Place.WITHIN.value: "neutral",
    Place.ABOVE.value: "done",
    Place.FAR_ABOVE.value: "done",
}
