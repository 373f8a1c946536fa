"""Notice boards: where they hang, which edition, what changed since; and the editions themselves (§4.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from pingyi.authoring.calendars import load_calendar
from pingyi.bureau.models import Section
from pingyi.record import queries as record
from pingyi.record.models import Checkpoint
from pingyi.record.queries import Line
from pingyi.rules import board as rules
from pingyi.rules.actor import Actor
from pingyi.rules.board import Change, Standing
from pingyi.rules.permissions import may
from pingyi.rules.plan.conduct import CommitmentRules
from pingyi.stations.commitments.models import BoardEdition, NoticeBoard
from pingyi.stations.commitments.queries import commitment as commitments
from pingyi.stations.commitments.queries import content as contents

WORST_FIRST = list(Standing)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A board as it stands on a day."""

    board: NoticeBoard
    standing: Standing
    latest: BoardEdition | None
    due_on: date | None  # by when what hangs is to be replaced


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """The boards of a section or of the bureau share their editions; `drift` is what the next one would change."""

    section: Section | None
    latest: BoardEdition | None
    drift: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """What a person learns who scans the code of a hung board."""

    board: NoticeBoard
    edition: BoardEdition  # the one that was scanned
    latest: BoardEdition
    changes: tuple[Change, ...]

    @property
    def is_current(self) -> bool:
        """Whether what hangs there still holds; nothing does once its section is closed."""
        return self.edition.number == self.latest.number and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether the section that it speaks for is closed."""
        return self.board.section is not None and self.board.section.closed_on is not None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A board's page for members."""

    seen: Seen
    changes: tuple[Change, ...]
    history: tuple[Line, ...]


def latest(section: Section | None) -> BoardEdition | None:
    """Return the newest edition of a section's boards, or of the bureau's."""
    return BoardEdition.objects.filter(section=section).order_by("-number").first()


def boards(*, on: date, taken_down: bool = False) -> list[Seen]:
    """Return all boards that hang or are to hang, the worst first."""
    rows = NoticeBoard.objects.select_related("section").order_by("section__order", "pk")
    if not taken_down:
        rows = rows.filter(taken_down_on=None)
    newest, term = _newest(), rehang_days()
    seen = [_see(row, newest.get(row.section_id), on=on, term=term) for row in rows]
    return sorted(seen, key=lambda one: WORST_FIRST.index(one.standing))


def own(actor: Actor, *, on: date) -> list[Seen]:
    """Return the boards that this person looks after: of the own section, or the bureau's for the office."""
    return [one for one in boards(on=on) if _looks_after(actor, one.board)]


def board(reference: str, *, on: date) -> Opened:
    """Return one board with what changed since the edition that hangs."""
    row = get_object_or_404(NoticeBoard.objects.select_related("section", "hung_by"), reference=reference)
    seen = _see(row, latest(row.section), on=on, term=rehang_days())
    before = edition(row.section, row.hung) if row.hung else None
    changed = rules.changes(before.said, seen.latest.said) if before and seen.latest else ()
    return Opened(seen=seen, changes=changed, history=tuple(record.history(row.subject, with_words=True)))


def edition(section: Section | None, number: int) -> BoardEdition | None:
    """Return one edition of a section's boards, or of the bureau's."""
    return BoardEdition.objects.filter(section=section, number=number).first()


def scanned(reference: str, number: int | None = None) -> Scanned:
    """Return what the code of a board says; reads frozen editions only, never a live table."""
    row = get_object_or_404(NoticeBoard.objects.select_related("section"), reference=reference)
    newest = latest(row.section)
    found = newest if number is None else edition(row.section, number)
    if newest is None or found is None:
        raise Http404
    return Scanned(board=row, edition=found, latest=newest, changes=rules.changes(found.said, newest.said))


def scopes(*, on: date) -> list[Scope]:
    """Return every section (and the bureau) that has boards or editions, with what its next edition would change."""
    newest = _newest()
    sections = {row.section_id: row.section for row in NoticeBoard.objects.select_related("section")}
    sections |= {row.section_id: row.section for row in newest.values()}
    made_of = contents.sources(on=on)
    found = [_scope(section, newest.get(key), made_of) for key, section in sections.items()]
    return sorted(found, key=lambda one: one.section.order if one.section else -1)


def newest_root() -> Checkpoint | None:
    """Return the record's latest checkpoint, for screens."""
    return record.latest()


def photograph_digests() -> Sequence[str]:
    """Return the digests of every photograph that a board names."""
    return list(NoticeBoard.objects.exclude(photograph_sha256="").values_list("photograph_sha256", flat=True))


def hanging(section: str) -> list[str]:
    """Return the places of a section's boards: they are taken down before it is closed."""
    rows = NoticeBoard.objects.filter(section__reference=section, taken_down_on=None)
    return list(rows.order_by("pk").values_list("place", flat=True))


def _scope(section: Section | None, newest: BoardEdition | None, made_of: contents.Sources | None) -> Scope:
    """Without a plan in force there is nothing to compare with."""
    if newest is None or made_of is None:
        return Scope(section=section, latest=newest, drift=())
    before = newest.said
    now = contents.made_of(made_of, section=section, **contents.ways_of(before))
    return Scope(section=section, latest=newest, drift=rules.changes(before, now))


def rehang_days() -> int:
    """Return within how many working days the plan wants an old board replaced."""
    return (commitments.rules_of(commitments.plan()) or CommitmentRules()).rehang_days


def _see(row: NoticeBoard, newest: BoardEdition | None, *, on: date, term: int) -> Seen:
    calendar = load_calendar()
    published_on = newest.published_on if newest else None
    number = newest.number if newest else 0
    standing = rules.standing(
        row.state, latest=number, published_on=published_on, on=on, calendar=calendar, rehang_days=term
    )
    is_old = standing in {Standing.OLD, Standing.OUT_OF_DATE} and published_on is not None
    due = rules.rehang_by(published_on, days=term, calendar=calendar) if is_old and published_on else None
    return Seen(board=row, standing=standing, latest=newest, due_on=due)


def _newest() -> dict[int | None, BoardEdition]:
    keys = dict(BoardEdition.objects.order_by("number").values_list("section_id", "pk"))
    rows = BoardEdition.objects.select_related("section").filter(pk__in=keys.values())
    return {row.section_id: row for row in rows}


def _looks_after(actor: Actor, row: NoticeBoard) -> bool:
    if row.section is None:
        return may(actor, "board.publish")
    return actor.section == row.section.reference and may(actor, "board.hang", row.about())
