"""What kinds of case, channels, causes and stages are called on the room's pages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.rules.case.clock import Cause
from pingyi.rules.case.stages import Standing
from pingyi.rules.plan.conduct import CaseKind

Words = Mapping[str, str | Promise]

KINDS: Words = {
    CaseKind.COMPLAINT.value: pgettext_lazy("case", "Complaint"),
    CaseKind.INQUIRY.value: pgettext_lazy("case", "Inquiry"),
    CaseKind.SUGGESTION.value: pgettext_lazy("case", "Suggestion"),
    CaseKind.HELP.value: pgettext_lazy("case", "Request for help"),
    CaseKind.PRAISE.value: pgettext_lazy("case", "Praise"),
    CaseKind.MISCONDUCT.value: pgettext_lazy("case", "Report of misconduct"),
}
# Ways in beside the plan's hotlines and columns.
CHANNELS: Words = {
    "phone": pgettext_lazy("channel", "Telephone"),
    "counter": pgettext_lazy("channel", "Counter"),
    "letter": pgettext_lazy("channel", "Letter"),
    "visit": pgettext_lazy("channel", "Visit"),
    "web": pgettext_lazy("channel", "Web"),
    "media": pgettext_lazy("channel", "Press"),
}
STANDINGS: Words = {
    Standing.LATE.value: pgettext_lazy("case", "Late"),
    Standing.UNACCEPTED.value: pgettext_lazy("case", "Not accepted in time"),
    Standing.STOPPED.value: pgettext_lazy("case", "Clock stopped"),
    Standing.DUE_SOON.value: pgettext_lazy("case", "Due soon"),
    Standing.ANSWERED.value: pgettext_lazy("case", "Answered, not settled"),
    Standing.READY.value: pgettext_lazy("case", "Waits to be closed"),
    Standing.OPEN.value: pgettext_lazy("case", "Open"),
    Standing.CLOSED_LATE.value: pgettext_lazy("case", "Closed late"),
    Standing.CLOSED.value: pgettext_lazy("case", "Closed"),
    Standing.MERGED.value: pgettext_lazy("case", "Merged"),
}
TAGS: Mapping[str, str] = {
    Standing.LATE.value: "late",
    Standing.UNACCEPTED.value: "returned",
    Standing.STOPPED.value: "neutral",
    Standing.DUE_SOON.value: "due",
    Standing.ANSWERED.value: "waiting",
    Standing.READY.value: "waiting",
    Standing.OPEN.value: "open",
    Standing.CLOSED_LATE.value: "done",
    Standing.CLOSED.value: "done",
    Standing.MERGED.value: "neutral",
}
STOPS: Words = {
    "papers": _("The citizen's papers are awaited"),
    "expert": _("An inspection, test or expert opinion is awaited"),
    "court": _("A court or another office decides first"),
    "other": _("Another reason that the law or the plan allows"),
}
CAUSES: Words = {
    Cause.RECEIVED.value: _("The limit, counted from the day of receipt"),
    Cause.HOTLINE.value: _("The hotline set an earlier day"),
    Cause.CLASSIFIED.value: _("Its kind was changed, and the new kind has the shorter limit"),
    Cause.CORRECTED.value: _("Its kind had been a slip; the limit of the right kind, counted from the beginning"),
    Cause.PROMISED.value: _("The section promised a shorter time"),
    Cause.STOPPED.value: _("The clock stood still"),
    Cause.EXTENDED.value: _("An extension was granted"),
    Cause.MERGED.value: _("Another case with an earlier day was merged into it"),
    Cause.SPLIT.value: _("It was split from a case with an earlier day"),
    Cause.RECOUNTED.value: _("The year's holidays were published, and the limit ends earlier"),
    Cause.UNDATED.value: _("The hotline told in time or late but no day of closing; that day is reckoned"),
    Cause.REOPENED.value: _("It was opened again, and the limit began anew"),
}
