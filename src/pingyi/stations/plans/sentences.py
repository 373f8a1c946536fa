"""What the room's verbs, notices and refusals say; a refusal says what is wrong and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "plan.draft": _("A plan was drafted"),
    "plan.edit": _("The draft of the plan was changed"),
    "plan.propose": _("The plan was proposed for adoption"),
    "plan.adopt": _("The plan was adopted"),
    "plan.withdraw": _("The plan was taken back"),
    "plan.amend": _("An amendment of the plan was begun"),
    "round.open": _("The year's evaluation was opened"),
    "round.amend": _("The year's evaluation was brought to the amended plan"),
    "task.plan": _("The plan made this a dated task"),
    "task.replan": _("The amended plan changed this task"),
    "task.add": _("The task was added"),
    "task.assign": _("Another person was made responsible"),
    "task.report": _("The task was reported as done"),
    "task.withdraw_report": _("The report was taken back"),
    "task.accept": _("The report was accepted"),
    "task.take_over": _("The task was taken over as done before the start"),
    "task.return": _("The report was returned"),
    "task.extend_ask": _("More time was asked for"),
    "task.extend_grant": _("More time was granted"),
    "task.extend_deny": _("More time was refused"),
    "task.waive": _("The task was waived"),
    "meeting.plan": _("The meeting was planned"),
    "meeting.convene": _("The meeting was convened"),
    "meeting.record_attendance": _("The attendance was written down"),
    "meeting.minute": _("The minutes were written"),
    "meeting.cancel": _("The meeting was called off"),
    "calendar.open": _("A calendar address was opened"),
    "calendar.revoke": _("A calendar address was closed"),
}

NOTICES: dict[str, str | Promise] = {
    "plan.proposed": _("A plan waits for adoption by another person than its proposer: {title}"),
    "plan.adopted": _("The plan that you proposed was adopted: {title}"),
    "task.added": _("A task was added for you, due on {due_on}: {title}"),
    "task.assigned": _("You are now responsible for a task due on {due_on}: {title}"),
    "task.reported": _("A report waits for your check: {title}"),
    "task.returned": _("Your report was returned; read why and report again: {title}"),
    "task.accepted": _("Your report was accepted: {title}"),
    "task.waived": _("This task need not be done: {title}"),
    "task.extension_asked": _("More time is asked for, until {until}: {title}"),
    "task.extension_granted": _("You have time until {due_on}: {title}"),
    "task.extension_denied": _("No more time is given; the task stays due on {due_on}: {title}"),
    "task.due_soon": _("Due in {days} days, on {due_on}: {title}"),
    "task.due_today": _("Due today: {title}"),
    "task.overdue": _("Overdue since {due_on}; report it, or talk to the supervision office: {title}"),
    "task.unchecked": _("This report has waited for days for its check: {title}"),
    "meeting.convened": _("You are called to a meeting on {held_on}, {place}: {title}"),
    "meeting.cancelled": _("The meeting on {held_on} is called off: {title}"),
    "meeting.tomorrow": _("Meeting on {held_on}, {place}: {title}"),
}

REFUSALS: dict[str, str | Promise] = {
    "version.is_draft": _("This version is still a draft. Propose it first; another person then adopts it."),
    "version.is_proposed": _("This version is proposed and waits for its adoption. Take it back to change it."),
    "version.is_adopted": _("This version is adopted and frozen. Amend it by a new version."),
    "version.is_withdrawn": _("This version was given up. Bring the plan again."),
    "version.has_problems": _(
        "{count} problems keep this plan from being adopted. Mend those marked on its page first."
    ),
    "version.overtaken": _(
        "Another version came into force meanwhile. Take this one back, compare, and propose again."
    ),
    "version.changed": _(
        "Somebody saved another text meanwhile. Yours is kept here: open the version beside it and compare."
    ),
    "version.reason_needed": _("Say why the plan is to be changed."),
    "own_work": _(
        "You did this work or answer for it, in this post or another, or who did it appointed you alone. "
        "Somebody else must check it: ask a colleague."
    ),
    "round.none": _("No plan is adopted yet. Adopt the year's plan first; its tasks then appear here."),
    "round.no_officer": _("No supervision officer is in office. Appoint one before the year is opened."),
    "round.unreadable": _("The plan's text cannot be read ({count} problems). Mend them on the plan's page first."),
    "task.is_open": _("This task has not been reported yet. Wait for the report, or remind the section."),
    "task.is_reported": _("This task is reported and waits for its check. Take the report back to change it."),
    "task.is_returned": _("The report was returned. It has to be reported again first."),
    "task.is_accepted": _("This task is accepted and closed. Nothing more needs to be done."),
    "task.is_waived": _("This task was waived. Nothing needs to be done."),
    "task.report_is_empty": _("Write in a sentence or two what was done, when and by whom."),
    "task.proof_needed": _("The plan asks for a proof. Add a file or a photograph that shows the work."),
    "task.deed_not_offered": _("This is not offered as the proof of this task any more. Open the task anew."),
    "task.not_your_report": _("Only somebody who made this report can take it back. Ask them, or have it returned."),
    "task.own_work": _("You did this work or answer for it, so somebody else must check it. Ask a colleague to do so."),
    "task.not_the_checker": _("Another office set this task and checks it. Leave the check to that office."),
    "task.setters_word_needed": _(
        "The district set this task. Give the district's own word: the letter's number, or who said so and when."
    ),
    "task.reason_needed": _("Give a reason, so that the others know what to do next."),
    "task.not_before_the_round": _("This was due after the year was opened. It has to be reported and checked."),
    "task.done_later": _("Nothing is taken over as done on a day that has not come. Choose an earlier day."),
    "task.taken_over_without_words": _("Say from what it is known that it was done, such as a file or a letter."),
    "task.nothing_chosen": _("Choose at least one task that was done."),
    "task.own_waiver": _("Nobody waives their own task. Ask another officer or the leader of the bureau."),
    "task.nobody_named": _("Name the person who is to be responsible."),
    "task.already_responsible": _("This person is already responsible. Choose another one."),
    "task.not_of_this_section": _("Only somebody in office in this section can be responsible. Choose from the list."),
    "task.taker_is_recused": _("{name} declared ties with the section of this task. Choose somebody else."),
    "task.no_such_section": _("This section is closed or gone. Choose another one from the list."),
    "task.asked_too_late": _("The task was due on {due_on}; time is asked for before then. Report as soon as you can."),
    "task.not_later": _("Choose a day after {due_on}, on which the task is due now."),
    "task.nothing_asked": _("Nobody asks for more time any longer. Look at the task again."),
    "task.own_request": _("You asked for this time yourself, so somebody else must decide. Ask a colleague."),
    "task.due_in_the_past": _("This day has passed. Choose today or a later day."),
    "meeting.is_planned": _("The meeting has no day yet. Set date and place first."),
    "meeting.is_convened": _("The attendance is not written down yet. Do that first, once the meeting was held."),
    "meeting.is_held": _("The meeting was held already."),
    "meeting.is_minuted": _("The minutes are written already; they can only be written anew."),
    "meeting.is_cancelled": _("The meeting was called off. Call another one."),
    "meeting.place_needed": _("Say where the meeting is held."),
    "meeting.too_early": _("The plan calls this meeting for {earliest_on} at the earliest. Choose a later day."),
    "meeting.too_late": _("The plan calls this meeting for {latest_on} at the latest. Choose an earlier day."),
    "meeting.days_reversed": _("The last day lies before the first. Correct one of them."),
    "meeting.not_yet_held": _("The meeting has not been held yet. Write the attendance down on its day or after."),
    "meeting.more_came_than_invited": _(
        "Present and proxies are more than the {invited} invited. Correct the counts, or raise the number invited."
    ),
    "meeting.nobody_came": _("If nobody came, call the meeting off with a reason instead."),
    "meeting.minutes_are_empty": _("Write what was said and decided; a file may be added."),
    "meeting.reason_needed": _("Say why the meeting is called off."),
    "calendar.none_open": _("There is no open calendar address. Open one first."),
}
