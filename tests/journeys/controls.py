"""What the pages of a walk let a role do: its controls, held against the table of permissions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from pingyi.bureau.models import Member
from pingyi.rules.actor import Role
from pingyi.rules.permissions import PERMISSIONS
from pingyi.stations.plans.models import Task
from tests.journeys.ground import TODAY
from tests.journeys.walk import Walk

Seen = tuple[Role, str]  # a role and a verb for which it came across a control
NO_MEMBERS = frozenset({Role.MACHINE, Role.PUBLIC})  # a program has no pages; a citizen's stand behind the secret code
# Pages open to all who read them, with the form of a verb on them; the others say by `asks` what they do.
DONE_BESIDE = {"results:objection": ("result.answer",)}
# Doors that are closed to members however they come: by the code in the address the citizen alone may enter.
CLOSED = frozenset({"citizens:rate"})
# Whoever made a report takes it back, and no other.
NOT_THE_CLERK = (Role.BUREAU_LEADER, Role.SECTION_HEAD, Role.SUPERVISION_OFFICE)
# A verb, or a verb and one role, for which nobody comes across a control, and why. The list may only shrink.
IN_ANOTHER = "done within another verb's act; docs/explanation/pages-of-verbs.md"
NO_VERSION = "the furnished year was opened without a version of the plan"
ALL_IN = "everybody of the furnished bureau has a login"
NO_MOTION = "no motion waits for a second person"
IN_PREVIEW = "the verdict lies before the sections: before that, or after it, but not now"
NO_ORDER = "no consequence was ordered yet"
NO_CASE = "no case stands there"
NO_PAPER = "the furnished site has none"
UNSEEN = {
    **dict.fromkeys(("round.open", "round.amend", "task.plan", "task.replan"), IN_ANOTHER),
    **dict.fromkeys(("commitment.replace", "publication.bind", "motion.make"), IN_ANOTHER),
    "invitation.accept": "its page is open to who holds the letter, before there is a sign-in",
    **dict.fromkeys(("invitation.issue", "invitation.revoke", "invitation.give_word"), ALL_IN),
    **dict.fromkeys(("motion.confirm", "motion.refuse", "motion.withdraw"), NO_MOTION),
    **dict.fromkeys(("plan.edit", "plan.propose", "plan.adopt", "plan.withdraw", "plan.amend"), NO_VERSION),
    "task.take_over": "no duty was due before the round was opened",
    **dict.fromkeys(
        ("task.extend_ask bureau_leader", "task.extend_ask section_staff"), "all open tasks of theirs are late"
    ),
    **dict.fromkeys(
        (f"task.withdraw_report {role.value}" for role in NOT_THE_CLERK), "a clerk made the one that waits"
    ),
    **dict.fromkeys(("meeting.record_attendance", "meeting.minute"), "no meeting was convened"),
    "calendar.revoke": "nobody opened an address for a calendar program",
    "absence.cancel": "nobody is away",
    **dict.fromkeys(("case.accept supervision_office", "case.decline supervision_office"), NO_CASE),
    **dict.fromkeys(("case.recall section_head", "case.recall section_staff"), NO_CASE),
    **dict.fromkeys(("case.stop_clock section_head", "case.stop_clock section_staff"), NO_CASE),
    "case.resume_clock supervision_office": "a wait for papers ends with who holds the case; no other stop runs",
    **dict.fromkeys(("case.close", "case.extend_grant", "case.extend_deny", "case.ungroup"), NO_CASE),
    **dict.fromkeys(("case.release", "case.readmit", "case.criticize"), NO_CASE),
    "case.write": "written only about a report of misconduct",
    **dict.fromkeys(("case.call_back", "case.identify survey_team"), "no call-backs were drawn"),
    "receipt.void": NO_PAPER,
    **dict.fromkeys(("breach.hear", "breach.decide"), NO_PAPER),
    **dict.fromkeys(("measurement.accept", "measurement.refuse"), NO_PAPER),
    "board.publish": "the one board's edition says what holds",
    **dict.fromkeys(("result.settle", "result.open_preview", "result.apply", "publication.correct"), IN_PREVIEW),
    **dict.fromkeys(("consequence.report", "consequence.accept", "consequence.return"), NO_ORDER),
    **dict.fromkeys(("consequence.waive", "consequence.lift"), NO_ORDER),
    **dict.fromkeys(("filing.receive city_bureau", "filing.return city_bureau"), "nothing was filed with it"),
}
MOST_UNSEEN = 63


@dataclass(frozen=True)
class Crawl:
    """What people of one role came across: pages by their address."""

    role: Role
    walks: tuple[Walk, ...]

    def controls(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Each control as the page it stands on, where it leads, and the verbs that are done there."""
        for walk in self.walks:
            for page, aims in walk.posting.items():
                yield from ((page, aim, verbs) for aim in aims if (verbs := _verbs(aim)))
            for page, links in walk.linked.items():
                yield from ((page, link, verbs) for link in links if (verbs := _verbs(link)) and self._does(link))

    def seen(self) -> set[Seen]:
        """What this role may do by what it came across."""
        return {(self.role, verb) for _, _, verbs in self.controls() for verb in verbs if self._may(verb)}

    def refused(self) -> set[str]:
        """Controls of verbs that this role may not do to any row, and links to doors that are closed to it."""
        told = {f"{page} leads to {aim}" for page, aim, verbs in self.controls() if not any(map(self._may, verbs))}
        shut = {
            f"{page} leads to {url}, which answers {status}"
            for walk in self.walks
            for url, status in walk.answered.items()
            if status in {403, 404, 409} and resolve(urlsplit(url).path).view_name not in CLOSED
            for page, links in walk.linked.items()
            if url in links
        }
        return {f"{self.role.value}: {one}" for one in told | shut}

    def _does(self, url: str) -> bool:
        """Whether its verbs are done where a link leads; a list that only those may read who do them is no control."""
        opened = [walk.posting[url] for walk in self.walks if url in walk.posting]
        return not opened or any(verb in _verbs(url) for aims in opened for aim in aims for verb in _verbs(aim))

    def _may(self, verb: str) -> bool:
        return self.role in PERMISSIONS[verb].reach


@cache
def _verbs(url: str) -> tuple[str, ...]:
    """Return what is done at an address."""
    if urlsplit(url).netloc:
        return ()
    try:
        found = resolve(urlsplit(url).path)
    except Resolver404:
        return ()
    if found.view_name == "cases:act":
        return (f"case.{found.kwargs['verb'].replace('-', '_')}",)
    return DONE_BESIDE.get(found.view_name, ()) or tuple(getattr(found.func, "asks", ()))


def crawls_of(walks: Mapping[str, Walk]) -> list[Crawl]:
    """Put together, role by role, what its people came across."""
    by_role: dict[Role, list[Walk]] = {}
    for who, walk in walks.items():
        if who:
            role = Member.objects.get(login__username=who).actor().role
            by_role.setdefault(role, []).extend((walk, _one_of_each_standing(walk)))
    return [Crawl(role, tuple(walks)) for role, walks in by_role.items()]


def _one_of_each_standing(walk: Walk) -> Walk:
    """Open, of the many tasks that were linked, one of each standing that the walk passed by."""
    linked, further = {url for links in walk.linked.values() for url in links}, Walk(walk.client)
    found = {
        (task.stage, task.due_on < TODAY.date(), task.asked_until is None, task.section_id): f"/tasks/{task.reference}/"
        for task in Task.objects.order_by("-due_on")
        if f"/tasks/{task.reference}/" in linked
    }
    for url in sorted(set(found.values()) - walk.posting.keys()):
        further.open(url, "plans:task")
    return further


def given() -> set[Seen]:
    """What the table gives the roles of members."""
    return {(role, verb) for verb, row in PERMISSIONS.items() for role in row.reach if role not in NO_MEMBERS}
