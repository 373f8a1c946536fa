"""A witness signs only what continues what it saw, and remembers before it signs."""

from __future__ import annotations

import fcntl
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from pingyi.record import keys, queries, sequence, witnesses
from pingyi.record.models import Entry
from pingyi.record.tests.conftest import AT, opened
from pingyi.record.witnesses import Witness
from pingyi.rules import entry, merkle, note
from pingyi.rules.refused import Refused
from pingyi.rules.witness import request

pytestmark = pytest.mark.django_db
SECONDS = 1_779_345_000


@pytest.fixture
def office(tmp_path: Path) -> Witness:
    return Witness(name="witness.example/district-office", folder=tmp_path / "witness")


@pytest.fixture
def listed(office: Witness) -> None:
    (Path(settings.PINGYI.home) / "witnesses").write_text(f"# 区纠风办\n{office.key()}\n", encoding="utf-8")


def asked(witness: Witness) -> str:
    sequence.sequence(at=AT)
    return queries.for_witness(old=witness.seen("pingyi.example").size)


def refusal(witness: Witness, text: str) -> str:
    with pytest.raises(Refused) as refused:
        witness.cosign(text, log=keys.verifier(), seconds=SECONDS)
    return refused.value.code


def _signed(size: int, root: bytes) -> str:
    text = str(note.Head("pingyi.example", size, root))
    return str(note.Note(text, (keys.sign(text),)))


def test_a_witness_follows_and_its_line_verifies(office: Witness) -> None:
    for size in (1, 2):
        opened()
        line = office.cosign(asked(office), log=keys.verifier(), seconds=SECONDS)
        assert office.seen("pingyi.example").size == size
        assert note.signs(office.key(), line, queries.latest().note.partition("\n\n")[0] + "\n", keys.check)  # type: ignore[union-attr]


def test_a_record_set_back_or_forked_or_rewritten_is_not_signed(office: Witness) -> None:
    for _ in range(3):
        opened()
    office.cosign(asked(office), log=keys.verifier(), seconds=SECONDS)
    other = bytes(32)
    cases = {
        "witness.forked": request(old=3, path=[], checkpoint=_signed(3, other)),
        "witness.rolled_back": request(old=3, path=[], checkpoint=_signed(2, other)),
        "witness.inconsistent": request(old=3, path=[other, other], checkpoint=_signed(4, other)),
        "witness.other_size": request(old=2, path=[other], checkpoint=_signed(4, other)),
        "witness.unsigned": request(old=3, path=[], checkpoint=_signed(4, other).replace("\n4\n", "\n5\n")),
        "witness.malformed": "old x\n\n",
    }
    assert {code: refusal(office, text) for code, text in cases.items()} == {code: code for code in cases}
    assert office.seen("pingyi.example").size == 3


def read_at(first: int) -> list[bytes]:
    """What a witness is given by the record's address."""
    return [line for line in Client().get(f"/record/entries/{first}").content.split(b"\n") if line]


def slipped_in(day: str) -> None:
    """An entry that somebody with database and key wrote behind the others, of a day that is past."""
    facts = {"member": "member/zhou", "role": "supervision_office", "public": {}, "commit": {}, "nonce": day}
    body = entry.compose(log="pingyi.example", kind="matter.access", at=day, subject="matter/X", **facts)  # type: ignore[arg-type]
    Entry.objects.create(
        leaf=entry.leaf_hash(body).hex(), body=body.decode(), verb="matter.access", subject="matter/X", at=day
    )


def test_a_witness_that_reads_the_entries_names_a_day_that_runs_backwards(office: Witness) -> None:
    opened()
    office.cosign(asked(office), log=keys.verifier(), seconds=SECONDS, entries=read_at)
    opened()
    office.cosign(asked(office), log=keys.verifier(), seconds=SECONDS)  # by courier: these are read the next time
    slipped_in("2026-05-20")
    text = asked(office)
    with pytest.raises(Refused) as refused:
        office.cosign(text, log=keys.verifier(), seconds=SECONDS, entries=read_at)
    assert refused.value.code == "witness.days_backwards"
    assert refused.value.facts == {"place": 2, "day": "2026-05-20", "reached": "2026-05-21"}
    assert office.seen("pingyi.example").size == 2
    office.cosign(text, log=keys.verifier(), seconds=SECONDS, entries=read_at, lets_pass=True)
    assert office.seen("pingyi.example").size == 3


def test_a_witness_is_not_given_other_entries_than_the_signed_ones(office: Witness) -> None:
    opened()
    opened()
    text = asked(office)
    for entries in (lambda first: [] if first else read_at(0)[:1], lambda first: read_at(first)[::-1]):
        with pytest.raises(Refused) as refused:
            office.cosign(text, log=keys.verifier(), seconds=SECONDS, entries=entries)
        assert refused.value.code == "witness.other_entries"
    assert office.seen("pingyi.example").size == 0


def test_a_witness_asks_for_no_entry_beyond_what_was_signed(office: Witness) -> None:
    def entries(first: int) -> list[bytes]:
        assert first < 2
        return read_at(first)[:1]

    opened()
    opened()
    office.cosign(asked(office), log=keys.verifier(), seconds=SECONDS, entries=entries)
    assert office.seen("pingyi.example").size == 2


def test_a_witness_signs_one_request_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once would both hold their checkpoint against what was seen before, and sign two histories."""
    office = Witness(name="witness.example/new", folder=tmp_path / "folders" / "of its own")
    opened()
    text, review, locked = asked(office), witnesses.review, []

    def meanwhile(*args: Any, **options: Any) -> Any:
        with (office.folder / "witness-lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                locked.append(True)
        return review(*args, **options)

    monkeypatch.setattr(witnesses, "review", meanwhile)
    office.cosign(text, log=keys.verifier(), seconds=SECONDS)
    assert locked == [True]


def test_by_the_records_address_a_witness_reads_and_signs(emptied: None, office: Witness, live_server: Any) -> None:
    (Path(settings.PINGYI.home) / "witnesses").write_text(f"{office.key()}\n", encoding="utf-8")
    options = {"vkey": str(keys.verifier()), "name": office.name, "folder": office.folder}
    for size in (1, 2):
        opened()
        sequence.sequence(at=AT)
        call_command("witness", f"{live_server.url}/record", **options, stdout=StringIO(), stderr=StringIO())
        assert len(office.seen("pingyi.example").edge or ()) == 1
        assert office.seen("pingyi.example").size == size
    slipped_in("2026-05-20")
    sequence.sequence(at=AT)
    with pytest.raises(CommandError, match="2026-05-20"):
        call_command("witness", f"{live_server.url}/record", **options, stdout=StringIO(), stderr=StringIO())


def test_another_records_checkpoint_is_not_signed(office: Witness) -> None:
    text = str(note.Head("other.example", 1, merkle.EMPTY))
    assert (
        refusal(office, request(old=0, path=[], checkpoint=str(note.Note(text, (keys.sign(text),)))))
        == "witness.unsigned"
    )


def test_what_was_seen_is_on_disk_before_the_signature_exists(office: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    opened()
    text = asked(office)

    def torn(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(witnesses, "cosigned", torn)
    with pytest.raises(KeyboardInterrupt):
        office.cosign(text, log=keys.verifier(), seconds=SECONDS)
    kept = json.loads((office.folder / "witness-seen.json").read_text(encoding="utf-8"))
    assert kept["pingyi.example"]["size"] == 1


@pytest.mark.usefixtures("listed")
def test_a_known_witnesss_line_is_published_under_the_checkpoint_once(office: Witness) -> None:
    opened()
    line = str(office.cosign(asked(office), log=keys.verifier(), seconds=SECONDS))
    for _ in range(2):
        assert [one.witness for one in witnesses.accept(line)] == [office.name]
    head = queries.latest()
    assert head is not None
    assert queries.text_of(head) == head.note + line
    read = note.read_note(queries.text_of(head))
    assert note.verified(read, [keys.verifier(), office.key()], keys.check) == [keys.verifier(), office.key()]


@pytest.mark.usefixtures("listed")
def test_strangers_lines_and_altered_ones_are_refused(office: Witness, tmp_path: Path) -> None:
    opened()
    text = asked(office)
    stranger = Witness(name=office.name, folder=tmp_path / "stranger")
    good = office.cosign(text, log=keys.verifier(), seconds=SECONDS)
    altered = note.Signature(good.name, good.key_id, bytes(8) + good.octets[8:])
    for line in (str(stranger.cosign(text, log=keys.verifier(), seconds=SECONDS)), str(altered), "x", ""):
        with pytest.raises(Refused) as refused:
            witnesses.accept(line)
        assert refused.value.code == "witness.unknown_line"


@pytest.mark.usefixtures("listed")
def test_only_the_key_that_signed_makes_a_line_a_witnesss(office: Witness) -> None:
    opened()
    (row,) = witnesses.accept(str(office.cosign(asked(office), log=keys.verifier(), seconds=SECONDS)))
    line, key = note.read_signature(row.line), office.key()
    assert witnesses.fits(row, line, key) is True
    assert witnesses.fits(row, line, None) is False
    assert witnesses.fits(row, line, replace(key, name="witness.example/another")) is False
    assert witnesses.shown(row.checkpoint) == witnesses.shown(row.checkpoint, keys=[str(key)]) == [row]
    assert witnesses.shown(row.checkpoint, keys=[str(keys.verifier())]) == []
    row.line = "no line at all"
    assert witnesses.wrong_with(row, witnesses.by_id()) == "cosignature.forged"


@pytest.mark.usefixtures("listed")
def test_remarks_and_empty_lines_are_no_wrong_lines(office: Witness) -> None:
    listed = Path(settings.PINGYI.home) / "witnesses"
    listed.write_text(f"\n# 区纠风办\n  \n{office.key()}\nno key\n", encoding="utf-8")
    assert (witnesses.known(), witnesses.wrong_lines()) == ([office.key()], [5])


@pytest.mark.usefixtures("listed")
def test_a_witness_works_with_files_that_are_carried(office: Witness, tmp_path: Path) -> None:
    opened()
    (tmp_path / "request").write_text(asked(office), encoding="utf-8")
    out = StringIO()
    options = {"vkey": str(keys.verifier()), "name": office.name, "folder": office.folder}
    call_command("witness", str(tmp_path / "request"), **options, stdout=out, stderr=StringIO())
    (tmp_path / "line").write_text(out.getvalue(), encoding="utf-8")
    printed = StringIO()
    call_command("checkpoint", cosignature=tmp_path / "line", stdout=printed)
    assert printed.getvalue().endswith(out.getvalue())
    with pytest.raises(CommandError):
        call_command("witness", str(tmp_path / "request"), **options, stdout=out, stderr=StringIO())
