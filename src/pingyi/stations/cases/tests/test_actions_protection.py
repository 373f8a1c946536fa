"""Who raised a case is opened with a reason alone; what was told can be destroyed, and the record still verifies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from pingyi.bureau import shelf
from pingyi.documents.handed_in import HandedIn
from pingyi.record import audit, sequence
from pingyi.record.models import Entry
from pingyi.rules.actor import citizen
from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.refused import Refused
from pingyi.stations.cases import indexing
from pingyi.stations.cases.actions import answer, breach, clock, holding, inbox, intake, protection, rating
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Attachment, Case, Complainant, Identification
from pingyi.stations.cases.queries import search
from pingyi.stations.cases.tests.conftest import MONDAY, REPLY, RESULT, Play, noon

pytestmark = pytest.mark.django_db
LATER = noon(date(2026, 3, 20))
SECRETS = (
    "翟子墨",
    "13977778888",
    "zhai@mail.example",
    "青石巷7号",
    "锅炉房黑烟呛人",
    "GD-2026-777",
    "锅炉现场",
    "呛人",
)


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def open_data(play: Play, case: Case, *, who: str, purpose: str = "contact", reason: str = "预约上门") -> Contact:
    return protection.identify(case.reference, purpose=purpose, reason=reason, by=play.actor(who), at=LATER)


def test_opening_the_data_leaves_who_when_and_why(play: Play) -> None:
    case = play.held()
    assert open_data(play, case, who="zhao").phone == "138-0000-0001"
    row = Identification.objects.get()
    assert (row.opened_by, row.purpose, row.reason) == (play.cast.zhao, "contact", "预约上门")
    entry = Entry.objects.get(verb="case.identify")
    assert "预约上门" not in entry.body
    assert "林先生" not in entry.body


def test_only_who_carries_the_case_or_the_office_learns_who_it_is(play: Play) -> None:
    case = play.held()
    assert code(lambda: open_data(play, case, who="chen")) == "forbidden"
    assert code(lambda: open_data(play, case, who="sun")) == "case.not_drawn"
    assert code(lambda: open_data(play, case, who="zhao", reason=" ")) == "case.reason_needed"
    assert code(lambda: open_data(play, case, who="zhao", purpose="gossip")) == "case.no_such_purpose"
    assert open_data(play, case, who="zhou").name == "林先生"
    assert Identification.objects.count() == 1


def test_who_asked_not_to_be_named_is_not_named_to_the_section(play: Play) -> None:
    case = play.held(contact=Contact(name="林先生", phone="13800000001", is_withheld=True))
    assert code(lambda: open_data(play, case, who="zhao")) == "case.identity_withheld"
    assert code(lambda: open_data(play, case, who="wang")) == "case.identity_withheld"
    assert open_data(play, case, who="zhou").name == "林先生"


def test_without_a_name_there_is_nothing_to_open(play: Play) -> None:
    case = play.held(contact=Contact())
    assert code(lambda: open_data(play, case, who="zhao")) == "case.nobody_known"


def test_who_reported_misconduct_is_known_to_the_office_alone(play: Play) -> None:
    case = play.received(kind="misconduct")
    for who in ("zhao", "wang", "chen"):
        assert code(lambda who=who: open_data(play, case, who=who)) == "forbidden"  # type: ignore[misc]
    assert open_data(play, case, who="li").name == "林先生"


@pytest.fixture
def told(play: Play) -> Case:
    """A closed case with everything that people may have told, in every place where it is kept."""
    contact = Contact(name=SECRETS[0], phone=SECRETS[1], email=SECRETS[2], address=SECRETS[3])
    kept = shelf.put(HandedIn(name=f"{SECRETS[6]}.jpg", mime="image/jpeg", content=b"smoke over the yard"))
    row = inbox.submit(
        kind="complaint", channel="web", title=SECRETS[4], text=f"{SECRETS[3]}{SECRETS[4]}", place=SECRETS[3],
        contact=contact, files=[kept], external_number=SECRETS[5], at=MONDAY,
    )  # fmt: skip
    inbox.drain(at=MONDAY)
    row.refresh_from_db()
    assert row.case is not None
    play.close_it(row.case.reference, papers=SECRETS[3], answer=f"您反映的{SECRETS[4]}问题已查实，处罚锅炉单位。")
    open_data(play, row.case, who="zhou", reason=f"给{SECRETS[0]}回电")
    rating.rate(row.case.reference, level=2, words=SECRETS[4], by=citizen(row.case.reference), at=LATER)
    return row.case


def test_what_was_erased_is_in_no_table_no_index_and_no_file(
    play: Play, told: Case, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    digest = Attachment.objects.get(case=told).sha256
    place = f"proofs/{digest[:2]}/{digest}"
    assert default_storage.exists(place)
    person = Complainant.objects.get(case=told)
    contact = [person.name, person.phone, person.email, person.address]
    assert contact == list(SECRETS[:4])
    kept = {*_found_in_tables(), *contact, Attachment.objects.get(case=told).name.removesuffix(".jpg")}
    assert kept >= set(SECRETS), "encrypted or in clear, all of it is there before"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        protection.erase(told.reference, by=play.actor("zhou"), at=LATER)
    indexing.forget()
    assert _found_in_tables() == []
    assert not default_storage.exists(place)
    for word in ("锅炉", "呛人", "青石巷", "GD-2026-777"):
        assert search.search(word, seen_by=play.actor("zhou"), at=LATER).hits == ()


def test_after_erasure_the_record_still_verifies_and_the_figures_stay(play: Play, told: Case) -> None:
    before = play.fresh(told)
    protection.erase(told.reference, by=play.actor("zhou"), at=LATER)
    after = play.fresh(told)
    assert (after.erased_on, Complainant.objects.get(case=told).erased_on) == (date(2026, 3, 20), date(2026, 3, 20))
    kept = ("reference", "stage", "answered_on", "settled_on", "closed_on", "due_on", "follow_code")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    sequence.sequence(at=LATER)
    assert not audit.examine().faults
    verbs = set(Entry.objects.filter(subject__endswith=told.reference).values_list("verb", flat=True))
    assert "case.erase" in verbs


def test_no_word_and_no_plain_digest_of_it_stands_in_the_open_record(play: Play, told: Case) -> None:
    bodies = "".join(Entry.objects.values_list("body", flat=True))
    for secret in SECRETS:
        assert secret not in bodies
        assert hashlib.sha256(secret.encode()).hexdigest() not in bodies
    assert told.follow_code not in bodies


def test_what_is_still_needed_is_not_erased(play: Play) -> None:
    held = play.held()
    assert code(lambda: protection.erase(held.reference, by=play.actor("zhou"), at=LATER)) == "case.needed_while_open"
    case = play.closed()
    breach.raise_now([breach.charge(case, BreachKind.LATE)], at=LATER)
    assert code(lambda: protection.erase(case.reference, by=play.actor("zhou"), at=LATER)) == "case.needed_for_breach"
    assert code(lambda: protection.erase(case.reference, by=play.actor("zhao"), at=LATER)) == "forbidden"


def test_what_was_merged_or_split_is_kept_for_a_breach_of_the_other_part(play: Play) -> None:
    whole = play.held()
    part = intake.split(whole.reference, title="扬尘", kind="complaint", by=play.actor("zhao"), at=MONDAY)
    answer.answer(part.reference, text=REPLY, by=play.actor("zhao"), at=MONDAY)
    answer.settle(part.reference, result=RESULT, by=play.actor("zhao"), at=MONDAY)
    answer.close(part.reference, by=play.actor("wang"), at=MONDAY)
    breach.raise_now([breach.charge(play.fresh(whole), BreachKind.LATE)], at=LATER)
    assert code(lambda: protection.erase(part.reference, by=play.actor("zhou"), at=LATER)) == "case.needed_for_breach"


def test_a_case_that_an_open_matter_needs_is_kept_from_everybody_until_it_is_let_go(play: Play) -> None:
    case, zhou, long_after = play.closed(), play.actor("zhou"), noon(date(2030, 3, 16))
    assert code(lambda: holding.hold(case.reference, reason="x", by=play.actor("wang"), at=LATER)) == "forbidden"
    assert code(lambda: holding.hold(case.reference, reason=" ", by=zhou, at=LATER)) == "case.reason_needed"
    row = holding.hold(case.reference, reason="举报线索涉及本件", by=zhou, at=LATER)
    assert code(lambda: holding.hold(case.reference, reason="x", by=zhou, at=LATER)) == "case.held_already"
    for by in (citizen(case.reference), zhou):
        assert code(lambda by=by: protection.erase(case.reference, by=by, at=LATER)) == "case.needed_for_matter"  # type: ignore[misc]
    assert protection.erase_due(at=long_after) == 0
    entry = Entry.objects.get(subject=row.subject)
    assert (entry.verb, case.reference in entry.body) == ("case.hold", False), "nobody is warned by the record"
    assert "case.hold" not in set(Entry.objects.filter(subject=case.subject).values_list("verb", flat=True))
    holding.release(case.reference, by=zhou, at=long_after)
    assert Entry.objects.filter(subject=row.subject).latest("version").verb == "case.release"
    assert protection.erase_due(at=long_after) == 1
    assert code(lambda: holding.release(case.reference, by=zhou, at=long_after)) == "case.not_held"


def test_a_citizen_has_the_own_closed_case_erased_and_no_other(play: Play) -> None:
    case, other = play.closed(), play.closed()
    assert code(lambda: protection.erase(case.reference, by=citizen(other.reference), at=LATER)) == "forbidden"
    assert protection.erase(case.reference, by=citizen(case.reference), at=LATER).erased_on
    again = code(lambda: protection.erase(case.reference, by=citizen(case.reference), at=LATER))
    assert again == "case.erased_already"
    assert code(lambda: citizens.object_to(case.reference, reason="x", by=citizen(case.reference), at=LATER)) == (
        "case.erased_already"
    )


def test_after_its_term_a_case_is_erased_by_itself(play: Play) -> None:
    case = play.closed()
    assert protection.erase_due(at=noon(date(2029, 3, 15))) == 0
    assert protection.erase_due(at=noon(date(2029, 3, 17))) == 1
    assert play.fresh(case).title == ""
    clock_rows = clock.ClockStop.objects.filter(case=case)
    assert not [row for row in clock_rows if row.reason]


def _found_in_tables() -> list[str]:
    """Which of the secrets stand anywhere in the database, as text or in a search table's pages."""
    tables = connection.introspection.table_names()
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            for row in cursor.fetchall():
                for value in row:
                    text = (
                        bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
                    )
                    found |= {secret for secret in SECRETS if secret in text or json.dumps(secret)[1:-1] in text}
    return sorted(found)
