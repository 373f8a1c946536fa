"""The public record answers people and programs without a login."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from pingyi.record import keys, queries, sequence
from pingyi.record.tests.conftest import AT, answered, opened
from pingyi.record.witnesses import Witness
from pingyi.rules import merkle, note

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return str(answer.content.decode())


def test_an_empty_record_says_so(client: Client) -> None:
    assert str(keys.verifier()) in page(client, "/record/")
    assert "存证" in page(client, "/record/checkpoint", status=404)
    assert page(client, "/record/proof/00", status=404)
    assert page(client, "/record/consistency/0", status=404)


def test_the_latest_checkpoint_is_shown_and_can_be_taken_away(client: Client) -> None:
    row = opened()
    sequence.sequence(at=AT)
    text = page(client, "/record/checkpoint")
    assert note.verified(note.read_note(text), [note.read_key(page(client, "/record/vkey"))], keys.check)
    shown = page(client, "/record/")
    assert text.splitlines()[2].replace("+", "&#x2B;") in shown or text.splitlines()[2] in shown
    assert row.subject in shown


@pytest.mark.parametrize("how", ["reference", "subject", "entry_hash"])
def test_a_reference_a_subject_or_a_leaf_hash_finds_its_entries(client: Client, how: str) -> None:
    row = answered(opened(title="一"), title="二")
    opened(title="三")
    found = queries.find(f" {getattr(row, how)} ")
    assert {line.subject for line in found} == {row.subject}
    assert client.get("/record/", {"q": getattr(row, how)}).status_code == 200


def test_an_unknown_reference_is_answered_with_what_to_do(client: Client) -> None:
    opened()
    shown = client.get("/record/", {"q": "NOSUCH"}).content.decode()
    assert "查不到" in shown


def test_an_entry_shows_its_proof_which_verifies(client: Client) -> None:
    row = opened(phone="13800000000")
    opened()
    assert "尚未" in page(client, f"/record/entry/{row.entry_hash}/")
    sequence.sequence(at=AT)
    shown = page(client, f"/record/entry/{row.entry_hash}/")
    assert "13800000000" not in shown
    index, path, text = note.read_receipt(page(client, f"/record/proof/{row.entry_hash}"))
    head = note.read_head(note.read_note(text).text)
    leaf = bytes.fromhex(row.entry_hash)
    assert merkle.includes(leaf=leaf, index=index, size=head.size, path=path, expected=head.root)
    assert page(client, f"/record/entry/{'0' * 64}/", status=404)


def test_the_page_speaks_english_too(client: Client) -> None:
    opened()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Newest entries" in page(client, "/record/")


def test_a_witness_gets_its_proof_and_gives_its_line(client: Client, tmp_path: object) -> None:
    office = Witness(name="witness.example/district-office", folder=tmp_path / "witness")  # type: ignore[operator]
    (settings.PINGYI.home / "witnesses").write_text(f"{office.key()}\n", encoding="utf-8")
    opened()
    sequence.sequence(at=AT)
    line = office.cosign(page(client, "/record/consistency/0"), log=keys.verifier(), seconds=1)
    answer = client.post("/record/cosignatures", data=str(line), content_type="text/plain")
    assert (answer.status_code, answer.content.decode()) == (200, str(line))
    assert str(line) in page(client, "/record/checkpoint")
    assert office.name in page(client, "/record/")
    assert client.post("/record/cosignatures", data="x", content_type="text/plain").status_code == 403
    assert client.get("/record/cosignatures").status_code == 405
    assert page(client, "/record/consistency/2", status=409)
