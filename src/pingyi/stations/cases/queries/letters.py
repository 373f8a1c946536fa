"""Urgings and criticism as pages and as official letters (催办通知书、批评通知书, §3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from pingyi.bureau import queries as bureau
from pingyi.documents.letter import Letter, chinese_day
from pingyi.rules.actor import Actor
from pingyi.rules.calendar import working_days_between
from pingyi.rules.case.oversight import Measure
from pingyi.stations.cases.models import Case, SupervisionLetter
from pingyi.stations.cases.queries import people, readable, year

TITLES = {Measure.URGE: "催办通知书", Measure.CRITICIZE: "关于逾期未办结事项的批评通知"}
SIGNS = {Measure.URGE: "催", Measure.CRITICIZE: "批"}
AGAIN = ("", "之二", "之三", "之四", "之五")
ANSWER_DAYS = 2  # working days that a letter leaves


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A letter with what its page says."""

    row: SupervisionLetter
    is_criticism: bool
    days_late: int  # working days on the day of the letter


def letters(*, seen_by: Actor) -> QuerySet[SupervisionLetter]:
    """Return the letters about cases that this reader may see, the newest first."""
    seen = _rows().filter(case__in=Case.objects.filter(readable.by(seen_by)))
    return seen.order_by("-issued_on", "-pk")


def find(reference: str, *, seen_by: Actor) -> Written:
    """Return a letter to those who may see its case."""
    row: SupervisionLetter | None = _rows().filter(reference=reference).first()
    if row is None or not people.may_read(seen_by, row.case):
        raise Http404
    return Written(row=row, is_criticism=row.measure == Measure.CRITICIZE.value, days_late=_days_late(row))


def paper(row: SupervisionLetter) -> Letter:
    """Return the letter as it is printed; nothing in it says who raised the case."""
    house = bureau.bureau()
    name, office = (house.name, house.office_name) if house else ("", "")
    measure, section = Measure(row.measure), row.section.name if row.section else office
    return Letter(
        issuer=name,
        number=f"{office}{SIGNS[measure]}{number_of(row.case.reference)}{again(row.turn)}",
        title=TITLES[measure],
        to=section,
        paragraphs=tuple(_criticism(row, section) if measure is Measure.CRITICIZE else _urging(row, office)),
        signed=f"{name}{office}",
        dated=chinese_day(row.issued_on),
        copies=("分管局领导", f"{section}负责人") if row.section else ("分管局领导",),
    )


def of(case: int) -> list[SupervisionLetter]:
    """Return a case's letters, the first first."""
    return list(_rows().filter(case_id=case).order_by("issued_on", "pk"))


def number_of(reference: str) -> str:
    """Return the number of a paper: its case's own, so that no count of papers can be lost: 〔2026〕123号."""
    begun, _, number = reference.partition("-")
    return f"〔{begun}〕{int(number)}号" if number.isdecimal() else f"{reference}号"


def again(turn: int) -> str:
    """Return what follows the number of a case's second paper and further ones."""
    return AGAIN[min(turn, len(AGAIN) - 1)]


def _urging(row: SupervisionLetter, office: str) -> list[str]:
    handling = year.handling(row.case.round)
    said = [
        f"{_matter(row)}，由你单位{row.member.name}承办，{_due(row)}。",
        f"请自收到本通知之日起{ANSWER_DAYS}个工作日内答复来件人、写明办理结果，并报{office}。确有法定事由不能按期办结的，"
        "应当书面说明。",
    ]
    term = handling.urge_days_after + handling.criticize_days_after
    if 0 < _days_late(row) < term:
        said.append(f"逾期满{term}个工作日仍未办结的，将予以书面批评。")
    return [*said, *_note(row)]


def _criticism(row: SupervisionLetter, section: str) -> list[str]:
    return [
        f"{_matter(row)}，由{section}{row.member.name}承办，{_due(row)}。经催办，至今没有办结。",
        f"{section}没有落实限时办结的要求，现予以书面批评。请立即办结该件，查明原因，提出改进措施，"
        f"自收到本通知之日起{ANSWER_DAYS}个工作日内书面报告。",
        "本次批评记入该单位的办理情况。是否构成违反服务规定，另行认定；承办人有权作出说明。",
        *_note(row),
    ]


def _matter(row: SupervisionLetter) -> str:
    channel = year.channel_name(row.case.round, row.case.channel_id)
    received = chinese_day(row.case.received_on)
    return f"{received}由{channel}收到的“{row.case.title}”（编号{row.case.reference}）"


def _due(row: SupervisionLetter) -> str:
    late, due = _days_late(row), chinese_day(row.due_on)
    return f"应于{due}前办结，截至本日已逾期{late}个工作日" if late > 0 else f"应于{due}前办结"


def _note(row: SupervisionLetter) -> list[str]:
    return [row.note] if row.note else []


def _days_late(row: SupervisionLetter) -> int:
    return working_days_between(row.due_on, row.issued_on, calendar=year.calendar())


def _rows() -> QuerySet[SupervisionLetter]:
    return SupervisionLetter.objects.select_related(
        "case__section", "case__holder__section", "case__offered_to", "case__round", "section", "member", "acting",
        "issued_by",
    )  # fmt: skip
