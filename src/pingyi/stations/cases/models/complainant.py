"""Who raised a case, kept apart from the matter and encrypted (§3.2.6, §5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField, PersonalJSON
from pingyi.stations.cases.models.case import Case


class Complainant(Recorded):
    """Who raised a case; read only by an act with a reason, and erasable for good."""

    shown: ClassVar = ("case", "is_withheld", "erased_on")
    sealed: ClassVar = ("name", "phone", "email", "address")
    apart_with: ClassVar = "case"

    salts = PersonalJSON(default=dict, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="complainant")
    name = PersonalField(blank=True)
    phone = PersonalField(blank=True)
    email = PersonalField(blank=True)
    address = PersonalField(blank=True)
    is_withheld = models.BooleanField(default=False)  # the handling section is not told who it is
    erased_on = models.DateField(null=True, blank=True)

    @property
    def key_holder(self) -> Case:
        """Whose key it lies under: the case's."""
        return self.case

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()
