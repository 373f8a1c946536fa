"""What was made known, as it was on that day, with its digest; public pages read nothing else."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.record.models import Recorded


class PublicationKind(StrEnum):
    """What can be published."""

    VERDICT = "verdict"
    PLAN = "plan"
    NOTICE = "notice"
    CORRECTION = "correction"  # of a verdict's award bars


NAMED = frozenset({PublicationKind.NOTICE, PublicationKind.CORRECTION})  # many may stand at once, each by its name


class Published(Recorded):
    """One thing made known; taken back it stays, with the day and the reason."""

    shown: ClassVar = ("kind_id", "slug", "year", "content_sha256", "about_verdict", "published_on", "withdrawn_on")
    sealed: ClassVar = ("title", "content", "withdrawn_reason")  # words of people: a notice can name a person

    kind_id = models.CharField(max_length=12)
    slug = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField(db_index=True)
    title = models.CharField(max_length=200)
    content = models.TextField()  # canonical JSON
    content_sha256 = models.CharField(max_length=64)
    about_verdict = models.CharField(max_length=80, blank=True)  # the subject of the verdict's entries
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """Only one of a kind, year and name stands at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind_id", "year", "slug"],
                condition=models.Q(withdrawn_on=None),
                name="publication_one_standing",
            )
        ]

    def get_absolute_url(self) -> str:
        """Return the public address."""
        if self.kind_id in NAMED:
            return reverse(f"publication:{self.kind_id}", args=[self.year, self.slug])
        return reverse(f"publication:{self.kind_id}", args=[self.year])


class PublishedFile(Recorded):
    """A file that belongs to a publication, such as the bundle."""

    shown: ClassVar = ("publication", "name", "media_type", "size", "sha256")
    sealed: ClassVar = ("content",)

    publication = models.ForeignKey(Published, models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        """A publication has one file of a name."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "name"], name="publication_one_file_a_name")
        ]
