"""Seeing the whole: words to search by, groups of cases, what was learnt and what surfaced (§1.4, §3.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.stations.cases.models.case import Case


class CaseWords(models.Model):
    """The words a case is found by; a plain row beside the case, written with it and emptied when it is erased.

    SQLite keeps a full-text table over it by triggers, PostgreSQL an inverted index; both come with the migration.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="words")
    words = models.TextField(blank=True)  # separated by single spaces
    is_stale = models.BooleanField(default=False)  # written by an import; the worker fills it in

    class Meta:
        """The worker looks for stale ones only."""

        indexes: ClassVar = [
            models.Index(fields=["is_stale"], name="cases_words_stale", condition=models.Q(is_stale=True))
        ]

    def __str__(self) -> str:
        """Return whose words they are."""
        return str(self.case_id)


class CaseGroup(Recorded):
    """Cases that are one matter raised by many (串并): seen and answered together, each with its own deadline."""

    shown: ClassVar = ("opened_on", "opened_by")
    sealed: ClassVar = ("title",)

    title = models.CharField(max_length=120)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    def get_absolute_url(self) -> str:
        """Return the group's page."""
        return reverse("cases:group", args=[self.reference])


class Grouped(Recorded):
    """A case's place in a group; a case is in one group at a time."""

    shown: ClassVar = ("case", "group", "joined_on", "joined_by", "left_on")
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="groupings")
    group = models.ForeignKey(CaseGroup, models.PROTECT, related_name="members")
    joined_on = models.DateField()
    joined_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        """In one group at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(left_on=None), name="cases_one_group_at_a_time")
        ]

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()


class Learnt(models.Model):
    """What was learnt from the bureau's own closed cases for one proposal; a plain row, made anew from what remains."""

    use = models.CharField(max_length=16, primary_key=True)  # kind, theme, section
    learnt_at = models.DateTimeField()
    arrays = models.BinaryField(default=b"")  # empty while there is too little to learn from
    check_figures = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Return what it proposes."""
        return self.use


class Surfaced(models.Model):
    """The hot matters as the worker last found them; a plain row that names cases by number."""

    days = models.PositiveSmallIntegerField(primary_key=True)  # the window
    found_at = models.DateTimeField()
    found = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Return the window."""
        return f"{self.days} days"
