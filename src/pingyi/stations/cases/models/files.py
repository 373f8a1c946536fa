"""Files that came with a case or show what was done; kept on disk under their digest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField, PersonalJSON
from pingyi.stations.cases.models.case import Case


class Attachment(Recorded):
    """One file; `part` says whether it came with the matter, the answer or the result."""

    shown: ClassVar = ("case", "part", "sha256", "mime", "size", "added_on", "added_by", "is_withdrawn")
    sealed: ClassVar = ("name",)
    apart_with: ClassVar = "case"

    salts = PersonalJSON(default=dict, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    part = models.CharField(max_length=12, default="matter")  # matter, answer, result
    name = PersonalField()
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    added_on = models.DateField()
    added_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # None: the citizen
    is_withdrawn = models.BooleanField(default=False)

    @property
    def key_holder(self) -> Case:
        """Whose key it lies under: the case's."""
        return self.case

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()
