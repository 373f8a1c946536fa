"""What the room's verbs, refusals and notices mean, in words that say what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "evidence.import": _("Evidence was brought in as a table."),
    "evidence.choose": _("It was chosen which side counts: the tables, or what this house knows itself."),
    "evidence.withdraw": _("A table of evidence was taken out of the reckoning."),
    "result.settle": _("The verdict was computed from the evidence."),
    "result.open_preview": _("The sections were shown their own sheets."),
    "result.object": _("A section objected to its sheet."),
    "result.answer": _("An objection was answered after a second look."),
    "result.confirm": _("The verdict was confirmed."),
    "result.recount": _("The numbers were counted again by another person."),
    "result.apply": _("What follows from the verdict was ordered."),
    "result.withdraw": _("The verdict was withdrawn."),
    "consequence.report": _("It was reported that a consequence was carried out."),
    "consequence.accept": _("The report on a consequence was accepted."),
    "consequence.return": _("The report on a consequence was returned."),
    "consequence.waive": _("It was decided that a consequence is not carried out."),
    "consequence.recount": _("The due date was counted again by the published calendar."),
    "consequence.lift": _("A consequence that was in force was lifted."),
}

NOTICES: dict[str, str | Promise] = {
    "result.preview": _(
        "Your section's score sheet can be seen until {ends_on}. Object by then if something is wrong."
    ),
    "result.recount_differs": _(
        "The result was counted again and comes out otherwise. Look at what differs; it cannot be published so."
    ),
    "objection.filed": _("{section} objects to its score sheet. Another person than who settled the verdict answers."),
    "objection.upheld": _("The objection of {section} was upheld: withdraw the verdict and settle it anew."),
    "objection.answered": _("Your section's objection was answered."),
    "consequence.ordered": _("Ordered for your section: {name}, due {due_on}."),
    "consequence.reported": _("{section} reports: {name}. Please check."),
    "consequence.returned": _("The report on “{name}” was returned. See what is missing, then report again."),
    "consequence.waived": _("“{name}” is not carried out after all; the reason stands with it."),
    "consequence.recounted": _("The holidays are published: “{name}” is due on {due_on}, and that stands."),
    "consequence.lifted": _("“{name}” was lifted; the reason stands with it."),
    "consequence.correct": _(
        "{section}: “{name}” no longer holds, but the published verdict still says so. Correct it."
    ),
}

REFUSALS: dict[str, str | Promise] = {
    "evidence.file_empty": _("The file is empty. Choose the filled-in table."),
    "evidence.file_too_large": _("The file is larger than {megabytes} MB. Divide it by source and hand in each part."),
    "evidence.upload_gone": _("The file is no longer kept here, or another person handed it in. Hand it in again."),
    "evidence.has_problems": _("{count} rows have problems; nothing was imported. Mend them and hand it in again."),
    "evidence.no_rows": _("The table has no rows of evidence. Fill it in from the template."),
    "evidence.no_round": _("No plan has been adopted yet. Adopt the year's plan first."),
    "evidence.same_file": _(
        "This very file was imported on {on} with {rows} rows. To replace it, withdraw that table first."
    ),
    "evidence.source_undecided": _(
        "Tables and this house both tell of: {names}. Choose on the evidence page which side counts."
    ),
    "evidence.rests_on_one_row": _(
        "These rest on one row, and one row cannot decide alone: {names}. Bring in more, or say why it counts anyway."
    ),
    "evidence.choice_needed": _("Choose which side counts."),
    "evidence.choice_day_needed": _("Give the first day that this house counts itself."),
    "evidence.choice_not_parted": _(
        "What this house knows here is one count for the whole year. Choose the tables or this house."
    ),
    "evidence.reason_needed": _("Say why, so that everybody can read it in the record."),
    "evidence.withdrawn_already": _("This table was withdrawn before."),
    "evidence.result_is_final": _("The result is final, and rests on the tables of then. Withdraw the verdict first."),
    "evidence.in_final_result": _("The final verdict rests on this table. Withdraw the verdict first."),
    "result.no_section": _(
        "No section takes part in the evaluation, so there is nothing to settle. Enter the sections."
    ),
    "result.none_yet": _("No verdict has been computed yet. Bring the evidence in, then settle."),
    "result.incomplete": _("Evidence is missing for some sections. Bring it in and settle again before the preview."),
    "result.stands": _("A verdict is in preview or final. Withdraw it with a reason before you settle anew."),
    "result.needs_another_person": _("You settled this verdict yourself. Another person must confirm it."),
    "result.preview_runs": _("The preview runs until the end of {ends_on}. Confirm on a later day."),
    "result.objections_wait": _("{count} objections wait for an answer. Answer them first."),
    "result.objection_upheld": _("{count} objections were upheld. Withdraw it and settle anew."),
    "result.rests_on_one_row": _("These rest on one row: {names}. Say that you know it, then confirm."),
    "result.decision_needed": _(
        "A trigger fires that the evidence does not confirm. Write what the bureau meeting decided, and why."
    ),
    "result.ruling_needed": _("Say what the meeting decided of this consequence."),
    "result.ruling_reason_needed": _("Say why it is not ordered now."),
    "result.ruling_not_asked": _("The result has changed since this page was opened. Open it anew and decide again."),
    "result.evidence_changed": _(
        "Evidence or plan changed since the settlement. Settle anew; a verdict that was shown is withdrawn first."
    ),
    "result.recount_needs_another": _("You settled this verdict yourself. Another person counts it again."),
    "result.recounted_already": _("You counted this verdict again before, and it came out equal."),
    "result.recount_unbound": _(
        "A former version settled this verdict and did not record what is published. Settle anew, then count again."
    ),
    "result.recount_differs": _(
        "Counted again, it comes out otherwise in: {files}. This is recorded, and the verdict is not published so. "
        "Run “pingyi verify” and look at what it names; then withdraw the verdict and settle anew."
    ),
    "result.recount_disputed": _(
        "Counted again, this verdict came out otherwise. Look at what differs, withdraw it and settle anew."
    ),
    "result.applied_already": _("The consequences were ordered on {on}."),
    "result.published_already": _("The verdict is published. Withdraw the publication first."),
    "result.orders_begun": _("{count} consequences have been ordered, so this verdict can no longer be withdrawn."),
    "result.reason_needed": _("Say why, so that everybody can read it in the record."),
    "result.does_not_recompute": _(
        "Computed again, what is stored does not give this verdict. Run “pingyi verify” and look at what it names."
    ),
    "result.not_yours_to_see": _(
        "This sheet is not open to you yet. A section sees its own during the preview, all once the verdict is final."
    ),
    "result.not_open_preview": _("Only a freshly computed verdict can be shown. This one is already further on."),
    "result.not_confirm": _("Only a verdict in preview can be confirmed."),
    "result.not_recount": _("This verdict was withdrawn. Count the one again that stands."),
    "result.not_apply": _("Consequences follow from a confirmed verdict only."),
    "result.not_publish": _("Only a confirmed verdict can be published."),
    "result.not_take_back": _("This verdict is not published."),
    "result.not_withdraw": _("This verdict was withdrawn before."),
    "objection.no_preview": _("Objections are heard while the preview runs. There is none now."),
    "objection.waits_already": _("Your section's objection waits for its answer."),
    "objection.empty": _("Say what is wrong in the sheet, and why."),
    "objection.answered_already": _("This objection was answered before."),
    "objection.needs_another_person": _("You filed the objection or settled the verdict. Another person must answer."),
    "objection.answer_empty": _("Give the reasons of the answer."),
    "consequence.not_drafted": _("This consequence was ordered before."),
    "consequence.not_open": _("Only a consequence that was ordered and not yet reported can be reported."),
    "consequence.report_empty": _("Say what was done, when and where."),
    "consequence.nothing_reported": _("There is no report to check."),
    "consequence.needs_another_person": _("You made this report yourself. Another person must check it."),
    "consequence.reason_needed": _("Give a reason that tells what is missing or why it was decided so."),
    "consequence.not_in_force": _("Only what took effect when it was ordered, and still holds, can be lifted."),
    "consequence.closed": _("This consequence is closed."),
}  # fmt: skip
