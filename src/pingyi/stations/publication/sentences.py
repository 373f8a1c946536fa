"""What the room's verbs, notices and refusals mean, in words that say what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "publication.publish": _("It was published."),
    "publication.withdraw": _("A publication was taken back."),
}

NOTICES: dict[str, str | Promise] = {}

REFUSALS: dict[str, str | Promise] = {
    "publication.no_final_verdict": _("{year} has no confirmed verdict. Confirm it first, then publish."),
    "publication.no_plan": _("{year} has no adopted plan. Adopt it first, then publish."),
    "publication.stands": _(
        "“{title}” stands published already. Take it back first if something else is to stand there."
    ),
    "publication.notice_empty": _("Write what the public is to read."),
    "publication.reason_needed": _("Say why: the public address will show the reason."),
    "publication.withdrawn_already": _("This was taken back before. Publish anew if it is to stand again."),
}
