"""The ordinary way of a matter: received, passed on, taken, answered, settled, closed, rated (§3.2.2, §3.2.3)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pingyi.bureau.models import Member
from pingyi.rehearsal import matters
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.cast import MERITS, STAFF
from pingyi.rehearsal.hours import at_work, moment, working_days
from pingyi.rehearsal.matters import Matter, person
from pingyi.rehearsal.play import Play
from pingyi.rules.actor import Actor, citizen
from pingyi.rules.case.oversight import Ground
from pingyi.rules.case.sealed import FACE_TO_FACE
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions import answer as acts
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.actions import custody, inbox, intake, rating
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Case, SealedReceipt
from pingyi.stations.cases.queries import people

CHANNELS = {
    "hotline_12345": 30, "web": 26, "phone": 14, "public_column": 10, "hotline_999": 8, "counter": 6, "letter": 3,
    "visit": 2, "media": 1,
}  # fmt: skip
OURS = frozenset({"web", "public_column"})  # people write these themselves; the inbox takes them in
RATED, REOPENED = 0.55, 0.3  # shares of the closed, and of the badly rated, cases
SLOW, LATE = 0.16, 0.3  # how often the worst section takes an offer too late, and closes too late
WORDS = {
    5: ("处理得很快，谢谢。", "态度好，问题解决了。", ""),
    4: ("总体满意。", "比以前快。", ""),
    3: ("还行吧。", "答复了，效果再看看。"),
    2: ("拖了太久。", "来过一次就没下文了。"),
    1: ("问题还在，不知道解决了什么。", "打了几次电话才有人管。"),
}
LOOKED_AGAIN = "接您反映后再次到现场核查，情况属实，已责令当事人当场整改，并安排专人每周复查一次。"
MENDED = "复查两次均已改正，反映人当面确认。"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ways:
    """How one matter is taken and finished; what is not said is left to chance."""

    takes: float | None = None  # hours until the section accepts
    closes_on: date | None = None
    level: int | None = None  # what the citizen marks; 0 for nothing


BY_CHANCE = Ways()


def live(at: datetime, play: Play) -> Scene:
    """Let any matter come in and go its way."""
    yield from come(at, play, draw_for(play))


def come(
    at: datetime, play: Play, matter: Matter, *, who: Contact | None = None, channel: str = "", ways: Ways = BY_CHANCE
) -> Scene:
    """Let a matter come in and go its way."""
    at = yield _opening(at, channel := channel or _channel(play))
    case = receive(at, play, matter, who=who, channel=channel)
    at = yield at_work(at + timedelta(hours=play.chance.uniform(0.4, 5)))
    yield from pass_on(at, play, case, matter, ways=ways)


def receive(at: datetime, play: Play, matter: Matter, *, who: Contact | None = None, channel: str) -> Case:
    """Receive a matter: from the form through the inbox, else by whoever is asked first."""
    contact = person(play.chance) if who is None else who
    if channel in OURS:
        made = inbox.submit(
            kind=matter.kind, channel=channel, title=matter.title, text=matter.text, place=matter.place,
            contact=contact, at=at,
        )  # fmt: skip
        inbox.drain(at=at)  # as the worker does a moment later
        made.refresh_from_db()
        assert made.case is not None  # noqa: S101 - nobody else hands anything in meanwhile
        return made.case
    receipt = SealedReceipt.objects.filter(case=None, voided_on=None).order_by("pk").first()
    number = f"{channel.removeprefix('hotline_')}-{at:%y%m%d}{play.chance.randrange(10_000):04}"
    return intake.receive(
        kind=matter.kind, channel=channel, title=matter.title, text=matter.text, place=matter.place,
        theme=matter.theme, contact=contact, external_number=number if channel.startswith("hotline") else "",
        receipt=receipt.number if receipt and channel in FACE_TO_FACE else "",
        by=play.people["lifang" if channel.startswith("hotline") else STAFF["office"][0]], at=at,
    )  # fmt: skip


def pass_on(at: datetime, play: Play, case: Case, matter: Matter, *, ways: Ways = BY_CHANCE) -> Scene:
    """Name the theme, offer the case to its section, let it take it and do the rest."""
    officer = play.people["lifang" if play.happens(0.6) else "zhouming"]
    if not case.theme:
        intake.classify(case.reference, kind=matter.kind, theme=matter.theme, by=officer, at=at)
    custody.assign(case.reference, to=matter.section, by=officer, at=at)
    takes = _hours(play, matter.section) if ways.takes is None else ways.takes
    at = yield at_work(at + timedelta(hours=takes))
    taken = custody.accept(case.reference, by=play.staff(matter.section), at=at)
    yield from work_off(at, play, taken, matter, ways=ways)


def work_off(at: datetime, play: Play, case: Case, matter: Matter, *, ways: Ways = BY_CHANCE) -> Scene:
    """Answer, settle and close a case that a section holds, and hear its citizen."""
    closes = max(ways.closes_on or _closing_day(play, case), day_of(at))
    if not case.answered_on:
        at = yield moment(_between(day_of(at), closes, play), chance=play.chance)
        acts.answer(case.reference, text=matter.answer, by=carrier(case.reference, at=at), at=at)
    at = yield moment(closes, chance=play.chance)
    acts.settle(case.reference, result=matter.result, by=carrier(case.reference, at=at), at=at)
    at = yield at + timedelta(minutes=play.chance.randint(8, 30))
    closed = shut(at, play, case.reference)
    yield from hear(at, play, closed, level=ways.level)


def shut(at: datetime, play: Play, reference: str) -> Case:
    """Close the case by its section's head, or by the office where the head did the work."""
    case = Case.objects.select_related("section").get(reference=reference)
    head = play.head(case.section.reference) if case.section else play.people["lifang"]
    by = play.people["lifang"] if head.reference in case.doers else head
    return acts.close(reference, by=by, at=at)


def hear(at: datetime, play: Play, case: Case, *, level: int | None = None) -> Scene:
    """Let the citizen mark a closed case; some of those who are dissatisfied open it again."""
    if not (play.happens(RATED) if level is None else level):
        return
    given = level or _level(play, case)
    at = yield at + timedelta(hours=play.chance.uniform(2, 120))
    words, by = play.chance.choice(WORDS[given]), citizen(case.reference)
    rating.rate(case.reference, level=given, words=words, by=by, at=at)
    if given <= 2 and not case.reopenings and play.happens(REOPENED):
        at = yield at + timedelta(minutes=12)
        yield from open_again(at, play, case.reference, reason="答复说已解决，可是现场没有变化。")


def open_again(at: datetime, play: Play, reference: str, *, reason: str, ground: str = Ground.NOT_DONE) -> Scene:
    """Open a closed case again as its citizen; the section answers and settles it anew."""
    case = citizens.object_to(reference, reason=reason, ground=ground, by=citizen(reference), at=at)
    at = yield moment(working_days(day_of(at), play.chance.randint(2, 6)), chance=play.chance)
    acts.answer(reference, text=LOOKED_AGAIN, by=carrier(reference, at=at), at=at)
    at = yield moment(working_days(day_of(at), 1), chance=play.chance)
    acts.settle(reference, result=MENDED, by=carrier(reference, at=at), at=at)
    at = yield at + timedelta(minutes=25)
    case = shut(at, play, reference)
    yield from hear(at, play, case, level=4)


def carrier(reference: str, *, at: datetime) -> Actor:
    """Return who answers for a case on this day: its holder, or the stand-in."""
    case = Case.objects.select_related("holder__section", "section").get(reference=reference)
    answering = people.answering(case, on=day_of(at))
    member: Member = Member.objects.select_related("section").get(reference=answering.member)
    return member.actor()


def draw_for(play: Play) -> Matter:
    """Return any matter."""
    return matters.draw(play.chance)


def _channel(play: Play) -> str:
    return play.chance.choices(list(CHANNELS), weights=list(CHANNELS.values()))[0]


def _opening(at: datetime, channel: str) -> datetime:
    """The form is open at night; counters and telephones are not."""
    return at if channel in OURS else at_work(at)


def _hours(play: Play, section: str) -> float:
    is_slow = play.happens((1 - MERITS[section]) * SLOW)
    return play.chance.uniform(30, 50) if is_slow else play.chance.uniform(0.5, 9)


def _closing_day(play: Play, case: Case) -> date:
    """Mostly within the limit; a section of less merit is late more often."""
    section = case.section.reference if case.section else "office"
    if play.happens((1 - MERITS[section]) * LATE):
        return working_days(case.due_on, play.chance.randint(1, 9))
    return working_days(case.due_on, -play.chance.choice((0, 1, 1, 2, 2, 3, 4, 5)))


def _between(first: date, last: date, play: Play) -> date:
    days = (last - first).days
    return first if days < 2 else first + timedelta(days=play.chance.randint(1, days - 1))


def _level(play: Play, case: Case) -> int:
    """The better the section and the sooner the answer, the better the mark."""
    is_late = case.closed_on is not None and case.closed_on > case.due_on
    merit = MERITS[case.section.reference if case.section else "office"] - (0.35 if is_late else 0)
    return max(1, min(5, round(play.chance.gauss(1.6 + 3.4 * merit, 0.9))))


Held = Generator[datetime, datetime, Case]


def taken(at: datetime, play: Play, matter: Matter, *, channel: str = "phone", who: Contact | None = None) -> Held:
    """Receive a matter, and let its section take it at once."""
    case = receive(at, play, matter, channel=channel, who=who)
    at = yield at_work(at + timedelta(minutes=20))
    custody.assign(case.reference, to=matter.section, by=play.people["lifang"], at=at)
    at = yield at_work(at + timedelta(minutes=35))
    return custody.accept(case.reference, by=play.staff(matter.section), at=at)
