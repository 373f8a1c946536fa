"""What the room's verbs, notices and refusals say; a refusal says what is wrong and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "case.receive": _("The matter was received"),
    "case.classify": _("Its kind or theme was set"),
    "case.correct_kind": _("A wrong kind was put right, and the due date with it"),
    "case.assign": _("It was offered to a section"),
    "case.accept": _("It was accepted"),
    "case.decline": _("The offer was refused"),
    "case.recall": _("The offer was taken back"),
    "case.answer": _("It was answered"),
    "case.settle": _("Its result was written down"),
    "case.close": _("It was closed"),
    "case.reopen": _("It was opened again"),
    "case.stop_clock": _("The clock was stopped"),
    "case.resume_clock": _("The clock runs again"),
    "case.let_stand": _("The stopped clock was looked at, and it may stand"),
    "case.extend_ask": _("An extension was asked for"),
    "case.extend_grant": _("The extension was granted"),
    "case.extend_deny": _("The extension was refused"),
    "case.notify": _("The list of missing papers was given"),
    "case.recount": _("The due date was counted again by the published calendar"),
    "case.merge": _("It was merged with another case"),
    "case.split": _("It was split into two cases"),
    "case.group": _("It was grouped with other cases"),
    "case.ungroup": _("It was taken out of its group"),
    "breach.raise": _("A breach of the rules of service was raised"),
}

NOTICES: dict[str, str | Promise] = {
    "case.received": _("You hold a new case, due on {due_on}: {reference}"),
    "case.offered": _("A case waits for your acceptance, due on {due_on}: {reference}"),
    "case.accepted": _("{name} accepted the case that you handed over: {reference}"),
    "case.declined": _("{name} refused the case; it is still with you, read why: {reference}"),
    "case.recalled": _("The case offered to you was taken back: {reference}"),
    "case.kind_corrected": _("The wrong kind of your case was put right; it is due on {due_on}: {reference}"),
    "case.ready": _("A case has its answer and its result and waits to be closed: {reference}"),
    "case.closed": _("Your case was closed: {reference}"),
    "case.reopened": _("Your case was opened again and is due on {due_on}: {reference}"),
    "case.merged": _("Case {other} goes on in yours, with the earlier deadline: {reference}"),
    "case.extension_asked": _("An extension is asked for, until {until}: {reference}"),
    "case.extension_granted": _("Your extension was granted; the case is due on {due_on}: {reference}"),
    "case.extension_denied": _("Your extension was refused; the case stays due on {due_on}: {reference}"),
}

REFUSALS: dict[str, str | Promise] = {
    "case.changed": _(
        "Somebody changed this case while you had it open: {said}. Look at its page, then do it again if it still fits."
    ),
    "case.moved_on": _(
        "Somebody else was quicker: the case was taken back or went on, and is no longer with your section. "
        "There is nothing left for you to do."
    ),
    "case.no_officer": _("No supervision officer is in office to hold this. Appoint one first."),
    "case.nobody_holds": _("A case must be held by somebody. Name the person."),
    "case.no_such_kind": _("There is no such kind of case. Choose one from the list."),
    "case.too_long": _("This is too long: {most} characters at most. Shorten it, or add the rest as a file."),
    "case.unreadable": _("This holds characters that cannot be read. Type it again."),
    "case.received_when": _("The day of receipt lies in the future or more than a year back. Correct it."),
    "case.number_erased": _(
        "The matter with this number was erased for good, as case {reference}, at the citizen's wish or after its "
        "term. It comes in anew only if the supervision office allows it on that case's page, with a reason."
    ),
    "case.number_known": _("This number is already here as case {reference}. Open that case instead."),
    "case.answer_is_empty": _("Write the answer that the citizen will read."),
    "case.bare_receipt": _(
        "This only says that the message was received or passed on. Say what was found, decided or done, or leave the "
        "case unanswered until you can. If it is an answer all the same, say why: whoever closes the case decides."
    ),
    "case.result_is_empty": _("Write what came of the matter: what was done, by whom and when."),
    "case.unanswered": _("The citizen has no answer yet. Have the case answered first, then close it."),
    "case.unsettled": _("There is no result yet. Have the result written down first, then close it."),
    "case.taker_is_recused": _(
        "{name} declared ties with the section that holds this matter. Choose somebody else, or let the section decide."
    ),
    "case.own_work": _("You answered or settled this case, so somebody else must close it. Ask a colleague to do so."),
    "case.own_slip": _("You gave this case its kind yourself, so somebody else must put it right. Ask a colleague."),
    "case.is_offered": _("The case is on offer. Wait for the acceptance, or take the offer back first."),
    "case.is_stopped": _("The clock stands still. Let it run on first."),
    "case.own_stop": _(
        "You stopped this clock or hold the case, so somebody else must look at it. Leave it to a colleague."
    ),
    "case.is_running": _("The clock is running. There is nothing to resume."),
    "case.is_closed": _("This case is closed. Open it again first, with a reason."),
    "case.is_not_closed": _("This case is not closed, so it need not be opened again."),
    "case.is_merged": _("This case goes on in {into}. Act there."),
    "case.merged_with_itself": _("Name another case than this one."),
    "case.grouped_with_itself": _("Name another case than this one."),
    "case.grouped_already": _("Both cases are in this group already."),
    "case.two_groups": _("The cases are in two groups. Take one of them out of its group first."),
    "case.not_grouped": _("This case is in no group any more. Look at it again."),
    "case.restricted_apart": _("A report of misconduct and an ordinary case stay apart. Handle each by itself."),
    "case.restricted_stays": _("A report of misconduct stays with the supervision office. Choose an officer."),
    "case.stays_restricted": _("A report of misconduct stays protected. Split off what is not part of it."),
    "case.reason_needed": _("Give a reason, so that the others know what to do next."),
    "case.already_offered": _("The case is already on offer. Wait for the answer, or take the offer back first."),
    "case.already_there": _("The case is already there. Choose another section or person."),
    "case.nothing_offered": _("The offer is no longer open. Look at the case again."),
    "case.not_offered_to_you": _("The case is offered to another section. Only its people can take it."),
    "case.offered_to_another": _(
        "The case is offered to another person. Only that person or the stand-in can take it."
    ),
    "case.no_such_section": _("This section is closed or gone. Choose another one from the list."),
    "case.not_of_this_section": _("This person is not in office in that section. Choose from its people."),
    "case.held_by_section": _(
        "The case is held by {section}, which answers for it. Urge that section, or offer it anew."
    ),
    "case.not_the_holder": _("The case is carried by {name}. Ask {name} or the section's head to hand it over first."),
    "case.too_late_to_stop": _("The case was due on {due_on}; a clock that has run out cannot be stopped."),
    "case.asked_too_late": _("The case was due on {due_on}; an extension is asked for before then. Answer it soon."),
    "case.extended_already": _("The case was extended once; the plan gives no second extension."),
    "case.already_asked": _("An extension is asked for already. Wait for the decision."),
    "case.no_extension": _("The plan gives no extension for this kind of case. Answer it by its due date."),
    "case.extension_out_of_range": _("Choose a day after {due_on} and not later than {last}."),
    "case.nothing_asked": _("Nobody asks for more time any longer. Look at the case again."),
    "case.own_request": _("You asked for this time yourself, so somebody else must decide. Ask a colleague."),
    "case.no_papers": _("List every paper that is missing, one a line."),
}
