"""What stands beside a case for those who may see it: the masked person, letters, rating, call-back (§3.2.6, §5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from pingyi.rules.actor import Actor, Role
from pingyi.rules.permissions import may
from pingyi.stations.cases.models import (
    CallBack,
    Case,
    Complainant,
    Identification,
    Message,
    Rating,
    Reopening,
    SealedReceipt,
)
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import codes, masks, people
from pingyi.stations.cases.queries.masks import Masked


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """The protected side of a case, as far as this reader may see it."""

    masked: Masked
    can_open: bool
    can_write: bool
    can_erase: bool
    can_bind: bool
    reading_code: str  # what staff may tell the person; empty for a report of misconduct
    receipt: SealedReceipt | None
    can_read_words: bool  # what citizens wrote with their ratings is for the supervision office
    identified: tuple[Identification, ...]
    letters: tuple[Message, ...]
    ratings: tuple[Rating, ...]
    call_backs: tuple[CallBack, ...]
    objections: tuple[Reopening, ...]

    @property
    def reading_path(self) -> str:
        """The reading code as it stands in an address."""
        return self.reading_code.replace(" ", "")


def beside(case: Case, *, seen_by: Actor) -> Beside:
    """Return the protected side of a case that this reader may see."""
    about = case.about()
    person = Complainant.objects.filter(case=case, erased_on=None).first()
    is_office = seen_by.role is Role.SUPERVISION_OFFICE
    is_known = person is not None and may(seen_by, "case.identify", about)
    return Beside(
        masked=masks.masked(person),
        can_open=is_known and (is_office or not (person is not None and person.is_withheld)),
        can_write=is_office and case.is_restricted and case.erased_on is None,
        can_erase=case.closed_on is not None and case.erased_on is None and may(seen_by, "case.erase", about),
        can_bind=_can_bind(case, seen_by=seen_by),
        reading_code=codes.reading_code(case),
        receipt=SealedReceipt.objects.filter(case=case, voided_on=None).first(),
        can_read_words=is_office,
        identified=tuple(
            Identification.objects.filter(case=case).select_related("opened_by").order_by("-opened_on", "-pk")
        ),
        letters=tuple(Message.objects.filter(case=case).select_related("written_by").order_by("pk")),
        ratings=tuple(Rating.objects.filter(case=case).order_by("-turn")),
        call_backs=tuple(CallBack.objects.filter(case=case).exclude(stage="drawn").order_by("-turn")),
        objections=tuple(Reopening.objects.filter(case=case).order_by("-turn")),
    )


def _can_bind(case: Case, *, seen_by: Actor) -> bool:
    is_over = case.merged_into_id is not None or case.erased_on is not None
    is_other = case.holder.reference != seen_by.reference
    return not is_over and is_other and may(seen_by, "receipt.bind", case.about())


def find(reference: str, *, seen_by: Actor) -> Case:
    """Return a case whose person this reader may ask for: it is theirs to see, or drawn for their call-back."""
    case: Case | None = cases.rows().filter(reference=reference).first()
    if case is None or not may(seen_by, "case.identify", case.about()):
        raise Http404
    is_drawn = CallBack.objects.filter(case=case, stage="drawn").exists()
    if (not is_drawn or case.is_restricted) and not people.may_read(seen_by, case):
        raise Http404
    return case
