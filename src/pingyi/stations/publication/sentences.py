"""What the room's verbs, notices and refusals mean, in words that say what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "publication.bind": _("The contents of the bundle were laid down, before its publication."),
    "publication.publish": _("It was published."),
    "publication.correct": _("A published verdict was corrected."),
    "publication.withdraw": _("A publication was taken back."),
    "filing.file": _("A paper was filed with the office above."),
    "filing.receive": _("The office above gave its receipt."),
    "filing.return": _("The office above returned the paper."),
}

NOTICES: dict[str, str | Promise] = {
    "publication.corrected": _("The published verdict was corrected: “{name}” no longer holds for your section."),
    "filing.filed": _("Filed with your office: {title}. Please acknowledge it."),
    "filing.returned": _("“{title}” was returned. Read why, mend it and file again."),
    "filing.received": _("“{title}” was received; the receipt can be printed."),
}

REFUSALS: dict[str, str | Promise] = {
    "publication.no_final_verdict": _("{year} has no confirmed verdict. Confirm it first, then publish."),
    "publication.bar_put_off": _(
        "Whether these sections are barred from awards was put off by the meeting: {sections}. Order or waive it first."
    ),
    "publication.settle_anew": _(
        "The files are not those that this verdict was settled on: it is of a former version, or its copy was changed."
        " Take the verdict back and settle it anew."
    ),
    "publication.no_plan": _("{year} has no adopted plan. Adopt it first, then publish."),
    "publication.plan_damaged": _(
        "Text is lost in the plan at {count} places, and everybody would read it so. Amend the plan and write the right"
        " words, or say why it is published as it is."
    ),
    "publication.stands": _(
        "“{title}” stands published already. Take it back first if something else is to stand there."
    ),
    "publication.nothing_to_correct": _(
        "What is published of award bars is what holds. A correction follows when one is waived or lifted."
    ),
    "publication.notice_empty": _("Write what the public is to read."),
    "publication.reason_needed": _("Say why: the public address will show the reason."),
    "publication.altered": _(
        "“{name}” is not shown: its copy is no longer the one that was published. The supervision office restores it"
        " from a backup; its digest stands in the record."
    ),
    "publication.withdrawn_already": _("This was taken back before. Publish anew if it is to stand again."),
    "filing.no_receiver": _("Nobody here receives for {recipient}. Name one of the plan's offices above as recipient."),
    "filing.not_yours": _("This was filed with another office; only that office acknowledges it."),
    "filing.received_already": _("This was received already. If something is missing, write to the receiving office."),
    "filing.not_filed": _("Nothing has been handed over yet."),
    "filing.place_unfilled": _("This place of the paper is not filled in yet: {place} Write it, then file."),
    "filing.number_malformed": _("Give your office's number of the receipt: letters, digits, brackets, at most 40."),
    "filing.day_out_of_range": _("The receipt is of a day between the filing ({filed_on}) and today ({today})."),
    "filing.scan_needed": _("Add a scan or a photograph of the receipt: it stands for the office's own word."),
    "filing.reason_needed": _("Say what is to be mended, so that the bureau can file again."),
    "report.not_yours": _("A section's summary is open to the section itself and to those who oversee the whole."),
}
