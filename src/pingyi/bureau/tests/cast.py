"""The cast: one small bureau of five sections and eight named people, made through the actions themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client

from pingyi.bureau import motions
from pingyi.bureau.actions import invitation, member, motion, organization, section
from pingyi.bureau.middleware import CURRENT
from pingyi.bureau.models import Member, Section
from pingyi.rules.actor import VISITOR, Actor, Role, machine
from pingyi.rules.day import day_of
from pingyi.rules.motion import needs_two

PASSWORD = "pingyi-demo-2026"
BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
SECTIONS = (
    ("office", "办公室", "office"),
    ("pollution", "污染控制科", "section"),
    ("monitoring", "环境监测站", "station"),
    ("brigade", "环境监察大队", "brigade"),
    ("information", "信息中心", "center"),
)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who plays: members with logins (`cast.zhou.login`), sections, and actors for actions (`cast.actor("zhou")`)."""

    zhou: Member  # 周明, supervision office
    li: Member  # 李芳, second supervision officer
    wang: Member  # 王强, head of the brigade
    zhao: Member  # 赵敏, staff of the brigade
    chen: Member  # 陈静, head of pollution control
    sun: Member  # 孙伟, bureau leader
    wu: Member  # 吴桐, conduct supervisor
    he: Member  # 何璟, district office
    sections: dict[str, Section]

    def member(self, who: str) -> Member:
        """Return a member by the short name."""
        found = getattr(self, who)
        assert isinstance(found, Member)
        return found

    def actor(self, who: str) -> Actor:
        """Return a member as who acts."""
        return self.member(who).actor()

    def client(self, who: str) -> Client:
        """Return a test client signed in as this member."""
        one = self.member(who)
        signed_in = Client()
        assert one.login is not None
        signed_in.force_login(one.login)
        session = signed_in.session
        session[CURRENT] = one.reference
        session.save()
        return signed_in


def assemble(*, year: int = 2026, at: datetime = BEGIN) -> Cast:
    """Make the whole bureau: everybody has a login named after the short name, with the password PASSWORD."""
    founded = organization.create(
        name="清源区环境保护局", short_name="区环保局", office_name="监察室", year=year, officer="周明",
        username="zhou", password=PASSWORD, second="孙伟", by=machine("first-run"), at=at,
    )  # fmt: skip
    zhou, by = founded.officer, founded.officer.actor()
    sun = _take_up(founded.second, "sun", by=by, at=at)
    units = {
        reference: section.add(name=name, kind=kind, reference=reference, order=order, by=by, at=at)
        for order, (reference, name, kind) in enumerate(SECTIONS, 1)
    }
    people = {"zhou": zhou, "sun": sun}
    for who, name, role, unit in (
        ("li", "李芳", Role.SUPERVISION_OFFICE, ""),
        ("wang", "王强", Role.SECTION_HEAD, "brigade"),
        ("zhao", "赵敏", Role.SECTION_STAFF, "brigade"),
        ("chen", "陈静", Role.SECTION_HEAD, "pollution"),
        ("wu", "吴桐", Role.SUPERVISOR, ""),
        ("he", "何璟", Role.DISTRICT_OFFICE, ""),
    ):
        people[who] = enlist(who, name=name, role=role, section=unit, by=by, at=at)
    fresh = {reference: Section.objects.get(pk=row.pk) for reference, row in units.items()}
    return Cast(**{who: Member.objects.get(pk=one.pk) for who, one in people.items()}, sections=fresh)


def enlist(who: str, *, name: str, role: Role, section: str = "", by: Actor, at: datetime = BEGIN) -> Member:
    """Appoint, invite and let accept one more person, whose user name is `who`; with a second person where needed."""
    if needs_two(role.value):
        proposed = motion.appoint(name=name, role=role.value, section=section, by=by, at=at)
        one = motion.confirm(proposed.reference, by=second_to(by, at=at), at=at).member
        assert one is not None
    else:
        one = member.appoint(name=name, role=role.value, section=section, by=by, at=at)
    return _take_up(one, who, by=by, at=at)


def second_to(by: Actor, *, at: datetime = BEGIN) -> Actor:
    """Return who can stand behind what this person proposes."""
    others = (one.actor() for one in motions.able_to_confirm(on=day_of(at)))
    return next(one for one in others if not one.did_any((by.reference,)))


def _take_up(one: Member, who: str, *, by: Actor, at: datetime) -> Member:
    issued = invitation.issue([one.reference], by=by, at=at)[0]
    row, word = issued.invitation, ""
    if row.needs_word:
        word = invitation.give_word(row.reference, by=second_to(by, at=at), at=at)
    return invitation.accept(issued.token, username=who, password=PASSWORD, word=word, by=VISITOR, at=at)
