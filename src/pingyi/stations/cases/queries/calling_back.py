"""Call-backs as the supervision office sees them: lots, who is to be asked, and where two answers disagree (§3.2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext

from pingyi.rules.actor import Actor
from pingyi.rules.case import rating as rules
from pingyi.rules.permissions import may
from pingyi.stations.cases.models import CallBack, CallBackDraw, Case, Complainant, Rating
from pingyi.stations.cases.queries import masks, readable
from pingyi.stations.cases.queries.masks import Masked

FEW = 10  # fewer answers say little


@dataclass(frozen=True, kw_only=True, slots=True)
class Discordance:
    """How often rating and call-back of one section's or operator's cases contradict each other."""

    name: str
    compared: int
    discordant: int

    @property
    def is_small(self) -> bool:
        """Whether the number says little."""
        return self.compared < FEW

    @property
    def percent(self) -> str:
        """The share in percent, with one digit."""
        return f"{100 * self.discordant / self.compared:.1f}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """One call-back that is to be made."""

    row: CallBack
    masked: Masked


def draws() -> QuerySet[CallBackDraw]:
    """Return the lots, the newest first; they stand in the open record."""
    return CallBackDraw.objects.select_related("announced_by", "drawn_by").order_by("-pk")


def readable_among(references: Iterable[str], *, seen_by: Actor) -> frozenset[str]:
    """Return those of the cases whose pages this reader may open."""
    rows = Case.objects.filter(readable.by(seen_by), reference__in=set(references))
    return frozenset(rows.values_list("reference", flat=True))


def waiting() -> QuerySet[CallBack]:
    """Return the call-backs that are still to be made, the oldest first."""
    return _rows().filter(stage="drawn").order_by("drawn_on", "pk")


def made() -> QuerySet[CallBack]:
    """Return the call-backs that were made, the latest first."""
    return _rows().exclude(stage="drawn").order_by("-asked_on", "-pk")


def asking(reference: str, *, seen_by: Actor) -> Asking:
    """Return a call-back that this person may make."""
    row = _rows().filter(case__reference=reference, stage="drawn").first()
    if row is None or not may(seen_by, "case.call_back", row.about()):
        raise Http404
    person = Complainant.objects.filter(case=row.case, erased_on=None).first()
    return Asking(row=row, masked=masks.masked(person))


def discordance_by_section() -> list[Discordance]:
    """Return for each section how often the two answers about its cases disagree, the most first."""
    return _grouped("case__section__name", nobody=gettext("Supervision office"))


def discordance_by_operator() -> list[Discordance]:
    """Return for each operator how often what they wrote down disagrees with what citizens rated themselves."""
    return _grouped("operator__name", nobody="")


def _rows() -> QuerySet[CallBack]:
    """Leave out what turned out to be a report of misconduct after it was drawn; nobody calls its reporter (§5.4)."""
    rows = CallBack.objects.filter(case__is_restricted=False)
    return rows.select_related("case__section", "case__holder__section", "case__offered_to", "operator")


def _grouped(name: str, *, nobody: str) -> list[Discordance]:
    """Count pairs of answers by name in the database: a year's ratings are not read to compare them."""
    rated = Rating.objects.filter(case=OuterRef("case"), turn=OuterRef("turn")).values("level")[:1]
    rows = _rows().exclude(level=None).annotate(rated=Subquery(rated)).exclude(rated=None).order_by()
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for named, own, heard, count in rows.values_list(name, "rated", "level").annotate(count=Count("pk")):
        sums = found[named or nobody]
        sums[0] += count
        sums[1] += count * rules.is_discordant(own, heard)
    lines = [Discordance(name=key, compared=all_, discordant=bad) for key, (all_, bad) in found.items()]
    return sorted(lines, key=lambda line: (-line.discordant, -line.compared, line.name))
