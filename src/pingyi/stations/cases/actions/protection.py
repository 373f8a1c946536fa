"""Who raised a case is opened by an act with a reason, and everything told can be destroyed for good (§3.2.6, §5.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models, transaction

from pingyi.bureau import hooks, shelf
from pingyi.record import erasing, keyring, personal
from pingyi.record.acts import Change, act
from pingyi.record.models import Recorded
from pingyi.rules.actor import Actor, Role, machine
from pingyi.rules.case import retention
from pingyi.rules.case.oversight import BreachStage
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.rules.grounds import SEALED
from pingyi.rules.refused import Refused
from pingyi.stations.cases import indexing
from pingyi.stations.cases.actions import forgetting
from pingyi.stations.cases.actions.intake import contact_of
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Attachment, Breach, CallBack, Case, CaseHold, Complainant, Identification
from pingyi.stations.cases.queries import people, year
from pingyi.stations.cases.words_public import PURPOSES
from pingyi.stations.plans.models import Round

CALL_BACK = "call_back"
AT_ONCE = 1_000
OUTSIDERS = frozenset({Role.BUREAU_LEADER, Role.SURVEY_TEAM})  # they learn who it is for a drawn call-back alone
# Words of a case. The keyed digest of its outside number stays, so that the erased matter does not come in again.
TOLD = ("title", "text", "place", "answer", "result", "external_number", "source_told")


def identify(reference: str, *, purpose: str, reason: str, by: Actor, at: datetime) -> Contact:
    """Return who raised a case; who looked, when and why stands on the complainant's own page."""
    with act("case.identify", by=by, at=at) as change:
        case = lock(change, reference, seen=None)
        row = Complainant.objects.filter(case=case, erased_on=None).first()
        if row is None:
            raise Refused("case.nobody_known")
        _check_looker(case, row, purpose=purpose, by=by, on=day_of(at))
        if not reason.strip():
            raise Refused("case.reason_needed", field="reason")
        opened = Identification(
            case=case, opened_on=day_of(at), opened_by=people.acting(by), purpose=purpose, reason=reason.strip()
        )
        change.save(opened)
        return contact_of(row)


def erase(reference: str, *, by: Actor, at: datetime) -> Case:
    """Destroy for good what people told in a case, and its files; dates, stages and figures stay, and the record."""
    with act("case.erase", by=by, at=at) as change:
        case = lock(change, reference, seen=None)
        last = case.merged_into or case
        retention.check_erasable(
            last.state,
            is_erased=case.erased_on is not None,
            is_held=CaseHold.objects.filter(case=case, ended_on=None).exists(),
            has_open_breach=Breach.objects.filter(case__in=_one_matter(case), stage=BreachStage.RAISED.value).exists(),
            has_open_call_back=not case.is_restricted and CallBack.objects.filter(case=case, stage="drawn").exists(),
        )
        files = list(Attachment.objects.filter(case=case).values_list("sha256", flat=True))
        forgetting.forget_rows(case, told=_told(case))
        case.erased_on = day_of(at)
        change.erase(case, *TOLD, SEALED)
        for relation in Case._meta.related_objects:
            if issubclass(relation.related_model, Recorded) and relation.related_model is not Case:
                _erase_words(change, relation.related_model, {relation.field.name: case}, on=day_of(at))
        erasing.forget([case.key_name])
        transaction.on_commit(lambda: [shelf.discard(sha256) for sha256 in files])
        return case


def readmit(reference: str, *, reason: str, ground: str = "", seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Let the outside number of an erased case come in anew: the mark that kept it out is destroyed, with a reason."""
    with act("case.readmit", by=by, at=at, ground=ground, reason=reason) as change:
        case = lock(change, reference, seen=seen)
        if case.erased_on is None or not case.external_key:
            raise Refused("case.not_kept_out")
        return change.erase(case, "external_key")


def erase_due(*, at: datetime, most: int = 100) -> int:
    """Destroy what was kept for its term; return how many cases. What is still needed waits for the next time."""
    done = 0
    for reference in over_term(on=day_of(at)):
        if done == most:
            break
        done += _erased(reference, at=at)
    return done


def over_term(*, on: date) -> list[str]:
    """Return the cases whose words were kept as long as their round's plan says, the oldest first."""
    closed = Case.objects.filter(stage=Stage.CLOSED.value, erased_on=None)
    found: list[tuple[date, str]] = []
    for key in closed.order_by().values_list("round", flat=True).distinct():
        round_ = Round.objects.filter(pk=key).first()
        if round_ is not None and hooks.is_kept(round_.year):  # an objection to its result is open
            continue
        years = year.handling(round_).keep_years
        over = closed.filter(round=key, closed_on__lt=retention.kept_since(on, years=years))
        found += over.values_list("closed_on", "reference")
    return [reference for _, reference in sorted(found)]


def erase_again(*, at: datetime) -> int:
    """Erase the cases whose keys were destroyed after the copy that was restored here was made; return how many."""
    names, done = keyring.destroyed(), 0
    for start in range(0, len(names), AT_ONCE):
        back = Case.objects.filter(key_name__in=names[start : start + AT_ONCE], erased_on=None).order_by("pk")
        done += sum(_erased(reference, at=at) for reference in list(back.values_list("reference", flat=True)))
    return done


def clear_up(*, at: datetime) -> None:
    """Erase what is due, tables too, and leave no word of what was erased lately in the search table's old pages.

    Files that lie in clear from before are encrypted, some at a time.
    """
    erasing.finish()
    shelf.encrypt_earlier()
    erase_due(at=at)
    erase_again(at=at)
    forgetting.forget_tables(at=at)
    if Case.objects.filter(erased_on__gte=day_of(at) - timedelta(days=1)).exists():
        indexing.forget()


def _one_matter(case: Case) -> list[Case]:
    """Return the cases that are one matter with this one: merged into it or the other way round, split off it."""
    related = [case.merged_into, case.split_from, *case.merged.all(), *case.parts.all()]
    return [case, *(one for one in related if one is not None)]


def _erased(reference: str, *, at: datetime) -> bool:
    """Erase one case, unless it is still needed."""
    try:
        erase(reference, by=machine("retention"), at=at)
    except Refused:
        return False
    return True


def _told(case: Case) -> list[str]:
    row = Complainant.objects.filter(case=case, erased_on=None).first()
    if row is None or personal.is_closed(row):
        return [case.external_number]
    return [case.external_number, row.name, row.phone, row.email]


def _erase_words(change: Change, model: type[Recorded], key: dict[str, Case], *, on: date) -> None:
    """Erase what is written in the rows about a case: every sealed text, whichever room part brought the row."""
    texts = [
        name
        for name in (*model.sealed, *model.private)
        if isinstance(model._meta.get_field(name), models.CharField | models.TextField)
        and name not in getattr(model, "lasting", ())
    ]
    for row in change.lock_all(model._default_manager.filter(**key)) if texts else ():
        if isinstance(row, Complainant):
            row.erased_on = on
        change.erase(row, *texts, SEALED)


def _check_looker(case: Case, row: Complainant, *, purpose: str, by: Actor, on: date) -> None:
    if purpose not in PURPOSES:
        raise Refused("case.no_such_purpose", field="purpose")
    if by.role is Role.SUPERVISION_OFFICE:
        return
    if by.role in OUTSIDERS:
        is_drawn = CallBack.objects.filter(case=case, stage="drawn").exists()
        if purpose != CALL_BACK or not is_drawn or case.is_restricted:
            raise Refused("case.not_drawn")
        return
    if row.is_withheld:
        raise Refused("case.identity_withheld")
    people.check_carrier(case, by=by, on=on)
