"""What each role is for, in words; the table of permissions says what it may do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from pingyi.bureau.models import ROLES
from pingyi.rules.actor import Role
from pingyi.rules.permissions import PERMISSIONS, Reach

WORDS: dict[Role, str | Promise] = {
    Role.SUPERVISION_OFFICE: _("Runs the year: brings the plan, appoints people, checks what sections report."),
    Role.SECTION_HEAD: _("Answers for a section: its duties, its measures, its part of the result."),
    Role.SECTION_STAFF: _("Works on the section's duties and stands in for the head where named."),
    Role.SUPERVISOR: _("Watches from outside, appointed with a letter and for a term."),
    Role.BUREAU_LEADER: _("Decides together with the supervision office; adopts, confirms and names heads."),
    Role.DISTRICT_OFFICE: _("The office of the district (block) that receives filings and sets tasks."),
    Role.CITY_BUREAU: _("The bureau above (line) that receives filings."),
    Role.SURVEY_TEAM: _("Measures the satisfaction of the public and hands the results in."),
    Role.AUDITOR: _("Reads everything, changes nothing, checks the record, counts the result again."),
}
REACHES: dict[Reach, str | Promise] = {
    Reach.ANY: "",
    Reach.OWN_SECTION: _("in the own section"),
    Reach.OFFERED: _("what is handed over to the own section"),
    Reach.OWN: _("the own one"),
    Reach.FOLLOWED: _("the matter whose secret code one holds"),
    Reach.READ: _("the matter whose secret code or reading code one holds"),
    Reach.NOT_OWN: _("not what one did oneself, in whatever post"),
}


def who_may(*verbs: str) -> str:
    """Name the members' roles that may do one of these verbs."""
    reaching = {role.value for verb in verbs if verb in PERMISSIONS for role in PERMISSIONS[verb].reach}
    return pgettext("between roles", ", ").join(str(name) for value, name in ROLES if value in reaching)
