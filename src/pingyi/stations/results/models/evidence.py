"""Evidence that was brought in as tables: recorded page by page, so that any change by SQL is named (§5.4)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.rules.counting import Choice, Counts
from pingyi.stations.plans.models import Round


class EvidenceBatch(Recorded):
    """One table of evidence, imported whole or not at all."""

    shown: ClassVar = (
        "round",
        "sources",
        "sha256",
        "rows_sha256",
        "rows",
        "imported_on",
        "imported_by",
        "withdrawn_on",
    )
    sealed: ClassVar = ("file_name",)

    round = models.ForeignKey(Round, models.PROTECT, related_name="batches")
    sources = models.JSONField(default=list)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows_sha256 = models.CharField(max_length=64, blank=True)  # alike for a copy that was saved again
    rows = models.PositiveIntegerField()
    imported_on = models.DateField()
    imported_by = models.ForeignKey(Member, models.PROTECT, related_name="batches")
    withdrawn_on = models.DateField(null=True, blank=True)


class EvidencePage(Recorded):
    """Some rows of a table, with one entry; what they say is sealed until the result is published."""

    shown: ClassVar = ("batch", "first", "rows")
    sealed: ClassVar = ("content",)

    batch = models.ForeignKey(EvidenceBatch, models.PROTECT, related_name="pages")
    first = models.PositiveIntegerField()  # the number of its first row in the table, from 1
    rows = models.PositiveSmallIntegerField()
    content = models.TextField()  # one canonical line for each row, see pingyi.stations.results.frozen

    class Meta:
        """A row of a table stands on one page."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "first"], name="results_one_page_a_row")]

    @classmethod
    def entry_kind(cls) -> str:
        """Return the word that score sheets refer to evidence by."""
        return "evidence"


class EvidenceUpload(models.Model):
    """A table kept between its preview and the confirmation, or while it is being mended; a plain row."""

    token = models.CharField(max_length=32, unique=True)
    member = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name


class EvidenceCount(models.Model):
    """How many rows of a table speak of one indicator of one section on one day; a plain row, made of its pages.

    Pages that only say how much there is read these; a settlement reads the rows themselves.
    """

    batch = models.ForeignKey(EvidenceBatch, models.PROTECT, related_name="counts")
    source = models.CharField(max_length=80)
    indicator = models.CharField(max_length=80)
    section = models.CharField(max_length=80)
    happened_on = models.DateField()
    rows = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Return what is counted."""
        return f"{self.source}/{self.indicator}/{self.section}: {self.rows}"


class SourceChoice(Recorded):
    """Which counts for a source that both a table and this house tell of: one row a source, chosen anew by an act."""

    shown: ClassVar = ("round", "source", "counts", "since", "chosen_on", "chosen_by")

    round = models.ForeignKey(Round, models.PROTECT, related_name="choices")
    source = models.CharField(max_length=80)
    counts = models.CharField(max_length=8)
    since = models.DateField(null=True, blank=True)
    chosen_on = models.DateField()
    chosen_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        """A source has one choice in a round."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "source"], name="results_one_choice_a_source")
        ]

    @property
    def choice(self) -> Choice:
        """What was chosen, as the rules see it."""
        return Choice(counts=Counts(self.counts), since=self.since)
