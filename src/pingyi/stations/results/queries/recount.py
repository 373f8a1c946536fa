"""The second count: what was frozen, read anew from the database and computed once more (复核重算, §5.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.authoring import bundle
from pingyi.bureau import role_words
from pingyi.record import queries as record
from pingyi.record.models import Recorded
from pingyi.rules import counting
from pingyi.rules.actor import Actor
from pingyi.rules.counting import Choice, Counts
from pingyi.rules.evidence import Evidence
from pingyi.rules.permissions import may
from pingyi.rules.refused import Refused
from pingyi.rules.result import Stage
from pingyi.stations.plans import queries as plans
from pingyi.stations.results import frozen, reckoning
from pingyi.stations.results.models import Assessment, EvidencePage, Recount, Snapshot, Verdict
from pingyi.stations.results.queries.evidence import referring

# What else than a file can differ: the frozen rows, and the tables that they were brought in from.
HELD, TABLES = "held", "tables"
PUBLISHED = "published"  # all that it is computed from, together
NOTHING = ""  # the digest where nothing can be computed any more
TABLE = Choice(counts=Counts.TABLE)  # an indicator that tables alone told of
BROKEN = (ArithmeticError, AttributeError, LookupError, Refused, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What a second count came to."""

    published_sha256: str
    differs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """One settlement that was counted again; nothing is counted of one whose published files were not recorded."""

    year: int
    number: int
    stage: str
    counted: Counted | None

    @property
    def is_equal(self) -> bool:
        """Whether everything came out as it was settled."""
        return self.counted is not None and not self.counted.differs

    def __str__(self) -> str:
        """Return what came out as a sentence."""
        named: dict[str, object] = {"year": self.year, "number": self.number}
        if self.counted is None:
            return _("%(year)d, no. %(number)d: settled by a former version; settle anew to count again.") % named
        if self.is_equal:
            return _("%(year)d, no. %(number)d: equal.") % named
        named["files"] = told(self.counted.differs)
        return _("%(year)d, no. %(number)d: comes out otherwise in %(files)s.") % named


def count_again(verdict: Verdict) -> Counted:
    """Compute everything once more from the frozen rows as they lie there now, and compare; nothing is written.

    Nothing that an earlier reading kept in memory is used; what was settled is what the record's entries say, so that
    a digest in a row that was altered with the rows it is of is no way out.
    """
    row = Snapshot.objects.get(verdict_id=verdict.pk)
    settled = _settled(verdict, row)
    wrong = [HELD] if frozen.digest(row.evidence) != settled[HELD] else []
    try:
        wrong += [TABLES] if _differs_from_tables(verdict, frozen.evidence_rows(row.evidence)) else []
        files = reckoning.reckon(_thawed(row)).files
    except BROKEN:
        broken = ["plan.yaml"] if frozen.digest(row.plan) != settled["plan.yaml"] else []
        return Counted(published_sha256=NOTHING, differs=(*broken, *(wrong or [HELD])))
    found = bundle.digests(files, files)
    differs = (*wrong, *_differing(found, {**found, **settled}, whole=settled[PUBLISHED]))
    return Counted(published_sha256=bundle.published_digest(files), differs=differs)


def recounts(verdict: Verdict) -> QuerySet[Recount]:
    """Return who counted this settlement again, the first first; another settlement has its own."""
    return Recount.objects.filter(verdict=verdict).select_related("recounted_by").order_by("pk")


def standing_behind(verdict: Verdict) -> list[Recount]:
    """Return the second counts that came out equal to what is settled now."""
    return [row for row in recounts(verdict).filter(is_equal=True) if row.published_sha256 == verdict.published_sha256]


def is_disputed(verdict: Verdict) -> bool:
    """Whether anybody's second count came out otherwise."""
    return recounts(verdict).filter(is_equal=False).exists()


def beside(verdict: Verdict, *, seen_by: Actor) -> dict[str, Any]:
    """Return what pages say of the second count: who did it and what came out, whether the reader may, and who may."""
    rows = list(recounts(verdict))
    mine = any(row.is_equal and seen_by.did_any((row.recounted_by.reference,)) for row in rows)
    return {
        "recounts": [{"row": row, "files": told(row.differs)} for row in rows],
        "may_recount": may(seen_by, "result.recount", verdict.about()) and not mine,
        "who_may_recount": role_words.who_may("result.recount"),
    }


def names(verdict: Verdict) -> list[dict[str, str]]:
    """Return who stands behind the numbers, as it is published: the record's word for each, name, post and day."""
    with translation.override("zh-hans"):  # the bureau's own paper, whoever publishes it
        return [
            {
                "member": row.recounted_by.reference,
                "name": row.recounted_by.name,
                "on": row.recounted_on.isoformat(),
                "post": row.recounted_by.title or row.recounted_by.get_role_display(),
                "role": row.recounted_by.role,
            }
            for row in standing_behind(verdict)
        ]


def every() -> Iterator[Settled]:
    """Count every year's settlement again that was not withdrawn, the oldest first; nothing is written."""
    rows = Verdict.objects.exclude(stage=Stage.WITHDRAWN.value).select_related("round")
    for row in rows.order_by("round__year", "number"):
        found = count_again(row) if row.published_sha256 else None
        yield Settled(year=row.round.year, number=row.number, stage=row.stage, counted=found)


def told(differs: Collection[str]) -> str:
    """Return what differs in words for a sentence: files by their names."""
    words = {HELD: _("the frozen rows"), TABLES: _("the imported tables")}
    return pgettext("between files", ", ").join(words.get(name, name) for name in differs)


def _thawed(row: Snapshot) -> reckoning.Case:
    return reckoning.Case(
        plan=plans.read(row.plan),
        plan_text=row.plan,
        sections=frozen.sections_of(row.sections),
        evidence=frozen.evidence_rows(row.evidence),
        past=frozen.past_of(row.past),
    )


def _differing(found: Mapping[str, str], settled: Mapping[str, str], *, whole: str) -> list[str]:
    """Return the files that are not the settled ones; all of them where the whole differs and none is known for it."""
    wrong = [name for name in sorted(found) if found[name] != settled[name]]
    is_whole = bundle.together({name: found[name] for name in bundle.SOURCES}) == whole
    return wrong or ([] if is_whole else sorted(bundle.SOURCES))


def _settled(verdict: Verdict, row: Snapshot) -> dict[str, str]:
    """Return what the entries of the settlement say; which file differs is told by the digests kept beside the rows."""
    assessed = Assessment.objects.only("reference").get(verdict_id=verdict.pk)
    public, sure = _said(verdict), _said(assessed)
    return {
        **(row.files or {}),  # not kept by a former version
        HELD: public["held_sha256"],
        PUBLISHED: public["published_sha256"],
        "plan.yaml": public["plan_sha256"],
        "verdict.json": public["verdict_sha256"],
        "estimates.json": sure["sha256"],
    }


def _said(row: Recorded) -> dict[str, Any]:
    found = record.newest("result.settle", subject=row.subject)
    if found is None:
        raise Refused("missing", kind="entry")
    public: dict[str, Any] = record.spoken(found)["public"]
    return public


def _differs_from_tables(verdict: Verdict, rows: Iterable[Evidence]) -> bool:
    """Whether the frozen rows of imported tables are other rows than those that were brought in (who answered what)."""
    kind, decided = f"{EvidencePage.entry_kind()}/", _decided(verdict)
    kept = [row for row in rows if row.reference.startswith(kind)]
    counted = {row.indicator for row in kept}
    pages = EvidencePage.objects.filter(batch__reference__in=verdict.batches).order_by("batch_id", "first")
    rows_brought = (row for page in pages.iterator(chunk_size=100) for row in referring(page))
    brought = [
        row
        for row in rows_brought
        if row.indicator in counted and decided.get(row.indicator, TABLE).takes(row.happened_on)
    ]
    return frozen.evidence_text(kept) != frozen.evidence_text(brought)


def _decided(verdict: Verdict) -> dict[str, Choice]:
    """Return the indicators that this house told of too, with what was chosen for them."""
    return {
        indicator: counting.read(one["choice"])
        for one in (verdict.choices or {}).values()
        for indicator in one["indicators"]
    }
