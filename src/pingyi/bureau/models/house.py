"""The bureau, its sections and members, their invitations, logins and notices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from pingyi.record.keyring import new_name
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField, PersonalOctets, PersonalQuerySet
from pingyi.rules.actor import Actor, Role
from pingyi.rules.membership import InvitationState, invitation_state

ROLES: list[tuple[str, object]] = [
    (Role.SUPERVISION_OFFICE.value, _("Supervision office")),
    (Role.SECTION_HEAD.value, _("Section head")),
    (Role.SECTION_STAFF.value, _("Section staff")),
    (Role.SUPERVISOR.value, _("Conduct supervisor")),
    (Role.BUREAU_LEADER.value, _("Bureau leader")),
    (Role.DISTRICT_OFFICE.value, _("District office")),
    (Role.CITY_BUREAU.value, _("City bureau")),
    (Role.SURVEY_TEAM.value, _("Statistics team")),
    (Role.AUDITOR.value, _("Auditor")),
]


class Login(AbstractUser):
    """A way to sign in; a plain row, for Django itself saves it at every login."""

    person = models.CharField(max_length=16, null=True, default=None, db_index=True)  # whose it is, for good


class Bureau(Recorded):
    """The organisation whose conduct is evaluated (局); there is one in a database."""

    shown = ("name", "short_name", "office_name", "year")

    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=20, blank=True)
    office_name = models.CharField(max_length=40)  # 监察室: who runs the evaluation inside the bureau
    year = models.PositiveSmallIntegerField()


class Section(Recorded):
    """A unit of the bureau: 室, 科, 站, 大队 or 中心 (§3.1), with the line of business it answers for (§1.2)."""

    shown = (
        "name", "kind_id", "section_class", "line", "head", "stand_in", "parent", "is_evaluated", "order", "closed_on",
    )  # fmt: skip

    name = models.CharField(max_length=60)
    kind_id = models.CharField(max_length=40)
    section_class = models.CharField(max_length=40, blank=True)
    line = models.CharField(max_length=120, blank=True)
    head = models.ForeignKey("Member", models.PROTECT, null=True, blank=True, related_name="heads")
    stand_in = models.ForeignKey("Member", models.PROTECT, null=True, blank=True, related_name="stands_in")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    is_evaluated = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    def about(self) -> Mapping[str, object]:
        """Return the section itself as what permissions are judged by."""
        return {"section": self.reference}


class Member(Recorded):
    """A person in one role (§5.1); who has several roles has several memberships of one `person` (ADR 0013)."""

    shown = (
        "role", "section", "active_from", "active_until", "dismissed_on", "person", "made_by",
    )  # fmt: skip
    sealed = ("name", "login", "title", "letter_number")
    private = ("phone", "mail", "key_name")

    name = models.CharField(max_length=40)
    role = models.CharField(max_length=24, choices=ROLES)
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="members")
    title = models.CharField(max_length=40, blank=True)
    phone = PersonalField(blank=True)
    mail = PersonalField(blank=True, default="")
    key_name = models.CharField(max_length=32, default=new_name)
    letter_number = models.CharField(max_length=60, blank=True)  # the supervisor's letter of appointment (§4.1)
    login = models.ForeignKey(Login, models.PROTECT, null=True, blank=True, related_name="memberships")
    active_from = models.DateField()
    active_until = models.DateField(null=True, blank=True)  # the last day of a supervisor's term
    dismissed_on = models.DateField(null=True, blank=True)
    # Both are None in rows from before they were kept: the record of such a row says nothing of them.
    person = models.CharField(max_length=16, null=True, blank=True, default=None, db_index=True)
    made_by = models.JSONField(null=True, blank=True, default=None)  # references of whose single hand made the post

    def about(self) -> Mapping[str, object]:
        """Return the member and the section that permissions are judged by."""
        return {"member": self.reference, "section": self.section.reference if self.section else None}

    def actor(self) -> Actor:
        """Return this membership as who acts, with all posts of the same person and of a sole maker (ADR 0013)."""
        section = self.section.reference if self.section else None
        same, makers, recused = self._linked()
        return Actor(
            reference=self.reference, name=self.name, role=Role(self.role), section=section, posts=same, makers=makers,
            recused=recused,
        )  # fmt: skip

    def _linked(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Find the posts, the makers and the latest declaration in one query; who left office is found too."""
        made_by = self.made_by or []
        alike = _alike([self.person], [self.login_id]) | models.Q(pk=self.pk)
        if made_by:
            hands = Member.objects.filter(reference__in=made_by)
            people, logins = hands.exclude(person=None).values("person"), hands.exclude(login=None).values("login")
            found = Member.objects.filter(alike | _alike(people, logins) | models.Q(reference__in=made_by))
        else:
            found = Member.objects.filter(alike)
        declared = Interest.objects.filter(member=models.OuterRef("pk")).order_by("-pk")
        found = found.annotate(
            declared=models.Subquery(declared.values("pk")[:1]),
            sections=models.Subquery(declared.values("sections")[:1]),
        )
        rows = list(found.values_list("reference", "person", "login_id", "declared", "sections"))
        own = [row for row in rows if self._is_same(row[1], row[2]) or row[0] == self.reference]
        said: tuple[int, Any] = max(((row[3], row[4]) for row in own if row[3] is not None), default=(0, ()))
        names = frozenset(row[0] for row in own)
        return names, frozenset(row[0] for row in rows) - names, frozenset(said[1] or ())

    def _is_same(self, person: str | None, login: int | None) -> bool:
        return (person is not None and person == self.person) or (login is not None and login == self.login_id)


def _alike(people: Any, logins: Any) -> models.Q:
    """What finds the posts of these persons, or of these logins: rows from before have no other mark."""
    return models.Q(person__in=people, person__isnull=False) | models.Q(login__in=logins, login__isnull=False)


class Interest(Recorded):
    """A person's declaration of interests for a year (利益申报): "none" is one too, and the latest counts (§5.4)."""

    shown = ("member", "year", "sections", "is_none", "declared_on")
    sealed = ("details",)

    member = models.ForeignKey(Member, models.PROTECT, related_name="interests")
    year = models.PositiveSmallIntegerField()
    sections = models.JSONField(default=list)  # references of the sections concerned
    is_none = models.BooleanField(default=False)
    details = models.CharField(max_length=500, blank=True)
    declared_on = models.DateField()

    def about(self) -> Mapping[str, object]:
        """Everybody declares for themselves."""
        return {"member": self.member.reference}


class Post(Recorded):
    """Two people who do the same work in turn (AB角): while one is away the other has the same powers (§3.2.3)."""

    shown = ("section", "first", "second", "begins_on", "ends_on")
    sealed = ("work",)

    section = models.ForeignKey(Section, models.PROTECT, related_name="posts")
    work = models.CharField(max_length=80, blank=True)  # what the post does, such as "环境信访受理"
    first = models.ForeignKey(Member, models.PROTECT, related_name="first_of")
    second = models.ForeignKey(Member, models.PROTECT, related_name="second_of")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day, once another pair has taken over

    def about(self) -> Mapping[str, object]:
        """Return the section that permissions are judged by."""
        return {"section": self.section.reference}


class Absence(Recorded):
    """Days on which a member is away and the stand-in acts (§3.2.3); why is nobody else's business."""

    shown = ("member", "begins_on", "ends_on", "is_head_standing_in", "entered_on", "cancelled_on")
    sealed = ("reason",)

    member = models.ForeignKey(Member, models.PROTECT, related_name="absences")
    begins_on = models.DateField()
    ends_on = models.DateField()
    is_head_standing_in = models.BooleanField(default=False)  # both of a post are away, and the head takes their work
    reason = models.CharField(max_length=200, blank=True)
    entered_on = models.DateField()
    cancelled_on = models.DateField(null=True, blank=True)

    class Meta:
        """Who is away is asked by day."""

        indexes: ClassVar = [models.Index(fields=["ends_on", "begins_on"], name="bureau_absences")]

    def about(self) -> Mapping[str, object]:
        """Return the member and the section that permissions are judged by."""
        return self.member.about()


class Invitation(Recorded):
    """A link that lets one appointed person make a login, once; only the digest of its token is kept."""

    shown = (
        "member", "token_sha256", "issued_at", "expires_at", "accepted_at", "revoked_at", "issued_by", "needs_word",
        "word_by", "word_sha256",
    )  # fmt: skip

    member = models.ForeignKey(Member, models.PROTECT, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # None in rows from before two persons were needed for roles that check (ADR 0013).
    issued_by = models.CharField(max_length=64, null=True, blank=True, default=None)
    needs_word = models.BooleanField(null=True, default=None)  # opens only with the second word, of another person
    word_by = models.CharField(max_length=64, null=True, blank=True, default=None)
    word_sha256 = models.CharField(max_length=64, null=True, blank=True, default=None)

    def about(self) -> Mapping[str, object]:
        """Return the invited member, and who issued it, as what permissions are judged by."""
        return {**self.member.about(), "doers": (self.issued_by or "", self.member.reference)}

    def state(self, *, at: datetime) -> InvitationState:
        """Return where the invitation stands at this instant."""
        return invitation_state(
            expires_at=self.expires_at, accepted_at=self.accepted_at, revoked_at=self.revoked_at, at=at
        )


class Notice(models.Model):
    """A message to one member, written inside the act that gives cause for it; a plain row."""

    to = models.ForeignKey(Member, models.PROTECT, related_name="notices")
    code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    about = models.CharField(max_length=128, blank=True)  # the subject of the matter, such as "task/2026-0001"
    url = models.CharField(max_length=300, blank=True)
    once = models.CharField(max_length=160, null=True)  # null lets many notices be without a key
    queued_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        """A reminder with a key reaches a member once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["to", "once"], name="bureau_one_notice_a_key")]
        indexes: ClassVar = [models.Index(fields=["to", "read_at", "-queued_at"], name="bureau_inbox")]

    def __str__(self) -> str:
        """Return the code and the matter."""
        return f"{self.code} {self.about}"


class Upload(models.Model):
    """A table of sections and people, kept between its preview and the confirmation; a plain row."""

    login = models.OneToOneField(Login, models.PROTECT, related_name="upload")
    name = models.CharField(max_length=200)
    key_name = models.CharField(max_length=32, default=new_name)
    content = PersonalOctets()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    objects = PersonalQuerySet.as_manager()

    @property
    def subject(self) -> str:
        """What the content is bound to."""
        return f"upload/{self.key_name}"

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name


class JobRun(models.Model):
    """How a job of the worker stands, and the lease of whoever runs it; a plain row (§5.1)."""

    name = models.CharField(max_length=80, unique=True)
    holder = models.CharField(max_length=120, blank=True)  # empty while nobody runs it
    due = models.DateTimeField()  # when it is to run next; while it is held, when the lease ends
    began = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)  # when it was last done without a fault
    fails = models.PositiveIntegerField(default=0)  # one after the other, since then
    fault = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        """Return the job's name."""
        return self.name
