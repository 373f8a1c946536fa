"""What the citizen's side, call-backs and protection say in the record, in notices and in refusals."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "case.rate": _("The citizen's rating was taken"),
    "case.draw_call_backs": _("Call-backs were announced or drawn by lot"),
    "case.call_back": _("The citizen was called back"),
    "case.identify": _("The complainant's data were opened, with a reason"),
    "case.write": _("A letter was added to the protected thread"),
    "case.hold": _("A case is kept for an open matter"),
    "case.release": _("A case is no longer kept for another matter"),
    "case.readmit": _("The outside number of the erased matter may come in anew"),
    "case.erase": _("What people told was erased for good"),
}

NOTICES: dict[str, str | Promise] = {
    "case.papers_in": _("The missing papers were handed in; the case is now due on {due_on}: {reference}"),
    "case.written": _("The reporter has written to you: {reference}"),
    "case.rated_badly": _("A citizen is dissatisfied; ask why and see to it: {reference}"),
}

REFUSALS: dict[str, str | Promise] = {
    "inbox.full": _(
        "So many people write to us at this moment that yours could not be taken in. What you typed still stands here: "
        "send it again in a minute, or call us: {telephone}."
    ),
    "inbox.not_known": _(
        "It took too long, and we cannot say yet whether we have it. Send this form again in a minute, just as it is: "
        "it will not come twice. Or call us: {telephone}."
    ),
    "case.not_yet_ratable": _("The matter is not closed yet. You can rate it as soon as it is."),
    "case.rated_already": _("This closing was rated already. If the matter is not settled, have it opened again."),
    "case.rated_by_handler": _("You handled this case, so you cannot rate it."),
    "case.no_such_level": _("Choose one of the five levels."),
    "case.no_papers_awaited": _("No papers are awaited any longer. You need not do anything."),
    "case.no_thread": _("Letters are exchanged about reports of misconduct alone."),
    "case.message_is_empty": _("Write what you want to say."),
    "case.nobody_known": _("The case was raised without a name, or the data were erased. There is nothing to open."),
    "case.no_such_purpose": _("Choose what you need the data for."),
    "case.not_drawn": _("No call-back was drawn for this case. You may open the data for a drawn call-back alone."),
    "case.identity_withheld": _(
        "The complainant asked that the handling section is not told who it is. Ask the supervision office to pass "
        "your question on."
    ),
    "case.erased_already": _("What was told in this case has been erased for good."),
    "case.not_kept_out": _("Nothing of this case is kept out. A hotline's table or system may bring it in."),
    "case.needed_while_open": _("The matter is still being handled. It can be erased once it is closed."),
    "case.needed_for_matter": _("It is needed for a matter that is not over. Ask the supervision office later."),
    "case.held_already": _("This case is kept already."),
    "case.not_held": _("This case is not kept for another matter."),
    "case.needed_for_breach": _("A breach of the rules of service is undecided. Erase the case after the decision."),
    "case.needed_for_call_back": _("A call-back was drawn for this case. Erase it once the call-back is done."),
    "call_back.period": _("The period must end today at the latest, and not before it begins. Correct the days."),
    "call_back.numbers_known": _("Those numbers may be known already. Name a draw that is held after today."),
    "call_back.pool_empty": _("No case that could be called back was closed in this period. Choose a longer one."),
    "call_back.drawn_already": _("This lot was drawn already."),
    "call_back.too_early": _("The numbers are published on {source_on}. Draw the lot after that."),
    "call_back.numbers_unreadable": _("Type the published numbers with spaces between them, such as 3 9 14 22 31 33."),
    "call_back.own_case": _("You had a hand in this case, so somebody else must ask. Leave it to a colleague."),
    "call_back.solved_unsaid": _("Say whether the citizen calls the matter settled."),
}
