"""Verb → who may do it, as one table; pages ask it too, before they draw a button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pingyi.rules.actor import Actor, Role
from pingyi.rules.refused import Refused


class Reach(StrEnum):
    """Which rows a permission covers; the row's `about()` gives the facts it is judged by."""

    ANY = "any"
    OWN_SECTION = "own_section"  # about()["section"] is the actor's section
    OFFERED = "offered"  # about()["offered"] is the actor's section; "" where it is offered to the office
    OWN = "own"  # about()["member"] is the actor
    FOLLOWED = "followed"  # about()["follower"] is the actor: a citizen who holds the matter's secret code
    READ = "read"  # about()["reader"] is the actor, who holds the matter's reading code, or it is followed
    NOT_OWN = "not_own"  # about()["doers"] holds no post of the actor's person: the checker is never the doer


@dataclass(frozen=True, kw_only=True, slots=True)
class Permission:
    """Who may do one verb: role → reach."""

    reach: Mapping[Role, Reach]


def _row(**reach: Reach) -> Permission:
    return Permission(reach={Role(name): value for name, value in reach.items()})


# Which facts of the row name the actor.
_NAMED = {Reach.FOLLOWED: ("follower",), Reach.READ: ("follower", "reader"), Reach.OWN: ("member",)}
_PEOPLE = tuple(role.value for role in Role if role not in {Role.MACHINE, Role.PUBLIC})

_OWN_SECTION = {"section_head": Reach.OWN_SECTION, "section_staff": Reach.OWN_SECTION}
_ROSTER = {"supervision_office": Reach.ANY, "section_head": Reach.OWN_SECTION}
_STAFF = ("section_staff", "bureau_leader")
_OFFICE = {"supervision_office": Reach.ANY}
_HANDLERS = {**_OFFICE, **_OWN_SECTION}
_TAKERS = {"supervision_office": Reach.OFFERED, "section_head": Reach.OFFERED, "section_staff": Reach.OFFERED}
_CALLERS = {"supervision_office": Reach.NOT_OWN, "bureau_leader": Reach.NOT_OWN, "survey_team": Reach.NOT_OWN}
_COUNTERS = ("supervision_office", "auditor", "district_office", "city_bureau")
_CHECKERS = {"supervision_office": Reach.NOT_OWN, "bureau_leader": Reach.NOT_OWN, "district_office": Reach.NOT_OWN}

# One line a verb, sorted by room; docs/reference/permissions.md is printed from it.
PERMISSIONS: Mapping[str, Permission] = {
    # record
    "record.seal": _row(machine=Reach.ANY),
    "record.bind": _row(machine=Reach.ANY),
    "record.set_clock": _row(machine=Reach.ANY),
    "software.deployed": _row(machine=Reach.ANY),
    # bureau
    "bureau.create": _row(machine=Reach.ANY, public=Reach.ANY),
    "bureau.change": _row(supervision_office=Reach.ANY),
    "bureau.import_people": _row(supervision_office=Reach.ANY),
    "section.add": _row(supervision_office=Reach.ANY),
    "section.change": _row(supervision_office=Reach.ANY),
    "section.name_head": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "section.close": _row(supervision_office=Reach.ANY),
    "member.appoint": _row(supervision_office=Reach.ANY),
    "member.change": _row(supervision_office=Reach.ANY),
    "member.dismiss": _row(supervision_office=Reach.ANY),
    "member.withdraw_login": _row(supervision_office=Reach.ANY),
    "invitation.issue": _row(supervision_office=Reach.ANY),
    "invitation.revoke": _row(supervision_office=Reach.ANY),
    "invitation.give_word": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "motion.make": _row(supervision_office=Reach.ANY),
    "motion.confirm": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "motion.refuse": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "motion.withdraw": _row(supervision_office=Reach.OWN),
    "member.found": _row(machine=Reach.ANY),
    "login.unlock": _row(machine=Reach.ANY),
    "interest.declare": _row(**dict.fromkeys(_PEOPLE, Reach.OWN)),
    "invitation.accept": _row(**dict.fromkeys((*_PEOPLE, "public"), Reach.ANY)),
    "ready.accept": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "post.set": _row(supervision_office=Reach.ANY, section_head=Reach.OWN_SECTION),
    "absence.enter": _row(**{**dict.fromkeys(_STAFF, Reach.OWN), **_ROSTER}),
    "absence.cancel": _row(**{**dict.fromkeys(_STAFF, Reach.OWN), **_ROSTER}),
    # plans: the plan's versions
    "plan.draft": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "plan.edit": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "plan.propose": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "plan.adopt": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "plan.withdraw": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "plan.amend": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    # plans: the round, its tasks and meetings
    "round.open": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "round.amend": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "task.plan": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "task.replan": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "task.add": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "task.assign": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY, section_head=Reach.OWN_SECTION),
    "task.report": _row(supervision_office=Reach.ANY, bureau_leader=Reach.OWN, **_OWN_SECTION),
    "task.withdraw_report": _row(supervision_office=Reach.ANY, bureau_leader=Reach.OWN, **_OWN_SECTION),
    "task.accept": _row(**_CHECKERS),
    "task.return": _row(**_CHECKERS),
    "task.take_over": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "task.extend_ask": _row(supervision_office=Reach.ANY, bureau_leader=Reach.OWN, **_OWN_SECTION),
    "task.extend_grant": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "task.extend_deny": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "task.waive": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "meeting.plan": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "meeting.convene": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "meeting.record_attendance": _row(supervision_office=Reach.ANY),
    "meeting.minute": _row(supervision_office=Reach.ANY),
    "meeting.cancel": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "calendar.open": _row(**dict.fromkeys(_PEOPLE, Reach.OWN)),
    "calendar.revoke": _row(**{**dict.fromkeys(_PEOPLE, Reach.OWN), "supervision_office": Reach.ANY}),
    # cases: received, handed over, answered, settled, closed
    "case.receive": _row(machine=Reach.ANY, **dict.fromkeys(("supervision_office", *_OWN_SECTION), Reach.ANY)),
    "case.classify": _row(machine=Reach.ANY, **_HANDLERS),
    "case.correct_kind": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "case.assign": _row(machine=Reach.ANY, **_HANDLERS),
    "case.accept": _row(**_TAKERS),
    "case.decline": _row(**_TAKERS),
    "case.recall": _row(**_HANDLERS),
    "case.answer": _row(**_HANDLERS),
    "case.settle": _row(**_HANDLERS),
    "case.close": _row(supervision_office=Reach.NOT_OWN, section_head=Reach.OWN_SECTION),
    "case.reopen": _row(
        machine=Reach.ANY, supervision_office=Reach.ANY, bureau_leader=Reach.ANY, public=Reach.FOLLOWED
    ),
    "case.stop_clock": _row(**_HANDLERS),
    "case.resume_clock": _row(public=Reach.READ, **_HANDLERS),
    "case.let_stand": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "case.extend_ask": _row(**_HANDLERS),
    "case.extend_grant": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "case.extend_deny": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "case.recount": _row(machine=Reach.ANY),
    "case.notify": _row(**_HANDLERS),
    "case.merge": _row(supervision_office=Reach.ANY),
    "case.split": _row(**_HANDLERS),
    "case.import": _row(machine=Reach.ANY, supervision_office=Reach.ANY),
    "case.group": _row(supervision_office=Reach.ANY),
    "case.ungroup": _row(supervision_office=Reach.ANY),
    "case.rate": _row(machine=Reach.ANY, public=Reach.FOLLOWED),
    "case.draw_call_backs": _row(machine=Reach.ANY, supervision_office=Reach.ANY),
    "case.call_back": _row(**_CALLERS),
    "case.identify": _row(survey_team=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN, **_HANDLERS),
    "case.write": _row(supervision_office=Reach.ANY, public=Reach.FOLLOWED),
    "case.hold": _row(supervision_office=Reach.ANY),
    "case.release": _row(supervision_office=Reach.ANY),
    "case.erase": _row(machine=Reach.ANY, supervision_office=Reach.ANY, public=Reach.FOLLOWED),
    "case.readmit": _row(**_OFFICE),
    "case.urge": _row(machine=Reach.ANY, supervision_office=Reach.ANY),
    "case.criticize": _row(machine=Reach.ANY, supervision_office=Reach.ANY),
    "receipt.print": _row(**_OFFICE),
    "receipt.bind": _row(supervision_office=Reach.NOT_OWN),
    "receipt.void": _row(**_OFFICE),
    "breach.raise": _row(machine=Reach.ANY, supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "breach.hear": _row(**dict.fromkeys((*_HANDLERS, "bureau_leader"), Reach.OWN)),
    "breach.decide": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    # commitments: promises, openness, boards
    "commitment.draft": _row(supervision_office=Reach.ANY, **_OWN_SECTION),
    "commitment.edit": _row(supervision_office=Reach.ANY, **_OWN_SECTION),
    "commitment.propose": _row(supervision_office=Reach.ANY, **_OWN_SECTION),
    "commitment.return": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "commitment.publish": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "commitment.amend": _row(supervision_office=Reach.ANY, **_OWN_SECTION),
    "commitment.replace": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "commitment.withdraw": _row(
        machine=Reach.ANY, supervision_office=Reach.ANY, bureau_leader=Reach.ANY, **_OWN_SECTION
    ),
    "commitment.measure": _row(supervision_office=Reach.ANY, **_OWN_SECTION),
    "measurement.accept": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "measurement.refuse": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "openness.add": _row(supervision_office=Reach.ANY, section_head=Reach.OWN_SECTION),
    "openness.show": _row(supervision_office=Reach.ANY, **_OWN_SECTION),
    "openness.accept": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "openness.return": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "openness.drop": _row(machine=Reach.ANY, supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "board.place": _row(supervision_office=Reach.ANY, section_head=Reach.OWN_SECTION),
    "board.publish": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "board.hang": _row(supervision_office=Reach.ANY, **_OWN_SECTION),
    "board.take_down": _row(supervision_office=Reach.ANY, section_head=Reach.OWN_SECTION),
    "key.issue": _row(supervision_office=Reach.ANY),
    "key.revoke": _row(supervision_office=Reach.ANY),
    # results: evidence, the verdict, what follows
    "evidence.import": _row(supervision_office=Reach.ANY, survey_team=Reach.ANY),
    "evidence.choose": _row(supervision_office=Reach.ANY),
    "evidence.withdraw": _row(supervision_office=Reach.ANY),
    "result.settle": _row(supervision_office=Reach.ANY),
    "result.open_preview": _row(supervision_office=Reach.ANY),
    "result.object": _row(section_head=Reach.OWN_SECTION),
    "result.answer": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "result.confirm": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "result.recount": _row(**dict.fromkeys(_COUNTERS, Reach.NOT_OWN)),
    "result.apply": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "result.withdraw": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "consequence.report": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY, **_OWN_SECTION),
    "consequence.accept": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "consequence.return": _row(supervision_office=Reach.NOT_OWN, bureau_leader=Reach.NOT_OWN),
    "consequence.waive": _row(bureau_leader=Reach.ANY),
    "consequence.lift": _row(bureau_leader=Reach.ANY),
    "consequence.recount": _row(machine=Reach.ANY),
    # publication
    "publication.bind": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "publication.publish": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "publication.correct": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "publication.withdraw": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    "filing.file": _row(supervision_office=Reach.ANY, bureau_leader=Reach.ANY),
    # the supervision office enters a receipt on paper; whoever filed it is not the one who says that it arrived
    "filing.receive": _row(district_office=Reach.NOT_OWN, city_bureau=Reach.NOT_OWN, supervision_office=Reach.NOT_OWN),
    "filing.return": _row(district_office=Reach.NOT_OWN, city_bureau=Reach.NOT_OWN),
}


# The roles that check other people's work: whoever gets one is made by two persons (ADR 0013).
CHECKING = frozenset(
    role for row in PERMISSIONS.values() for role, reach in row.reach.items() if reach is Reach.NOT_OWN
)


# What a person who declared an interest in a section does not do there: every check, and what is decided alone.
RECUSED_FROM = frozenset(verb for verb, row in PERMISSIONS.items() if Reach.NOT_OWN in row.reach.values()) | {
    "case.accept", "case.assign", "case.classify", "case.correct_kind", "case.extend_deny", "case.extend_grant",
    "case.let_stand", "case.reopen", "consequence.lift", "consequence.waive", "section.name_head", "task.assign",
    "task.extend_deny", "task.extend_grant", "task.waive",
}  # fmt: skip


def may(actor: Actor, verb: str, about: Mapping[str, object] | None = None) -> bool:
    """Whether this actor may do this verb, to the row that `about` describes (§5.1, §5.4)."""
    permission = PERMISSIONS.get(verb)
    reach = permission.reach.get(actor.role) if permission else None
    return reach is not None and _within(actor, reach, about) and not is_recused(actor, verb, about)


def is_recused(actor: Actor, verb: str, about: Mapping[str, object] | None) -> bool:
    """Whether a declared interest keeps the actor from doing this verb to a row of that section (ADR 0013)."""
    if not actor.recused or verb not in RECUSED_FROM or about is None:
        return False
    return about.get("concerns", about.get("section")) in actor.recused


def may_to_any(actor: Actor, verb: str) -> bool:
    """Whether this actor may do this verb whatever the row: an import need not ask for each."""
    permission = PERMISSIONS.get(verb)
    return permission is not None and permission.reach.get(actor.role) is Reach.ANY


def require(actor: Actor, verb: str, about: Mapping[str, object] | None = None) -> None:
    """Raise `Refused("forbidden")` unless the actor may do the verb; "own_work" where only another person may."""
    if may(actor, verb, about):
        return
    if is_recused(actor, verb, about):
        raise Refused("recused", verb=verb, role=actor.role.value)
    permission = PERMISSIONS.get(verb)
    is_own = permission is not None and permission.reach.get(actor.role) is Reach.NOT_OWN
    raise Refused("own_work" if is_own else "forbidden", verb=verb, role=actor.role.value)


def _within(actor: Actor, reach: Reach, about: Mapping[str, object] | None) -> bool:
    if about is None or reach is Reach.ANY:
        return True
    if reach is Reach.OWN_SECTION:
        return actor.section is not None and about.get("section") == actor.section
    if reach is Reach.OFFERED:
        return about.get("offered") == (actor.section or "")
    if reach in _NAMED:
        return actor.reference in {about.get(name) for name in _NAMED[reach]}
    doers = about.get("doers", ())
    return isinstance(doers, (tuple, list, set, frozenset)) and not actor.did_any(doers)
