"""What the record must be asked about persons: who checked the own work, and who was made by the one checked (§5.4).

None of it is a fault of the record. It is listed by `./pingyi verify`, for the door of an earlier version may have let
it pass, and a first start cannot do without one hand (ADR 0013).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from pingyi.bureau.models import Invitation, Member
from pingyi.record.models import Entry, Recorded, recorded_models
from pingyi.record.sentences import sentence
from pingyi.rules.motion import needs_two
from pingyi.rules.permissions import PERMISSIONS, Reach

CHECKS = tuple(sorted(verb for verb, row in PERMISSIONS.items() if Reach.NOT_OWN in row.reach.values()))
CLOSING = "case.close"
ALONE = ("member.appoint", "bureau.import_people", "member.found")
CHUNK = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """One act of checking: who did it, to what, and whose work it was."""

    verb: str
    subject: str
    checker: str
    doers: tuple[str, ...]


def remarks() -> Iterator[str]:
    """Return a line for each act whose doer and checker were one person, or whose checker the doer had made alone."""
    people = People()
    for one in _checked():
        whom = {"verb": sentence(one.verb), "subject": one.subject, "checker": one.checker}
        same = [doer for doer in one.doers if people.are_one(one.checker, doer)]
        made = [doer for doer in one.doers if people.made(doer, one.checker)]
        if same:
            yield _("{subject}: “{verb}” by {checker}, who is the same person as {doer}.").format(**whom, doer=same[0])
        elif made:
            said = _("{subject}: “{verb}” by {checker}, whose post {doer} made alone; the work was {doer}'s.")
            yield said.format(**whom, doer=made[0])
    yield from people.made_alone()
    yield from _taken_up_by_the_founder()


def _taken_up_by_the_founder() -> Iterator[str]:
    """List the posts that check and were taken up in the browser in which the bureau was founded."""
    noted = Entry.objects.filter(verb="invitation.accept", version=None, subject__startswith="member/").order_by("pk")
    for subject, at in noted.values_list("subject", "at"):
        said = _(
            "{subject} was taken up on {at} in the browser in which the bureau was founded: ask whether they are two."
        )
        yield said.format(subject=subject, at=at)


class People:
    """Who is one person, and whose single hand made a post, by the rows and by the record."""

    def __init__(self) -> None:
        """Read members and invitations once."""
        self._rows = {row.reference: row for row in Member.objects.all()}
        self._makers: dict[str, set[str]] = {}
        for subject, _verb, hand, _at in self._appointed():
            self._makers.setdefault(subject, set()).add(hand)
        for subject, hand in _invited():
            self._makers.setdefault(subject, set()).add(hand)

    def are_one(self, one: str, other: str) -> bool:
        """Whether two posts are one person's."""
        mine, theirs = self._rows.get(one), self._rows.get(other)
        if one == other:
            return True
        if mine is None or theirs is None:
            return False
        same_person = mine.person is not None and mine.person == theirs.person
        return same_person or (mine.login_id is not None and mine.login_id == theirs.login_id)

    def made(self, maker: str, post: str) -> bool:
        """Whether the first post's person alone appointed, or alone invited, the second."""
        return any(self.are_one(maker, hand) for hand in self._makers.get(post, ()))

    def made_alone(self) -> Iterator[str]:
        """List the posts that check and that one hand made."""
        for subject, verb, hand, at in self._appointed():
            row = self._rows.get(subject)
            if row is not None and needs_two(row.role):
                said = _("member/{subject} ({role}) was made by one hand: “{verb}” by {hand} on {at}.")
                role = row.get_role_display()
                yield said.format(subject=subject, role=role, verb=sentence(verb), hand=hand, at=at)

    def _appointed(self) -> Iterator[tuple[str, str, str, str]]:
        first = Entry.objects.filter(verb__in=ALONE, subject__startswith="member/", version=1).order_by("pk")
        for subject, verb, body, at in first.values_list("subject", "verb", "body", "at"):
            if hand := _hand(body)[0]:
                yield subject.partition("/")[2], verb, hand, at


def _invited() -> Iterator[tuple[str, str]]:
    """Yield the posts whose link one person alone gave out, and who did."""
    rows = Invitation.objects.exclude(accepted_at=None).exclude(word_by__isnull=False).select_related("member")
    of = {row.subject: row for row in rows if row.issued_by is not None or row.needs_word is None}
    issued = Entry.objects.filter(verb="invitation.issue", version=1)
    started = Entry.objects.filter(verb="invitation.accept", subject__startswith="invitation/").order_by("pk").first()
    for subject, body in issued.values_list("subject", "body"):
        if subject in of and (started is None or subject != started.subject) and (hand := _hand(body)[0]):
            yield of[subject].member.reference, hand


def _checked() -> Iterator[Checked]:
    """Yield every act of checking with whose work it was, as the row has it now."""
    entries = Entry.objects.filter(verb__in=(*CHECKS, CLOSING)).order_by("pk")
    said = list(entries.values_list("verb", "subject", "body"))
    doers = _doers({subject for _verb, subject, _body in said})
    for verb, subject, body in said:
        checker, role = _hand(body)
        if Reach.NOT_OWN is _reach(verb, role) or (verb == CLOSING and checker):
            yield Checked(verb=verb, subject=subject, checker=checker, doers=doers.get(subject, ()))


def _hand(body: str) -> tuple[str, str]:
    """Return whose hand and which role an entry names, nothing where it cannot be read: that is a fault already."""
    try:
        by = json.loads(body)["by"]
        return str(by["member"]), str(by["role"])
    except (ValueError, KeyError, TypeError):
        return "", ""


def _reach(verb: str, role: str) -> Reach | None:
    return {one.value: reach for one, reach in PERMISSIONS[verb].reach.items()}.get(role)


def _doers(subjects: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    wanted: dict[str, list[str]] = {}
    for subject in subjects:
        kind, _slash, reference = subject.partition("/")
        wanted.setdefault(kind, []).append(reference)
    found: dict[str, tuple[str, ...]] = {}
    for model in recorded_models():
        references = wanted.get(model.entry_kind(), [])
        for start in range(0, len(references), CHUNK):
            found |= {row.subject: _of(row) for row in _rows(model, references[start : start + CHUNK])}
    return found


def _rows(model: type[Recorded], references: list[str]) -> Iterable[Recorded]:
    links = [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    rows: Any = model._default_manager.filter(reference__in=references).select_related(*links)
    return list(rows)


def _of(row: Recorded) -> tuple[str, ...]:
    try:
        doers = row.about().get("doers", ())
    except (ObjectDoesNotExist, ValueError, TypeError, AttributeError):  # a row that lost what it points to
        return ()
    return tuple(str(one) for one in doers if one) if isinstance(doers, tuple | list) else ()
