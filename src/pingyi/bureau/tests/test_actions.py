"""Each verb of the bureau: allowed, refused, forbidden, recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pingyi.bureau import hooks, notices, queries
from pingyi.bureau.actions import invitation, member, motion, organization, section
from pingyi.bureau.models import Invitation, Login, Member, Notice, Section
from pingyi.bureau.tests.cast import BEGIN, PASSWORD, Cast, enlist
from pingyi.record import reasons
from pingyi.record.models import Entry
from pingyi.rules.actor import VISITOR, Role
from pingyi.rules.refused import Refused

LATER = BEGIN + timedelta(days=30)
UNCHANGED = {"kind": "brigade", "line": "", "section_class": "", "parent": "", "is_evaluated": True}
RENAMED = {"name": "清源区生态环境局", "short_name": "区生态局", "office_name": "监察室", "year": 2026}


def an_invitation() -> str:
    return str(Invitation.objects.all()[0].reference)


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


def recorded(verb: str, subject: str) -> int:
    return Entry.objects.filter(verb=verb, subject=subject).count()


def test_a_second_bureau_is_refused(cast: Cast) -> None:
    with refused("bureau.exists"):
        organization.create(
            name="另一个局", office_name="监察室", year=2026, officer="某人", username="other", password=PASSWORD,
            second="另一人", by=VISITOR, at=LATER,
        )  # fmt: skip
    assert Login.objects.filter(username="other").count() == 0
    assert recorded("bureau.create", "bureau/bureau") == 1


def test_the_bureau_is_renamed_and_recorded(cast: Cast) -> None:
    organization.change(**RENAMED, by=cast.actor("zhou"), at=LATER)  # type: ignore[arg-type]
    assert recorded("bureau.change", "bureau/bureau") == 1
    with refused("nothing_changed"):
        organization.change(**RENAMED, by=cast.actor("zhou"), at=LATER)  # type: ignore[arg-type]


def test_a_section_is_added_with_a_reference_of_its_kind(cast: Cast) -> None:
    row = section.add(name="法规科", kind="section", line="行政处罚", by=cast.actor("zhou"), at=LATER)
    assert row.reference == "section"
    assert section.add(name="财务科", kind="section", by=cast.actor("zhou"), at=LATER).reference == "section-2"
    assert section.add(name="机关党委", kind="党委", by=cast.actor("zhou"), at=LATER).reference == "unit"
    assert recorded("section.add", row.subject) == 1


def test_a_section_of_the_same_name_is_refused(cast: Cast) -> None:
    with refused("section.name_taken"):
        section.add(name="办公室", kind="office", by=cast.actor("zhou"), at=LATER)


def test_a_section_is_changed(cast: Cast) -> None:
    by = cast.actor("zhou")
    row = section.change(
        "brigade", name="执法大队", **{**UNCHANGED, "line": "现场执法"}, reason="机构改革", by=by, at=LATER
    )  # type: ignore[arg-type]
    assert (row.name, row.line) == ("执法大队", "现场执法")
    assert recorded("section.change", "section/brigade") == 1
    assert "机构改革" not in Entry.objects.get(verb="section.change").body
    assert list(reasons.of("section/brigade").values()) == ["机构改革"]
    with refused("nothing_changed"):
        section.change("brigade", name="执法大队", **{**UNCHANGED, "line": "现场执法"}, by=by, at=LATER)  # type: ignore[arg-type]


def test_a_section_cannot_stand_below_itself(cast: Cast) -> None:
    by = cast.actor("zhou")
    section.add(name="一中队", kind="brigade", parent="brigade", reference="first", by=by, at=LATER)
    with refused("section.below_itself"):
        section.change("brigade", name="环境监察大队", **{**UNCHANGED, "parent": "first"}, by=by, at=LATER)  # type: ignore[arg-type]


def test_a_new_head_takes_over_and_the_former_one_becomes_staff(cast: Cast) -> None:
    row = section.name_head(
        "brigade", head=cast.zhao.reference, stand_in=cast.wang.reference, by=cast.actor("sun"), at=LATER
    )
    assert (row.head, row.stand_in) == (cast.zhao, cast.wang)
    assert Member.objects.get(pk=cast.zhao.pk).role == Role.SECTION_HEAD.value
    assert Member.objects.get(pk=cast.wang.pk).role == Role.SECTION_STAFF.value
    assert recorded("section.name_head", "section/brigade") == 1
    assert [notices.text(one) for one in notices.inbox(cast.zhao.reference)]
    assert Notice.objects.get(to=cast.zhao).url == "/bureau/sections/brigade/"


def test_a_head_from_another_section_is_refused(cast: Cast) -> None:
    for who in ("chen", "sun"):
        with refused("section.head_elsewhere"):
            section.name_head("brigade", head=cast.member(who).reference, by=cast.actor("zhou"), at=LATER)
    with refused("section.one_person_twice"):
        wang = cast.wang.reference
        section.name_head("brigade", head=wang, stand_in=wang, by=cast.actor("zhou"), at=LATER)


def test_a_section_with_open_duties_is_not_closed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_duties", [lambda reference: ["阶段总结"] if reference == "brigade" else []])
    with refused("section.has_duties"):
        section.close("brigade", reason="并入", by=cast.actor("zhou"), at=LATER)
    row = section.close("monitoring", reason="并入执法大队", by=cast.actor("zhou"), at=LATER)
    assert row.closed_on == LATER.date()
    assert "monitoring" not in {one.reference for one in queries.sections()}
    assert recorded("section.close", "section/monitoring") == 1
    with refused("section.closed"):
        section.close("monitoring", reason="再一次", by=cast.actor("zhou"), at=LATER)


def test_a_supervisor_is_appointed_with_a_letter_and_a_term(cast: Cast) -> None:
    one = member.appoint(
        name="高洁", role=Role.SUPERVISOR.value, letter_number="清环监聘〔2026〕3号",
        active_until=date(2026, 12, 31), by=cast.actor("zhou"), at=LATER,
    )  # fmt: skip
    assert recorded("member.appoint", one.subject) == 1
    assert one in queries.members(role=Role.SUPERVISOR, on=date(2026, 12, 31))
    assert one not in queries.members(role=Role.SUPERVISOR, on=date(2027, 1, 1))


def test_no_name_and_no_phone_reaches_the_record(cast: Cast) -> None:
    member.appoint(name="高洁", role=Role.SUPERVISOR.value, phone="13812345678", by=cast.actor("zhou"), at=LATER)
    bodies = "".join(Entry.objects.values_list("body", flat=True))
    assert not [word for word in ("高洁", "13812345678", "周明", "王强") if word in bodies]


def test_a_second_head_is_refused(cast: Cast) -> None:
    with refused("section.has_head"):
        member.appoint(name="高洁", role=Role.SECTION_HEAD.value, section="brigade", by=cast.actor("zhou"), at=LATER)
    assert not Member.objects.filter(name="高洁").exists()


def change(cast: Cast, who: str, *, how: Callable[..., object] = member.change, **more: object) -> object:
    one = cast.member(who)
    kept = {"name": one.name, "role": one.role, "section": one.section.reference if one.section else ""}
    return how(one.reference, **{**kept, **more}, by=cast.actor("zhou"), at=LATER)


def test_a_member_changes_title_and_section(cast: Cast) -> None:
    change(cast, "zhao", section="office", title="科员")
    assert Member.objects.get(pk=cast.zhao.pk).section == cast.sections["office"]
    assert recorded("member.change", cast.zhao.subject) == 1


def test_a_head_cannot_be_moved_or_dismissed_before_handing_over(cast: Cast) -> None:
    with refused("member.heads_section"):
        change(cast, "wang", section="office")
    with refused("member.heads_section"):
        member.dismiss(cast.wang.reference, reason="退休", by=cast.actor("zhou"), at=LATER)
    section.name_head("brigade", head=cast.zhao.reference, by=cast.actor("zhou"), at=LATER)
    assert member.dismiss(cast.wang.reference, reason="退休", by=cast.actor("zhou"), at=LATER).dismissed_on
    assert recorded("member.dismiss", cast.wang.subject) == 1
    assert cast.wang not in queries.members()


def test_the_last_officer_who_can_sign_in_cannot_leave(cast: Cast) -> None:
    made = motion.appoint(name="高洁", role=Role.SUPERVISION_OFFICE.value, by=cast.actor("zhou"), at=LATER)
    motion.confirm(made.reference, by=cast.actor("sun"), at=LATER)  # has no login
    member.dismiss(cast.li.reference, reason="调离", by=cast.actor("zhou"), at=LATER)
    leaving: list[Callable[[], object]] = [
        lambda: member.dismiss(cast.zhou.reference, reason="调离", by=cast.actor("zhou"), at=LATER),
        lambda: motion.withdraw_login(cast.zhou.reference, reason="忘记", by=cast.actor("zhou"), at=LATER),
        lambda: change(cast, "zhou", how=motion.change, role=Role.BUREAU_LEADER.value),
        lambda: change(cast, "zhou", how=motion.change, active_until=date(2026, 6, 30)),
    ]
    for leave in leaving:
        with refused("member.last_officer"):
            leave()


def test_an_invitation_works_once(cast: Cast) -> None:
    one = member.appoint(name="高洁", role=Role.SUPERVISOR.value, by=cast.actor("zhou"), at=LATER)
    issued = invitation.issue([one.reference], by=cast.actor("zhou"), at=LATER)[0]
    assert issued.token not in str(Invitation.objects.values())
    joined = invitation.accept(issued.token, username="gao", password=PASSWORD, by=VISITOR, at=LATER)
    assert joined.login is not None
    assert joined.login.check_password(PASSWORD)
    times = Invitation.objects.filter(pk=issued.invitation.pk).values_list("issued_at", "accepted_at").get()
    assert {(one.minute, one.microsecond) for one in times} == {(0, 0)}  # which stands in public
    assert recorded("invitation.issue", issued.invitation.subject) == 1
    assert recorded("invitation.accept", issued.invitation.subject) == 1
    with refused("invitation.accepted"):
        invitation.accept(issued.token, username="gao2", password=PASSWORD, by=VISITOR, at=LATER)
    assert not Login.objects.filter(username="gao2").exists()


def test_an_invitation_expires_is_revoked_and_is_replaced(cast: Cast) -> None:
    by = cast.actor("zhou")
    one = member.appoint(name="高洁", role=Role.SUPERVISOR.value, by=by, at=LATER)
    first = invitation.issue([one.reference], by=by, at=LATER)[0]
    second = invitation.issue([one.reference], by=by, at=LATER)[0]
    with refused("invitation.revoked"):
        invitation.accept(first.token, username="gao", password=PASSWORD, by=VISITOR, at=LATER)
    with refused("invitation.expired"):
        invitation.accept(second.token, username="gao", password=PASSWORD, by=VISITOR, at=LATER + timedelta(days=14))
    invitation.revoke(second.invitation.reference, reason="发错人", by=by, at=LATER)
    assert recorded("invitation.revoke", second.invitation.subject) == 1
    with refused("missing"):
        invitation.accept("guessed", username="gao", password=PASSWORD, by=VISITOR, at=LATER)


def test_a_user_name_that_is_taken_leaves_the_invitation_open(cast: Cast) -> None:
    by = cast.actor("zhou")
    one = member.appoint(name="高洁", role=Role.SUPERVISOR.value, by=by, at=LATER)
    token = invitation.issue([one.reference], by=by, at=LATER)[0].token
    with refused("login.taken"):
        invitation.accept(token, username="Zhou", password=PASSWORD, by=VISITOR, at=LATER)
    assert invitation.accept(token, username="gao", password=PASSWORD, by=VISITOR, at=LATER).login


def test_a_withdrawn_login_opens_the_post_no_more(cast: Cast) -> None:
    by = cast.actor("zhou")
    member.withdraw_login(cast.wang.reference, reason="忘记密码", by=by, at=LATER)
    assert recorded("member.withdraw_login", cast.wang.subject) == 1
    assert cast.wang.login
    assert not queries.memberships(cast.wang.login, on=LATER.date())
    with refused("member.no_login"):
        member.withdraw_login(cast.wang.reference, reason="再次", by=by, at=LATER)
    token = invitation.issue([cast.wang.reference], by=by, at=LATER)[0].token
    assert invitation.accept(token, username="wang2", password=PASSWORD, by=VISITOR, at=LATER).login


def test_one_login_may_hold_two_posts(cast: Cast) -> None:
    by = cast.actor("zhou")
    one = member.appoint(name="王强", role=Role.SUPERVISOR.value, by=by, at=LATER)
    token = invitation.issue([one.reference], by=by, at=LATER)[0].token
    assert cast.wang.login
    invitation.accept(token, login=cast.wang.login, by=cast.actor("wang"), at=LATER)
    assert len(queries.memberships(cast.wang.login, on=LATER.date())) == 2


FORBIDDEN: list[tuple[str, Callable[[Cast, str], object]]] = [
    ("bureau.change", lambda c, w: organization.change(**RENAMED, by=c.actor(w), at=LATER)),  # type: ignore[arg-type]
    ("section.add", lambda c, w: section.add(name="法规科", kind="section", by=c.actor(w), at=LATER)),
    ("section.change", lambda c, w: section.change("brigade", name="x", **UNCHANGED, by=c.actor(w), at=LATER)),  # type: ignore[arg-type]
    ("section.close", lambda c, w: section.close("monitoring", reason="x", by=c.actor(w), at=LATER)),
    ("section.name_head", lambda c, w: section.name_head("brigade", head=c.zhao.reference, by=c.actor(w), at=LATER)),
    ("member.appoint", lambda c, w: member.appoint(name="x", role="supervisor", by=c.actor(w), at=LATER)),
    ("member.change", lambda c, w: member.change(c.zhao.reference, name="x", role="supervisor", by=c.actor(w), at=LATER)),  # noqa: E501
    ("member.dismiss", lambda c, w: member.dismiss(c.zhao.reference, reason="x", by=c.actor(w), at=LATER)),
    ("member.withdraw_login", lambda c, w: member.withdraw_login(c.zhao.reference, reason="x", by=c.actor(w), at=LATER)),  # noqa: E501
    ("invitation.issue", lambda c, w: invitation.issue([c.zhao.reference], by=c.actor(w), at=LATER)),
    ("invitation.revoke", lambda c, w: invitation.revoke(an_invitation(), reason="x", by=c.actor(w), at=LATER)),
]  # fmt: skip


@pytest.mark.parametrize("who", ["wang", "zhao", "wu", "he"])
def test_nobody_else_may_change_the_bureau(cast: Cast, who: str) -> None:
    before = Entry.objects.count()
    for verb, attempt in FORBIDDEN:
        with refused("forbidden") as caught:
            attempt(cast, who)
        assert caught.value.facts["verb"] == verb
    assert Entry.objects.count() == before


def test_a_reminder_with_a_key_reaches_a_member_once(cast: Cast) -> None:
    for _ in range(2):
        notices.queue("x", to=[cast.wang, cast.zhao], about="task/1", at=LATER, once="task/1 due")
    assert notices.unread(cast.wang.reference) == 1
    notices.queue("x", to=cast.wang, about="task/1", at=LATER)
    notices.queue("x", to=cast.wang, about="task/1", at=LATER)
    assert notices.unread(cast.wang.reference) == 3
    notices.read(cast.wang.reference, at=LATER)
    assert notices.unread(cast.wang.reference) == 0


def test_enlisting_one_more_person_works(cast: Cast) -> None:
    assert enlist("xu", name="徐岚", role=Role.CITY_BUREAU, by=cast.actor("zhou")).login
    assert Section.objects.count() == 5
