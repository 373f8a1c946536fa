"""What the bureau's verbs mean in the record."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "bureau.create": _("The bureau was created with its first supervision officer."),
    "bureau.change": _("The bureau's names or year were changed."),
    "bureau.import_people": _("Sections and people were taken over from a table."),
    "section.add": _("A section was added."),
    "section.change": _("A section was changed."),
    "section.name_head": _("A section's head and stand-in were named."),
    "section.close": _("A section was closed."),
    "member.appoint": _("A member was appointed."),
    "member.change": _("A member's post or particulars were changed."),
    "member.dismiss": _("A member was dismissed."),
    "member.withdraw_login": _("A member's login was withdrawn."),
    "invitation.issue": _("An invitation was issued."),
    "invitation.revoke": _("An invitation was withdrawn."),
    "invitation.accept": _("An invitation was accepted."),
    "invitation.give_word": _("The second word of an invitation was given."),
    "motion.make": _("An appointment, change or withdrawal that needs two persons was proposed."),
    "motion.confirm": _("A motion was confirmed by a second person."),
    "motion.refuse": _("A motion was refused."),
    "motion.withdraw": _("A motion was taken back."),
    "interest.declare": _("A declaration of interests was made."),
    "member.found": _("A second person was founded by the server's operator."),
    "login.unlock": _("A login that was locked by wrong tries was unlocked by the server's operator."),
    "ready.accept": _("What was not in order was accepted as it is."),
    "post.set": _("Two people were made each other's stand-in."),
    "absence.enter": _("An absence was entered."),
    "absence.cancel": _("An absence was cancelled."),
}

NOTICES: dict[str, str | Promise] = {
    "section.head_named": _("You now answer for {section}."),
    "section.stand_in_named": _("You now stand in for the head of {section}."),
    "post.set": _("{first} and {second} now stand in for each other."),
    "absence.entered": _("{name} is away from {begins_on} to {ends_on}. On those days you act in that person's place."),
    "motion.made": _("Your word as the second person is needed about {name}."),
    "motion.confirmed": _("What you proposed about {name} was confirmed."),
    "motion.refused": _("What you proposed about {name} was refused; the reason stands there."),
    "invitation.accepted": _("{name} accepted the invitation and can now sign in."),
}
