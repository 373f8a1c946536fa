"""What this room did that a plan asks for: commitments published, boards that hang with their photograph (§3.2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.rules.deed import Deed, DeedKind
from pingyi.stations.commitments.models import Commitment, NoticeBoard


def own(year: int) -> list[Deed]:
    """Return the year's deeds, section by section."""
    return [*_published(year), *_hung(year)]


def _published(year: int) -> Iterator[Deed]:
    rows = Commitment.objects.filter(published_on__range=(date(year, 1, 1), date(year, 12, 31))).order_by()
    found = rows.values_list("section__reference").annotate(count=Count("pk"), on=Max("published_on"), row=Max("pk"))
    subjects = {one.pk: one.subject for one in Commitment.objects.filter(pk__in=[row for *_all, row in found])}
    for section, count, on, row in found:
        title = _("%(count)d commitments published") % {"count": count}
        url = reverse("commitments:commitments")
        yield Deed(
            kind=DeedKind.COMMITMENTS, title=title, on=on, subject=subjects[row], url=url, section=section
        )  # fmt: skip


def _hung(year: int) -> Iterator[Deed]:
    rows = NoticeBoard.objects.filter(hung_on__year=year, taken_down_on=None).exclude(photograph_sha256="")
    for row in rows.select_related("section").order_by("pk"):
        yield Deed(
            kind=DeedKind.BOARD,
            title=_("Notice board hung: %s") % row.place,
            on=row.hung_on,
            subject=row.subject,
            url=reverse("commitments:board", args=[row.reference]),
            section=row.section.reference if row.section else "",
        )
