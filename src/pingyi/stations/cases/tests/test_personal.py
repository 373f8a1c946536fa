"""What people told lies encrypted; an old copy and the newest keyring give nothing of those who were erased."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from pingyi.authoring.tests.case_books import HEAD
from pingyi.bureau import shelf, uploads
from pingyi.bureau.actions import member
from pingyi.documents.handed_in import HandedIn
from pingyi.record import audit, erasing, keyring, keyring_file, keys, personal
from pingyi.record.models import ErasedKey
from pingyi.rules.actor import citizen
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import inbox, protection, rating
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Attachment, Case, Complainant, Rating, SourceRow, Submission
from pingyi.stations.cases.queries import masks
from pingyi.stations.cases.tests.conftest import MONDAY, Play
from pingyi.stations.cases.tests.test_actions_tables import OPEN, imported, looked_at

pytestmark = pytest.mark.django_db
Committing = Callable[..., Any]

PHONE, NAME, MAIL, HOME = "13811112222", "欧阳冰清", "ouyang@mail.example", "翠微巷77号"
OTHER = Contact(name="诸葛青云", phone="13933334444")
WORDS = "请打我女儿的电话13811112222"
PLANTED = (PHONE, "2222-1111", NAME, MAIL, HOME, WORDS, "照片里是欧阳", "13755556666", "13566667777")
CONTACT = Contact(name=NAME, phone=PHONE, email=MAIL, address=HOME)


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Any:
    """A keyring of this test alone, beside the files of this test."""
    of_record, of_keys = keys.key_file(), keyring_file.master_file().read_bytes()
    (tmp_path / "keys").mkdir()
    if keyring_file.store().exists():  # rows that lie here from before are opened as before
        keyring_file.snapshot(tmp_path / "keys" / keyring_file.store().name)
    settings.PINGYI = settings.PINGYI.model_copy(update={"home": tmp_path, "key_file": of_record})
    keyring_file.master_file().write_bytes(of_keys)  # for the keys of scenes that were played before
    yield tmp_path
    keyring_file.leave()


def dump() -> str:
    """Everything in every table, as somebody reads it who has the database's file or its dump."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            for row in cursor.fetchall():
                for value in row:
                    is_octets = isinstance(value, bytes | memoryview)
                    told.append(bytes(value).decode("utf-8", "replace") if is_octets else str(value))
    return "\n".join(told)


def found_in(text: str) -> list[str]:
    return [one for one in PLANTED if one in text or json.dumps(one)[1:-1] in text]


def waiting(**more: Any) -> Submission:
    """What waits for its case, as in a storm of telephones."""
    inbox.submit(
        kind="complaint", channel="web", title="夜间施工噪声", contact=CONTACT, digest=PHONE, at=MONDAY, **more
    )
    return Submission.objects.latest("pk")


def planted(play: Play, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case and everything beside it in which people tell of themselves."""
    monkeypatch.setattr(inbox, "_take", lambda *_, **__: False, raising=False)
    kept = shelf.put(HandedIn(name="照片里是欧阳.txt", mime="text/plain", content=f"{NAME} {PHONE}".encode()))
    waiting(files=[kept])
    case = play.closed(contact=CONTACT, files=[kept])
    protection.identify(case.reference, purpose="contact", reason=f"给{NAME}回电", by=play.actor("zhou"), at=MONDAY)
    rating.rate(case.reference, level=2, words=WORDS, by=citizen(case.reference), at=MONDAY)
    member.appoint(
        name="王小二", role="section_staff", section="brigade", phone="2222-1111", by=play.actor("zhou"), at=MONDAY
    )
    person = ["G9", "2026-03-02 09:15", "投诉", "夜间施工噪声很大", "环境监察大队", "2026-03-09", "", "13755556666"]
    imported(play, OPEN, person, ["G8", "前天", *person[2:7], "13566667777"])
    looked_at(play, [*person[:7], "13566667777"], head=HEAD)
    table = SimpleUploadedFile("people.csv", f"姓名,电话\n王小二,{PHONE}\n".encode())
    uploads.keep(table, login=play.cast.zhou.login, at=MONDAY)
    return case


def test_nothing_that_people_told_of_themselves_lies_in_the_database_or_on_the_shelf_in_clear(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = planted(play, monkeypatch)
    assert found_in(dump()) == []
    files = [path.read_bytes() for path in Path(default_storage.path("proofs")).rglob("*") if path.is_file()]
    assert len(files) >= 3
    assert not [one for one in PLANTED if any(one.encode() in content for content in files)]
    assert Complainant.objects.get(case=case).phone == PHONE
    assert Submission.objects.get(case=None).payload["contact"]["phone"] == PHONE
    assert shelf.take(Attachment.objects.get(case=case).sha256) == f"{NAME} {PHONE}".encode()
    assert audit.examine().faults == ()


def test_no_salt_lies_in_clear_beside_the_commitment_that_it_opens(play: Play) -> None:
    case = play.received(contact=CONTACT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT salts FROM cases_complainant WHERE case_id = %s", [case.pk])
        (stored,) = cursor.fetchone()
    salt = Complainant.objects.get(case=case).salts["phone"]
    assert len(salt) == 43
    assert salt not in str(stored)


def test_no_digest_in_the_database_can_be_tried_with_guesses(play: Play) -> None:
    """The secret of the settings is in the data's backup: a digest under it is as good as the number."""
    imported(play, OPEN)
    waiting_ = waiting(once="one")
    fingerprint = SourceRow.objects.get().fingerprint
    assert len(fingerprint) == 32
    assert fingerprint not in dump()
    assert waiting_.digest == PHONE
    assert not hasattr(Complainant.objects.first(), "contact_key")


def state_of_rows(*models: Any) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The rows as a backup of the data keeps them."""
    kept = []
    for model in models:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY 1")  # noqa: S608
            names = [one[0] for one in cursor.description]
            kept.append((model, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]))
    return kept


def put_back(kept: list[tuple[Any, list[dict[str, Any]]]]) -> None:
    """An older backup of these rows is restored."""
    with connection.cursor() as cursor:
        for model, rows in kept:
            for row in rows:
                sets = ", ".join(f"{name} = %s" for name in row)
                key = next(iter(row))
                values = [json.dumps(one) if isinstance(one, dict | list) else one for one in row.values()]
                cursor.execute(f"UPDATE {model._meta.db_table} SET {sets} WHERE {key} = %s", [*values, row[key]])  # noqa: S608


def test_an_older_copy_and_the_newest_keyring_give_everybody_back_but_the_erased(
    play: Play, home: Path, django_capture_on_commit_callbacks: Committing
) -> None:
    kept = shelf.put(HandedIn(name="合影.jpg", mime="image/jpeg", content=b"faces"))
    gone, here = play.closed(contact=CONTACT, files=[kept]), play.closed(contact=OTHER)
    rating.rate(gone.reference, level=1, words=WORDS, by=citizen(gone.reference), at=MONDAY)
    backup = state_of_rows(Case, Complainant, Rating, Attachment)
    photograph = Path(default_storage.path(f"proofs/{kept.sha256[:2]}/{kept.sha256}")).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        protection.erase(gone.reference, by=play.actor("zhou"), at=MONDAY)
    put_back(backup)  # and no other keyring than the newest
    back = Complainant.objects.get(case=gone)
    assert personal.is_closed(back)
    told = [back.name, back.phone, back.email, back.address, Rating.objects.get(case=gone).words]
    assert not found_in(" ".join(told))
    assert masks.masked(back).phone == ""
    assert Complainant.objects.get(case=here).phone == OTHER.phone
    default_storage.save(f"proofs/{kept.sha256[:2]}/{kept.sha256}", io.BytesIO(photograph))
    with pytest.raises(Refused) as refused:
        shelf.take(kept.sha256)
    assert refused.value.code == "key.destroyed"
    assert "key.destroyed" in {fault.code for fault in audit.examine().faults}


def test_who_comes_back_with_an_old_copy_is_erased_again_by_the_worker(
    play: Play,
) -> None:
    gone, here = play.closed(contact=CONTACT), play.closed(contact=OTHER)
    before = transaction.savepoint()
    protection.erase(gone.reference, by=play.actor("zhou"), at=MONDAY)
    transaction.savepoint_rollback(before)  # the database is the older copy again
    keyring.destroy([gone.key_name])  # and the keyring is the newest
    assert Case.objects.get(pk=gone.pk).title
    assert protection.erase_again(at=MONDAY) == 1
    assert (play.fresh(gone).title, play.fresh(here).title) == ("", here.title)
    assert Complainant.objects.get(case=gone).phone == ""
    assert protection.erase_again(at=MONDAY) == 0


def test_a_process_that_dies_between_the_act_and_the_key_leaves_it_to_the_worker(
    play: Play,
) -> None:
    case = play.closed(contact=CONTACT)
    name = case.key_name
    protection.erase(case.reference, by=play.actor("zhou"), at=MONDAY)  # committed, and nothing that follows was run
    assert keyring.found([name]).keys
    assert ErasedKey.objects.filter(name=name).exists()
    protection.clear_up(at=MONDAY)
    assert keyring.found([name]).destroyed == {name}
    assert not ErasedKey.objects.exists()


def test_without_the_keyring_nothing_breaks_and_the_audit_says_so(play: Play, home: Path) -> None:
    case = play.held(contact=CONTACT)
    there = keyring_file.folder().rename(home / "elsewhere")
    keyring_file.leave()
    faults = {fault.code: dict(fault.facts) for fault in audit.examine().faults}
    assert faults.keys() == {"key.lost"}
    assert faults["key.lost"]["count"] >= 1
    row = Complainant.objects.get(case=case)
    assert PHONE not in row.phone
    assert "key" in row.phone or "密钥" in row.phone
    with pytest.raises(Refused) as refused:
        protection.identify(case.reference, purpose="contact", reason="回电", by=play.actor("zhao"), at=MONDAY)
    assert refused.value.code == "key.no_keyring"
    with pytest.raises(Refused) as missing:
        play.received(contact=OTHER)
    assert missing.value.code == "key.no_keyring"
    assert not erasing.finish()
    there.rename(keyring_file.folder())
    assert Complainant.objects.get(case=case).phone == PHONE
    assert audit.examine().faults == ()


def test_what_is_moved_to_another_row_or_altered_is_named_and_not_shown(play: Play) -> None:
    one, other = play.received(contact=CONTACT), play.received(contact=OTHER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM cases_complainant WHERE case_id = %s", [other.pk])
        (stored,) = cursor.fetchone()
        cursor.execute("UPDATE cases_complainant SET phone = %s WHERE case_id = %s", [stored, one.pk])
    assert OTHER.phone not in Complainant.objects.get(case=one).phone
    assert "key.altered" in {fault.code for fault in audit.examine().faults}


def test_what_is_put_into_the_database_in_clear_is_found_by_the_audit(play: Play) -> None:
    case = play.received(contact=CONTACT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_complainant SET phone = %s WHERE case_id = %s", ["13900000000", case.pk])
    assert [fault.code for fault in audit.examine().faults] == ["row.sealed"]


def test_a_personal_field_is_never_asked_for_by_the_database() -> None:
    with pytest.raises(TypeError):
        Complainant.objects.filter(phone=PHONE).exists()
    with pytest.raises(TypeError):
        Submission.objects.update(payload={"contact": PHONE})


def test_a_list_with_contacts_takes_one_look_into_the_keyring(
    play: Play, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(12):
        play.received(contact=Contact(name=f"张{number}", phone=f"1380000{number:04}"))
    looks: list[str] = []
    keyring_file.follow_statements(looks.append)
    with django_assert_num_queries(1):
        phones = [row.phone for row in Complainant.objects.order_by("pk")]
    keyring_file.follow_statements(None)
    assert phones[-1] == "13800000011"
    assert len(looks) == 1
