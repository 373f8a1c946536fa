"""What the bureau's refusals say: what is wrong, and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "bureau.exists": _("The bureau was already created. Sign in; the supervision office can invite you."),
    "site.address_unfit": _("This is no address of a site. Give it as https://pingyi.example.gov."),
    "site.address_has_more": _("Give only the beginning of the address, such as https://{host}, without a page."),
    "site.address_is_own": _(
        "{host} leads everybody to their own machine. Give the name at which others reach this site."
    ),
    "site.name_unfit": _(
        "The record's name is a name of its own, such as pingyi.example.gov: small letters, digits, dots and hyphens."
    ),
    "site.no_name": _(
        "The record still has every new site's name, {name}, and would be published so. Have PINGYI_ORIGIN set to a "
        "name of its own (docs/guides/https.md)."
    ),
    "site.no_address": _(
        "Nobody else could open {host}, so no link or code leads there. Have PINGYI_ADDRESS set, or open this page at "
        "the site's own address."
    ),
    "login.taken": _("This user name is taken. Choose another one, for instance with your section's initials."),
    "section.name_taken": _("There is already an open section called {name}. Choose another name, or change that one."),
    "section.reference_taken": _("The code {reference} is already used. Choose another one, or leave it empty."),
    "section.no_such_parent": _("The section above no longer exists. Choose another one from the list."),
    "section.below_itself": _("A section cannot stand below itself. Choose another section above, or none."),
    "section.closed": _("This section is closed. Choose an open section, or add a new one."),
    "section.has_parts": _("These sections still stand below it: {sections}. Close or move them first."),
    "section.has_duties": _("{count} duties are still open: {duties}. Have them accepted, waived or reassigned first."),
    "section.has_head": _("{head} is head of {section}. Name the new head on the section's page instead."),
    "section.head_elsewhere": _(
        "Only a person in office in this section can be its head or stand-in. Appoint the person to this section first."
    ),
    "section.one_person_twice": _("Head and stand-in must be two persons. Choose another stand-in, or none."),
    "member.no_such_post": _("Nobody can be appointed to this role. Choose a role from the list."),
    "member.needs_section": _("This role belongs to a section. Choose the section."),
    "member.stands_outside": _("This role stands outside the sections. Leave the section empty."),
    "member.term_reversed": _("The term would end before it begins on {begins}. Correct the last day."),
    "member.twice": _("{name} already holds this post. Open the person's page instead of appointing again."),
    "member.dismissed": _("This person is no longer in office. Appoint the person again if needed."),
    "member.last_officer": _(
        "This is the last supervision officer who can sign in; without one nobody could run the evaluation. "
        "Invite another officer first."
    ),
    "member.heads_section": _("This person answers for {sections}. Name another head or stand-in there first."),
    "member.holds_matters": _(
        "{count} matters are still in this person's hands: {matters}. Offer each to somebody else, and have it "
        "accepted, first."
    ),
    "member.no_login": _("This person has no login. Issue an invitation instead."),
    "invitation.accepted": _("This invitation was already used. Sign in with the user name you chose then."),
    "invitation.revoked": _("This invitation was withdrawn. Ask the supervision office for a new one."),
    "invitation.expired": _("This invitation has expired. Ask the supervision office for a new one."),
    "invitation.has_login": _("{name} can already sign in. If the password was forgotten, withdraw the login first."),
    "invitation.awaits_word": _(
        "This post checks the work of others, so the link opens with a second word. Ask the other officer for it."
    ),
    "invitation.wrong_word": _("This is not the second word. Ask the officer who gave it to you to read it again."),
    "invitation.needs_no_word": _("This invitation opens without a second word. Nothing needs to be done."),
    "invitation.other_person": _(
        "Another person took this post up before, so your login does not fit it. Have yourself appointed anew, or "
        "sign out and choose a new user name if the post is yours."
    ),
    "member.needs_two": _(
        "This role checks the work of others, so two persons decide. Propose it, and a second one confirms."
    ),
    "motion.is_over": _("This motion is decided already. Make a new one if needed."),
    "motion.note_needed": _("Say why you refuse, so that the other officer knows what to change."),
    "motion.twice": _("The same about {name} waits for a second person already. Ask one of them to decide."),
    "recused": _(
        "You declared an interest in this section, so somebody else must do this. Ask a colleague without such ties."
    ),
    "interest.none_and_some": _("You ticked “no ties” and named some. Take one of the two away."),
    "interest.says_nothing": _("Name the sections, or tick that you have no ties."),
    "interest.details_needed": _("Say in a few words what ties, so that the office can judge what follows."),
    "interest.own_section": _("You belong to this section; that is known. Take it out of the list."),
    "ready.gone": _("This is in order by now, or was accepted already. Look at the page again."),
    "ready.to_be_mended": _("This cannot be accepted as it is. Mend it first."),
    "ready.changed": _("What was found has changed since you looked. Look at the line again, then accept it."),
    "ready.reason_needed": _("Say why it is accepted as it is; whoever asks later reads it."),
    "ready.open": _("{count} matters are to be settled first. Mend each of them, or accept it with a reason."),
    "bureau.second_is_first": _("The second person must be somebody else than you. Enter another name."),
    "bureau.second_cannot_confirm": _("Choose a role that can confirm: bureau leader or supervision office."),
    "post.one_person_twice": _("A pair needs two persons. Choose another second person."),
    "post.of_two_sections": _("Both must belong to this section. Choose from its people."),
    "absence.reversed": _("The absence would end before it begins. Correct one of the two days."),
    "absence.too_long": _("An absence of more than three years is a slip of the pen. Correct the last day."),
    "absence.is_past": _("These days have passed; who acted then cannot be changed any more. Choose later days."),
    "absence.twice": _("Some of these days are already entered for this person. Cancel those first, or choose others."),
    "absence.both_away": _(
        "The other of the post is away from {begins_on} to {ends_on}. Choose other days, or have the section's head "
        "stand in and tick that."
    ),
    "absence.nobody_left": _(
        "From {begins_on} to {ends_on} nobody would be left to act: both of the post and the head would be away. "
        "Choose other days."
    ),
    "absence.over": _("This absence is over or was cancelled before. Nothing needs to be done."),
    "import.has_problems": _("The table still has problems, so nothing was taken over. Mend the rows named below."),
    "import.nothing_new": _("Everything in this table is already in the bureau. Nothing was changed."),
    "import.changed_since": _("The file on the server was replaced meanwhile. Look at the new preview, then confirm."),
    "file.empty": _("{name} is empty. Choose the file again."),
    "file.too_large": _("{name} is larger than {megabytes} MB. Make it smaller, or split it."),
    "file.too_many_pixels": _("{name} has more than {megapixels} million pixels. Make the picture smaller."),
    "file.kind_not_accepted": _(
        "{name} is not a picture, PDF, office document or text, or its content does not match its name. "
        "Save it as PDF and add that."
    ),
    "file.damaged_picture": _("{name} is damaged and cannot be opened. Take or save the picture again."),
    "file.busy": _(
        "{name} could not be looked at, because many files came at once. What you typed is still here: choose the file "
        "again in half a minute, or send this without it."
    ),
    "file.too_much": _(
        "{name} takes more time or memory to open than such a file may. Save it anew in the program that it is from, "
        "or take a smaller copy."
    ),
    "file.damaged": _("{name} is damaged and cannot be opened. Save it again in the program that it is from."),
    "file.too_many": _("No more than {most} files at a time. Put the others together in one PDF."),
    "proof.lost": _("The file is missing from the storage. Tell the supervision office; the record still names it."),
    "proof.altered": _(
        "The file was changed on the disk and is not handed out. Tell the supervision office; the record shows it."
    ),
}
