"""What the room's verbs, notices and refusals say; a refusal says what is wrong and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "commitment.draft": _("A commitment was drafted"),
    "commitment.edit": _("The draft of the commitment was changed"),
    "commitment.propose": _("The commitment was handed in for its check"),
    "commitment.return": _("The commitment was returned to its section"),
    "commitment.publish": _("The commitment was published"),
    "commitment.amend": _("A new version of the commitment was begun"),
    "commitment.replace": _("A newer version took the commitment's place"),
    "commitment.withdraw": _("The commitment was withdrawn"),
    "commitment.measure": _("It was entered how often the commitment was kept"),
    "measurement.accept": _("The entered figures were checked and count"),
    "measurement.refuse": _("The entered figures were refused"),
    "openness.add": _("An item was put on the openness checklist"),
    "openness.show": _("It was shown where the item is open to everybody"),
    "openness.accept": _("The item was looked at and found open"),
    "openness.return": _("The item was looked at and found not open"),
    "openness.drop": _("The item was found not to apply to the section"),
    "board.place": _("A notice board was placed"),
    "board.publish": _("A new edition of the notice boards was published"),
    "board.hang": _("An edition was hung on the notice board"),
    "board.take_down": _("The notice board was taken down"),
}

NOTICES: dict[str, str | Promise] = {
    "commitment.proposed": _("A commitment of {section} waits for your check: {what}"),
    "commitment.returned": _("Your commitment was returned; read why and hand it in again: {what}"),
    "commitment.published": _("Your commitment is published and in force: {what}"),
    "commitment.withdrawn": _("This commitment was withdrawn: {what}"),
    "measurement.entered": _("Figures of {section} wait for your check: {what}"),
    "measurement.refused": _("The figures that you entered were refused; read why: {what}"),
    "openness.shown": _("{section} shows an item that waits for your look: {title}"),
    "openness.returned": _("This item was found not open; read what is missing: {title}"),
    "board.published": _("Edition {edition} is out: print it and replace the notice board, {place}"),
}

REFUSALS: dict[str, str | Promise] = {
    "commitment.is_draft": _("This version is still a draft. Hand it in first; another person then checks it."),
    "commitment.is_proposed": _("This version waits for its check. It can be changed once it is returned."),
    "commitment.is_published": _("This version is published. Begin a new version to change it."),
    "commitment.is_replaced": _("A newer version took the place of this one. Open that one."),
    "commitment.is_withdrawn": _("This version was withdrawn. Draft another commitment."),
    "commitment.amended_already": _("A new version of this commitment is already in preparation. Open that one."),
    "commitment.says_nothing": _("Say what is promised, in one sentence that everybody understands."),
    "commitment.not_measurable": _(
        "The plan wants commitments that can be measured: say within what time, and what it is measured by."
    ),
    "commitment.cases_in_days": _("A promise about cases is counted in days. Choose working days or calendar days."),
    "commitment.longer_than_limit": _("The plan allows {days} days for such cases. Promise as many or fewer."),
    "commitment.own_work": _("You wrote this commitment, so somebody else must check it. Ask a colleague."),
    "commitment.reason_needed": _("Give a reason, so that the others know what to do next."),
    "commitment.below_minimum": _(
        "The plan asks each section for at least {minimum} commitments. Publish another one first, then withdraw this."
    ),
    "commitment.withdrawn_by_the_office": _(
        "The public was promised this, so only the supervision office withdraws it. Ask the office."
    ),
    "commitment.no_such_section": _("This section is closed or gone. Choose another one from the list."),
    "measurement.nothing_counted": _("Enter how many occasions were counted, at least one."),
    "measurement.more_than_all": _("No more than the {total} counted can have been kept. Correct one of the numbers."),
    "measurement.days_reversed": _("The last day lies before the first. Correct one of them."),
    "measurement.in_the_future": _("These days are not over yet. Enter figures up to today."),
    "measurement.counted_by_itself": _("This commitment is counted from its cases by itself. Nothing is entered."),
    "measurement.before_it_held": _("The commitment holds since {published_on}. Count from then on."),
    "measurement.after_it_ended": _("The commitment ended on {ended_on}. Count up to the day before."),
    "measurement.days_counted_already": _("Some of these days are counted already. Choose the days after them."),
    "measurement.checked_already": _("These figures were checked already. Nothing more needs to be done."),
    "openness.is_missing": _("Nobody has shown yet where this is open. Wait for the section, or remind it."),
    "openness.is_not_applicable": _("This item does not apply to the section. Add an item of its own if needed."),
    "openness.proof_needed": _("Give the address where it can be read, or add a file or a photograph that shows it."),
    "openness.own_work": _("You showed this item yourself, so somebody else must look at it. Ask a colleague."),
    "openness.reason_needed": _("Say what is missing, or why the item does not apply."),
    "openness.no_section": _("Choose at least one section."),
    "openness.nothing_added": _(
        "Nothing was added: tick an item that is not on the list yet, or write one of your own."
    ),
    "board.no_plan": _("No plan is adopted yet, so a board has nothing to say. Adopt the year's plan first."),
    "board.no_commitments": _("No commitment is published yet. Publish the section's commitments first."),
    "board.nothing_new": _("This edition would say the same as the last one. Nothing needs to be published."),
    "board.no_edition": _("No edition is published for this board yet. Publish one, print it, then hang it."),
    "board.not_latest": _("Edition {latest} is the newest. Print and hang that one."),
    "board.photograph_needed": _("Add a photograph that shows the board at its place."),
    "board.reason_needed": _("Say why the board is taken down."),
    "board.is_taken_down": _("This board was taken down on {on}. Place a new one."),
    "board.no_such_section": _("This section is closed or gone. Choose another one from the list."),
}
