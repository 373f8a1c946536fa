"""The one-time notice as page and paper show it; the applicant stays masked (一次性告知, §3.2.3, §5.4)."""

from __future__ import annotations

from django.http import Http404

from pingyi.bureau import queries as bureau
from pingyi.documents.letter import chinese_day
from pingyi.documents.one_time_notice import OneTimeNotice
from pingyi.stations.cases.models import Case, Complainant, MissingPapers
from pingyi.stations.cases.queries.letters import again, number_of
from pingyi.stations.cases.queries.masks import masked

STOPS = "以上材料是本事项需要补正的全部内容，此后不再要求补正其他材料。补正材料的时间不计入办理时限。"
GOES_ON = "本次为再次告知，办理时限不因本次告知而停止计算。再次告知的情形已记录在案。"


def find(case: Case, number: int) -> MissingPapers:
    """Return a case's list of missing papers by its number."""
    row: MissingPapers | None = (
        MissingPapers.objects.select_related("given_by__section").filter(case=case, number=number).first()
    )
    if row is None:
        raise Http404
    return row


def paper(case: Case, row: MissingPapers) -> OneTimeNotice:
    """Return the notice as it is printed."""
    house, person = bureau.bureau(), masked(Complainant.objects.filter(case=case).first())
    section = row.given_by.section.name if row.given_by.section else house.office_name if house else ""
    return OneTimeNotice(
        issuer=f"{house.name if house else ''}{section}",
        number=f"告知{number_of(case.reference)}{again(row.number - 1)}",
        applicant=person.name,
        contact=person.phone or person.email or person.address,
        matter=case.title,
        case=case.reference,
        clerk=f"{section} {row.given_by.name}".strip(),
        basis=row.basis,
        papers=tuple(row.papers.splitlines()),
        paragraphs=(GOES_ON if row.is_repeated else STOPS,),
        dated=chinese_day(row.given_on),
    )
