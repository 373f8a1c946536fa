"""Who hears of a case in danger: the holder or the stand-in, the section's head, the office, the leader (§3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member
from pingyi.rules import standin
from pingyi.rules.actor import Role
from pingyi.rules.case.oversight import RECIPIENTS, Measure, Recipient
from pingyi.stations.cases.models import Case


class Audience:
    """The bureau's people on a day, read once for any number of cases."""

    def __init__(self, *, on: date) -> None:
        """Read members, heads and absences."""
        self.on = on
        self._roster = bureau.roster(since=on)
        self._people = list(bureau.members(on=on))
        self._named = {row.pk: {row.head_id, row.stand_in_id} for row in bureau.sections()}

    def acting(self, case: Case) -> Member:
        """Return who answers for a case on the day: the holder, or who stands in."""
        return self.standing_in(case.holder)

    def standing_in(self, member: Member) -> Member:
        """Return the member, or who stands in while the member is away."""
        found = standin.answering(member.reference, roster=self._roster, on=self.on).member
        return next((one for one in self._people if one.reference == found), member)

    def heads(self, section: int | None) -> list[Member]:
        """Return those who lead a section; everybody in it where nobody is named, nobody for the office itself."""
        if section is None:
            return []
        staff = [one for one in self._people if one.section_id == section]
        named = [one for one in staff if one.pk in self._named.get(section, set())]
        return named or [one for one in staff if one.role == Role.SECTION_HEAD.value] or staff

    def of(self, case: Case, measure: Measure) -> list[Member]:
        """Return who hears of a measure; a report of misconduct stays with the supervision office (§5.4)."""
        wanted = RECIPIENTS[measure]
        if case.is_restricted:
            wanted = tuple(one for one in wanted if one is not Recipient.BUREAU_LEADER)
        found = (one for recipient in wanted for one in self._who(case, recipient))
        return list({one.pk: one for one in found}.values())

    def officers(self) -> list[Member]:
        """Return the supervision officers."""
        return self._in(Role.SUPERVISION_OFFICE)

    def leaders(self) -> list[Member]:
        """Return the bureau's leaders."""
        return self._in(Role.BUREAU_LEADER)

    def _who(self, case: Case, recipient: Recipient) -> Iterable[Member]:
        if recipient is Recipient.HOLDER:
            return [self.acting(case)]
        if recipient is Recipient.SECTION_HEAD:
            return self.heads(case.section_id or case.holder.section_id)
        return self.officers() if recipient is Recipient.SUPERVISION_OFFICE else self.leaders()

    def _in(self, role: Role) -> list[Member]:
        return [one for one in self._people if one.role == role.value]
