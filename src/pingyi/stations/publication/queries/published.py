"""What was published, for public pages: they read the rows of this room and nothing else (§5.4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from pingyi.authoring.printing.blocks import Block, BlockKind
from pingyi.desk import FrontItem
from pingyi.documents.charts import Option, ScoreBar, ScorePart, score_bars
from pingyi.rules.refused import Refused
from pingyi.stations.publication.models import PublicationKind, Published, PublishedFile

FRONT = 5  # how many publications the front page announces


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A publication with its content read."""

    row: Published
    content: dict[str, Any]
    correction: Copy | None = None  # the newest that stands, of a verdict

    @property
    def said(self) -> Any:
        """The part in the reader's language."""
        return self.content["said"]["zh-hans" if (get_language() or "zh").startswith("zh") else "en"]

    @property
    def blocks(self) -> list[Block]:
        """The blocks of a published document."""
        return [
            Block(
                kind=BlockKind(one["kind"]), text=one["text"], label=one["label"],
                rows=tuple(tuple(row) for row in one["rows"]),
            )
            for one in self.said
        ]  # fmt: skip

    @property
    def standing(self) -> Published:
        """The row that is answered from: the correction where there is one."""
        return self.correction.row if self.correction else self.row

    @property
    def sections(self) -> list[dict[str, Any]]:
        """What is said of each section today, corrections taken in."""
        return list((self.correction or self).content["sections"])

    def section(self, reference: str) -> dict[str, Any] | None:
        """Return what the verdict says of one section, as other appraisals ask it (§4.4b)."""
        return next((one for one in self.sections if one["section"] == reference), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Year:
    """What was published of one year, for the archive."""

    year: int
    rows: tuple[Published, ...]


def standing(kind: PublicationKind, *, year: int) -> Published | None:
    """Return what stands of this kind."""
    return Published.objects.filter(kind_id=kind.value, year=year, withdrawn_on=None).first()


def latest(kind: PublicationKind, *, year: int, slug: str = "") -> Copy | None:
    """Return the newest publication under this name, a withdrawn one too: its address says when and why.

    A copy that is no longer the one that was published is refused as `publication.altered`, here and for files.
    """
    rows = Published.objects.filter(kind_id=kind.value, year=year, slug=slug or kind.value).order_by("-pk")
    row = rows.filter(withdrawn_on=None).first() or rows.first()
    if row is None:
        return None
    mended = correction(row) if kind is PublicationKind.VERDICT else None
    return Copy(
        row=row,
        content=_content(row),
        correction=Copy(row=mended, content=_content(mended)) if mended else None,
    )


def _content(row: Published) -> dict[str, Any]:
    _require(row.content.encode(), sha256=row.content_sha256, name=row.title)
    content: dict[str, Any] = json.loads(row.content)
    return content


def _require(content: bytes, *, sha256: str, name: str) -> None:
    """Refuse what was altered since it was published: nothing is shown in its place (§5.4)."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused("publication.altered", name=name)


def correction(row: Published) -> Published | None:
    """Return the newest correction that stands; a verdict published anew needs no older one."""
    rows = Published.objects.filter(kind_id=PublicationKind.CORRECTION.value, year=row.year, withdrawn_on=None)
    return rows.filter(pk__gt=row.pk).order_by("-pk").first()


def everything() -> QuerySet[Published]:
    """Return all publications, the newest first, without their contents."""
    return Published.objects.defer("content").order_by("-published_on", "-pk")


def archive() -> list[Year]:
    """Return everything by year, the newest first."""
    rows = list(everything())
    years = sorted({row.year for row in rows}, reverse=True)
    return [Year(year=year, rows=tuple(row for row in rows if row.year == year)) for year in years]


def one(reference: str) -> Published | None:
    """Return a publication's row."""
    return everything().filter(reference=reference).first()


def files(row: Published) -> dict[str, PublishedFile]:
    """Return a publication's files by name, without their contents."""
    return {one.name: one for one in PublishedFile.objects.filter(publication=row).defer("content").order_by("name")}


def file(kind: PublicationKind, *, year: int, name: str) -> PublishedFile | None:
    """Return a file of what stands; a corrected verdict answers with the files of its correction first."""
    kinds = [kind.value, PublicationKind.CORRECTION.value] if kind is PublicationKind.VERDICT else [kind.value]
    rows = PublishedFile.objects.filter(
        publication__kind_id__in=kinds, publication__year=year, publication__withdrawn_on=None
    )
    found = list(rows.select_related("publication").defer("content", "publication__content"))
    first = next((one.publication_id for one in found if one.publication.kind_id == kind.value), None)
    fitting = [one for one in found if one.name == name and first is not None and one.publication_id >= first]
    newest = max(fitting, key=lambda one: one.publication_id, default=None)
    return None if newest is None else _whole(PublishedFile.objects.get(pk=newest.pk))


def file_of(reference: str, *, year: int, name: str) -> PublishedFile | None:
    """Return a file of one publication by its reference, an earlier one too."""
    rows = PublishedFile.objects.filter(publication__reference=reference, publication__year=year, name=name)
    found = rows.first()
    return None if found is None else _whole(found)


def _whole(found: PublishedFile) -> PublishedFile:
    _require(bytes(found.content), sha256=found.sha256, name=found.name)
    return found


def chart(copy: Copy) -> Option:
    """Return the picture of the published scores with their parts."""
    bars = [
        ScoreBar(
            name=line["name"],
            total=line["score"],
            parts=tuple(ScorePart(name=name, points=Decimal(points)) for name, points in line["parts"]),
        )
        for line in copy.said["parts"]
    ]
    mark = copy.content["pass_mark"]
    return score_bars(bars, pass_mark=Decimal(mark) if mark else None, pass_label=_("pass mark"))


def front(at: datetime) -> Sequence[FrontItem]:
    """Return the newest publications for the front page."""
    rows = everything().filter(withdrawn_on=None)[:FRONT]
    kinds = {
        PublicationKind.VERDICT.value: _(
            "The year's verdict: ranking, every sheet, and all that it takes to recompute"
        ),
        PublicationKind.PLAN.value: _("The adopted plan"),
        PublicationKind.NOTICE.value: pgettext("a publication", "Notice"),
        PublicationKind.CORRECTION.value: pgettext("a publication", "Correction"),
    }
    return [
        FrontItem(title=row.title, url=row.get_absolute_url(), published_on=row.published_on, said=kinds[row.kind_id])
        for row in rows
    ]
