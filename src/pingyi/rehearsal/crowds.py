"""Matters that many people raise within days, so that they surface by themselves; and people who come again (§1.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from pingyi.rehearsal import matters
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.hours import hour
from pingyi.rehearsal.life import come, draw_for
from pingyi.rehearsal.matters import Matter
from pingyi.rehearsal.play import Play
from pingyi.stations.cases.contact import Contact

REPEATED = 0.06  # of all matters, how many are raised a second time by the same person


def put_on(play: Play, *, matters_a_week: float) -> None:
    """Let matters come in from March to the end, and crowds three times."""
    year = play.ends.year
    for crowd in matters.crowds():
        begins = date(year, *crowd.begins)
        for number, telling in enumerate(crowd.tellings):
            at = hour(begins) + timedelta(
                days=crowd.days * number / len(crowd.tellings), hours=play.chance.uniform(-2, 9)
            )
            play.begin(at, partial(_one_of_many, telling=telling, number=number))
    first, last = date(year, 3, 11), play.ends + timedelta(days=12)
    days = (last - first).days
    for _ in range(round(days / 7 * matters_a_week)):
        day = first + timedelta(days=play.chance.randrange(days))
        play.begin(hour(day) + timedelta(hours=play.chance.uniform(-3, 12)), _any)


def _any(at: datetime, play: Play) -> Scene:
    """Let any matter come in; some people raise theirs again after a while."""
    matter, who = draw_for(play), matters.person(play.chance)
    if matter.kind == "complaint" and not who.is_empty and play.happens(REPEATED / 0.6):
        again = matters.again(matter, play.chance)
        later = at + timedelta(days=play.chance.randint(18, 40))
        play.begin(later, lambda at, play: come(at, play, again, who=who))
    yield from come(at, play, matter, who=who)


def _one_of_many(at: datetime, play: Play, *, telling: Matter, number: int) -> Scene:
    """Everybody in a crowd is another person."""
    phone = f"13800008{number:01}{play.chance.randrange(100):02}"
    name = matters.person(play.chance).name or "葛晓东"
    yield from come(at, play, telling, who=Contact(name=name, phone=phone))
