"""What sealed receipts say in the record and in refusals."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "receipt.print": _("Sealed receipts were printed"),
    "receipt.bind": _("A sealed receipt was given for the matter"),
    "receipt.void": _("Sealed receipts were made void"),
}

NOTICES: dict[str, str | Promise] = {}

REFUSALS: dict[str, str | Promise] = {
    "receipt.misread": _(
        "This is no receipt's number: the last two digits do not fit. Read it again from the outside."
    ),
    "receipt.unknown": _("No receipt with this number was printed here. Look at the paper again."),
    "receipt.is_void": _("Receipt {number} is void. Take another one, and put this one aside."),
    "receipt.is_given": _("Receipt {number} belongs to another case already. Take another one."),
    "receipt.nobody_there": _(
        "A sealed receipt is handed over face to face. For a call or a letter tell the reading code; the supervision "
        "office sends a receipt where the person wants one."
    ),
    "receipt.own_case": _("You hold this case, so somebody else must give the receipt. Ask a colleague."),
    "receipt.case_is_over": _("This case was merged or erased. Give the receipt for the case that goes on."),
    "receipt.none_left": _("There is nothing left to make void. Look at the number and at the roll."),
    "receipt.printed_at_once": _("Somebody else printed receipts at this moment. Print yours again."),
}
