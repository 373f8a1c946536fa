"""Who is one person, who was made by whom, and what needs two (§5.4, ADR 0013)."""

from __future__ import annotations

import pytest
from tests.journeys.ground import furnish

from pingyi.authoring.people_tables import PeopleTable, read_people
from pingyi.bureau.actions import invitation, member, motion, organization
from pingyi.bureau.actions.people import import_people
from pingyi.bureau.models import Invitation, Member, Motion
from pingyi.bureau.tests.cast import BEGIN, PASSWORD, SECTIONS, Cast, enlist, second_to
from pingyi.record.models import Entry, Recorded, recorded_models
from pingyi.record.replay import Chains, rows
from pingyi.rules.actor import VISITOR, Actor, Role, machine
from pingyi.rules.permissions import PERMISSIONS, Reach, may
from pingyi.rules.refused import Refused

pytestmark = [pytest.mark.django_db]
LEADER = Role.BUREAU_LEADER.value


def now(one: Member) -> Member:
    return Member.objects.get(pk=one.pk)


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


def second_post(cast: Cast, who: str, role: Role = Role.BUREAU_LEADER) -> Actor:
    """Give somebody of the cast a second post, properly by two others, under the own login."""
    by = cast.actor("li" if who == "zhou" else "zhou")
    made = motion.appoint(name=cast.member(who).name, role=role.value, by=by, at=BEGIN)
    confirmed = motion.confirm(made.reference, by=cast.actor("sun"), at=BEGIN).member
    assert confirmed is not None
    issued = invitation.issue([confirmed.reference], by=by, at=BEGIN)[0]
    word = invitation.give_word(issued.invitation.reference, by=cast.actor("sun"), at=BEGIN)
    login = cast.member(who).login
    return now(invitation.accept(issued.token, word=word, login=login, by=cast.actor(who), at=BEGIN)).actor()


def test_posts_under_one_login_are_one_person(cast: Cast) -> None:
    leader = second_post(cast, "zhou")
    assert leader.posts == {cast.zhou.reference, leader.reference}
    assert now(cast.zhou).actor().posts == leader.posts
    assert not leader.did_any((cast.li.reference,))


def test_nobody_checks_in_one_post_what_was_done_in_the_other_in_any_room(cast: Cast) -> None:
    leader = second_post(cast, "zhou")
    furnish(cast)
    found = [
        (verb, row)
        for model in recorded_models()
        for row in model._default_manager.all()
        if cast.zhou.reference in _doers(row)
        for verb, permission in PERMISSIONS.items()
        if permission.reach.get(leader.role) is Reach.NOT_OWN
    ]
    assert len({row.entry_kind() for _, row in found}) > 4
    assert not [verb for verb, row in found if may(leader, verb, row.about())]


def _doers(row: Recorded) -> tuple[str, ...]:
    doers = row.about().get("doers", ())
    return tuple(doers) if isinstance(doers, tuple | list) else ()


def test_a_person_stays_the_same_with_another_login(cast: Cast) -> None:
    leader = second_post(cast, "zhou")
    made = motion.withdraw_login(cast.zhou.reference, reason="忘记密码", by=cast.actor("li"), at=BEGIN)
    motion.confirm(made.reference, by=cast.actor("sun"), at=BEGIN)
    assert now(cast.zhou).login is None
    issued = invitation.issue([cast.zhou.reference], by=cast.actor("li"), at=BEGIN)[0]
    word = invitation.give_word(issued.invitation.reference, by=cast.actor("sun"), at=BEGIN)
    invitation.accept(issued.token, username="zhou2", password=PASSWORD, word=word, by=VISITOR, at=BEGIN)
    again = now(cast.zhou)
    assert again.login != cast.zhou.login
    assert again.actor().did_any((leader.reference,))


def test_a_post_that_was_taken_up_is_not_taken_up_by_another_persons_login(cast: Cast) -> None:
    member.withdraw_login(cast.wang.reference, reason="忘记密码", by=cast.actor("zhou"), at=BEGIN)
    token = invitation.issue([cast.wang.reference], by=cast.actor("zhou"), at=BEGIN)[0].token
    with refused(r"invitation\.other_person"):
        invitation.accept(token, login=cast.zhou.login, by=cast.actor("zhou"), at=BEGIN)


def test_the_same_name_and_number_is_the_same_person(cast: Cast) -> None:
    given = {"name": "高洁", "phone": "13800001234"}
    first = member.appoint(**given, role="section_staff", section="brigade", by=cast.actor("zhou"), at=BEGIN)
    other = member.appoint(**given, role="supervisor", by=cast.actor("zhou"), at=BEGIN)
    namesake = member.appoint(name="高洁", role="supervisor", phone="13800009999", by=cast.actor("zhou"), at=BEGIN)
    assert first.person == other.person != namesake.person


def test_whoever_was_made_by_one_hand_does_not_check_that_hand(cast: Cast) -> None:
    head = now(cast.wang).actor()
    assert head.did_any((cast.zhou.reference,))
    assert not head.did_any((cast.li.reference,))
    assert not now(cast.li).actor().did_any((cast.zhou.reference,))  # made by two
    assert not now(cast.sun).actor().did_any((cast.zhou.reference,))  # the first run made both


def test_rows_from_before_are_known_by_their_login(cast: Cast) -> None:
    leader = second_post(cast, "zhou")
    models = Member.objects.filter(reference__in=leader.posts)
    super(type(models), models).update(person=None, made_by=None)  # as the columns stand after the upgrade
    assert now(cast.zhou).actor().posts == leader.posts


def test_one_officer_alone_neither_appoints_nor_changes_nor_parts_who_checks(cast: Cast) -> None:
    by, li = cast.actor("zhou"), cast.li
    with refused(r"member\.needs_two"):
        member.appoint(name="钱进", role=LEADER, by=by, at=BEGIN)
    with refused(r"member\.needs_two"):
        member.change(cast.zhao.reference, name="赵敏", role=LEADER, by=by, at=BEGIN)
    with refused(r"member\.needs_two"):
        member.change(li.reference, name="李芳", role=li.role, title="主任", by=by, at=BEGIN)
    with refused(r"member\.needs_two"):
        member.withdraw_login(li.reference, reason="忘记", by=by, at=BEGIN)


def test_a_motion_is_confirmed_by_another_than_made_it_and_than_it_is_about(cast: Cast) -> None:
    made = motion.change(
        cast.li.reference, name="李芳", role=cast.li.role, title="主任", by=cast.actor("zhou"), at=BEGIN
    )
    for who in ("zhou", "li"):
        with refused("own_work"):
            motion.confirm(made.reference, by=cast.actor(who), at=BEGIN)
        with refused("own_work"):
            motion.refuse(made.reference, note="不", by=cast.actor(who), at=BEGIN)
    with refused("forbidden"):
        motion.confirm(made.reference, by=cast.actor("wang"), at=BEGIN)
    with refused(r"motion\.twice"):
        motion.change(cast.li.reference, name="李芳", role=cast.li.role, title="主任", by=cast.actor("zhou"), at=BEGIN)
    assert now(cast.li).title == ""
    motion.confirm(made.reference, by=cast.actor("sun"), at=BEGIN)
    assert now(cast.li).title == "主任"
    assert Entry.objects.filter(verb="motion.confirm", subject=cast.li.subject).count() == 2  # appointed, changed


def test_a_motion_is_refused_with_a_reason_and_never_twice(cast: Cast) -> None:
    made = motion.appoint(name="钱进", role=LEADER, phone="13800001234", by=cast.actor("zhou"), at=BEGIN)
    with refused(r"motion\.note_needed"):
        motion.refuse(made.reference, note=" ", by=cast.actor("li"), at=BEGIN)
    motion.refuse(made.reference, note="区里未任命", by=cast.actor("li"), at=BEGIN)
    assert "13800001234" not in str(Motion.objects.get(pk=made.pk).particulars)
    with refused(r"motion\.is_over"):
        motion.confirm(made.reference, by=cast.actor("sun"), at=BEGIN)
    again = motion.appoint(name="钱进", role=LEADER, by=cast.actor("zhou"), at=BEGIN)
    with refused("forbidden"):
        motion.withdraw(again.reference, by=cast.actor("li"), at=BEGIN)
    assert motion.withdraw(again.reference, by=cast.actor("zhou"), at=BEGIN).stage == "withdrawn"
    assert recorded("motion.make", again) == recorded("motion.withdraw", again) == 1
    assert recorded("motion.refuse", made) == 1


def recorded(verb: str, row: Recorded) -> int:
    return Entry.objects.filter(verb=verb, subject=row.subject).count()


def test_the_word_is_given_by_another_than_the_issuer_and_to_posts_that_check(cast: Cast) -> None:
    staff = member.appoint(name="钱进", role="section_staff", section="office", by=cast.actor("zhou"), at=BEGIN)
    plain = invitation.issue([staff.reference], by=cast.actor("zhou"), at=BEGIN)[0].invitation
    with refused(r"invitation\.needs_no_word"):
        invitation.give_word(plain.reference, by=cast.actor("li"), at=BEGIN)
    made = motion.appoint(name="孙立", role=LEADER, by=cast.actor("zhou"), at=BEGIN)
    leader = motion.confirm(made.reference, by=cast.actor("li"), at=BEGIN).member
    assert leader is not None
    row = invitation.issue([leader.reference], by=cast.actor("zhou"), at=BEGIN)[0].invitation
    with refused("own_work"):
        invitation.give_word(row.reference, by=cast.actor("zhou"), at=BEGIN)
    invitation.give_word(row.reference, by=cast.actor("li"), at=BEGIN)
    assert recorded("invitation.give_word", row) == 1
    assert Invitation.objects.get(pk=row.pk).word_by == cast.li.reference


def test_people_of_roles_that_check_become_motions_in_a_table(cast: Cast) -> None:
    text = "姓名,角色,科室,职务\n钱进,局领导,,副局长\n郑洁,科室人员,办公室,科员\n李芳,监察人员,,副主任\n"
    import_people(_table(text), by=cast.actor("zhou"), at=BEGIN)
    assert Member.objects.filter(name="郑洁").exists()
    assert not Member.objects.filter(name="钱进").exists()
    assert now(cast.li).title == ""
    for row in Motion.objects.filter(stage="open"):
        motion.confirm(row.reference, by=cast.actor("sun"), at=BEGIN)
    assert Member.objects.get(name="钱进").title == "副局长"
    assert now(cast.li).title == "副主任"


def test_what_waits_is_not_proposed_again_by_the_same_table(cast: Cast) -> None:
    text = "姓名,角色,科室\n钱进,局领导,\n"
    import_people(_table(text), by=cast.actor("zhou"), at=BEGIN)
    with refused(r"import\.nothing_new"):
        import_people(_table(text), by=cast.actor("zhou"), at=BEGIN)
    assert Motion.objects.filter(stage="open").count() == 1


def _table(text: str) -> PeopleTable:
    return read_people(text.encode("gb18030"), kinds={"office": "室"}, known_sections=[name for _, name, _ in SECTIONS])


def test_the_first_run_needs_two_different_persons() -> None:
    names = {"name": "某局", "office_name": "监察室", "year": 2026, "officer": "周明", "username": "zhou"}
    given = {**names, "password": PASSWORD, "by": VISITOR, "at": BEGIN}
    with refused(r"bureau\.second_is_first"):
        organization.create(**given, second=" 周明 ")  # type: ignore[arg-type]
    with refused(r"bureau\.second_cannot_confirm"):
        organization.create(**given, second="孙伟", second_role="auditor")  # type: ignore[arg-type]
    founded = organization.create(**given, second="孙伟")  # type: ignore[arg-type]
    by = founded.officer.actor()
    made = motion.appoint(name="李芳", role="supervision_office", by=by, at=BEGIN)
    issued = invitation.issue([founded.second.reference], by=by, at=BEGIN)[0]
    assert issued.invitation.needs_word is False
    invitation.issue([founded.second.reference], by=by, at=BEGIN)  # the first was lost: again, while nobody has come
    with refused(r"invitation\.revoked"):
        invitation.accept(issued.token, username="sun", password=PASSWORD, by=VISITOR, at=BEGIN)
    token = invitation.issue([founded.second.reference], by=by, at=BEGIN)[0].token
    leader = now(invitation.accept(token, username="sun", password=PASSWORD, by=VISITOR, at=BEGIN)).actor()
    assert motion.confirm(made.reference, by=leader, at=BEGIN).member
    assert second_to(by).reference == founded.second.reference


def test_the_servers_operator_alone_founds_another_second_person(cast: Cast) -> None:
    with refused("forbidden"):
        organization.found_second(name="钱进", role=LEADER, by=cast.actor("zhou"), at=BEGIN)
    issued = organization.found_second(name="钱进", role=LEADER, by=machine("operator"), at=BEGIN)
    invitation.accept(issued.token, username="qian", password=PASSWORD, by=VISITOR, at=BEGIN)
    assert Entry.objects.filter(verb="member.found").count() == 2


def test_the_rows_of_motions_stand_as_recorded(cast: Cast) -> None:
    enlist("xu", name="徐岚", role=Role.CITY_BUREAU, by=cast.actor("zhou"))
    chains = Chains()
    chains.read()
    assert not list(rows(chains))
