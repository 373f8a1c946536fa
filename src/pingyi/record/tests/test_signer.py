"""A signer of its own signs only what continues what it signed, and the site works with it or without."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from pingyi.cli.tests.patience import PATIENCE
from pingyi.record import audit, guards, keys, sequence, signer
from pingyi.record.models import Checkpoint, Entry, Leaf
from pingyi.record.signer import Signer
from pingyi.record.tests.conftest import AT, opened, sql
from pingyi.rules import note
from pingyi.rules.note import Head
from pingyi.rules.refused import Refused
from pingyi.rules.witness import request

pytestmark = pytest.mark.django_db
NAME = "pingyi.example"
SOURCES = Path(__file__).resolve().parents[3]
Start = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """A real signer in a process of its own, which knows neither the database nor the site's settings."""
    started: list[subprocess.Popen[str]] = []
    home, door = tmp_path / "home", tmp_path / "door"
    home.mkdir()
    settings.PINGYI = settings.PINGYI.model_copy(update={"home": home, "signer": door})
    told = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "DJANGO_"))}

    def begin() -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "pingyi", "sign", str(tmp_path / "signer"), "--name", NAME, "--door", str(door)]
        one = subprocess.Popen(words, env={**told, "PYTHONPATH": str(SOURCES)}, stdout=subprocess.PIPE, text=True)
        started.append(one)
        assert one.stdout is not None
        assert one.stdout.readline().startswith(NAME)
        return one

    yield begin
    for one in started:
        one.kill()
        one.wait(timeout=PATIENCE)
        assert one.stdout is not None
        one.stdout.close()


def own(tmp_path: Path) -> Signer:
    return Signer(name=NAME, folder=tmp_path / "signer")


def lose(*tables: str) -> None:
    """Delete past the guards, as an administrator may; the first table hangs on the second."""
    guards.remove(connection)
    for table in tables:
        sql(f"DELETE FROM {table}")  # noqa: S608


def heads() -> list[int]:
    return list(Checkpoint.objects.order_by("size").values_list("size", flat=True))


def test_the_site_holds_no_key_and_its_checkpoints_verify(start: Start, tmp_path: Path) -> None:
    start()
    opened()
    sequence.sequence(at=AT)
    opened("第二件")
    sequence.sequence(at=AT)
    assert heads() == [1, 2]
    assert not keys.key_file().exists()
    assert keys.verifier() == own(tmp_path).key()
    assert not audit.examine().faults
    assert (tmp_path / "signer" / "record-key").stat().st_mode & 0o077 == 0


def test_what_was_signed_is_checked_while_the_signer_rests_and_acts_go_on(start: Start) -> None:
    one = start()
    opened()
    sequence.sequence(at=AT)
    one.send_signal(signal.SIGTERM)
    assert one.wait(timeout=PATIENCE) == 0
    assert not audit.examine().faults
    opened("第二件")
    with pytest.raises(Refused) as refused:
        sequence.sequence(at=AT)
    assert refused.value.code == "signer.silent"
    start()
    sequence.sequence(at=AT)
    assert heads() == [1, 2]
    assert not audit.examine().faults


def test_a_record_set_back_and_grown_again_is_not_signed(start: Start) -> None:
    start()
    opened()
    opened("第二件")
    sequence.sequence(at=AT)
    lose("record_checkpoint", "record_leaf")
    Leaf.objects.create(position=0, entry=Entry.objects.order_by("-pk")[0])
    with pytest.raises(Refused) as refused:
        sequence.sequence(at=AT)
    assert refused.value.code == "witness.forked"


def test_a_signature_that_the_site_lost_is_given_again(start: Start, tmp_path: Path) -> None:
    start()
    opened()
    sequence.sequence(at=AT)
    lose("record_checkpoint")
    sequence.sequence(at=AT)
    assert heads() == [1]


def offered(size: int, root: bytes, *, old: int = 0, path: tuple[bytes, ...] = ()) -> str:
    return request(old=old, path=path, checkpoint=str(Head(NAME, size, root)))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (offered(1, b"b" * 32), "witness.other_size"),
        (offered(1, b"b" * 32, old=2), "witness.rolled_back"),
        (offered(2, b"b" * 32, old=2), "witness.forked"),
        (offered(3, b"b" * 32, old=2, path=(b"c" * 32,)), "witness.inconsistent"),
        (request(old=2, path=[], checkpoint=str(Head("other.example", 2, b"a" * 32))), "signer.other_name"),
        (offered(2, b"a" * 32, old=2) + "more\n", "signer.other_name"),
        ("old 2\n\nno checkpoint", "witness.malformed"),
        ("", "witness.malformed"),
    ],
)
def test_what_does_not_continue_is_refused_and_changes_nothing(asked: str, code: str, tmp_path: Path) -> None:
    one = own(tmp_path)
    one.checkpoint(offered(2, b"a" * 32))
    assert signer.answer(one, f"checkpoint\n{asked}").startswith(f'refused\n{{"code": "{code}"')
    assert one.seen().size == 2


def test_a_checkpoint_is_not_signed_under_another_head(tmp_path: Path) -> None:
    text = str(Head(NAME, 1, b"a" * 32))
    for asked in (text, f"other.example/result\n{text}", ""):
        assert "signer.other_name" in signer.answer(own(tmp_path), f"text\n{asked}")
    line = signer.answer(own(tmp_path), f"text\n{NAME}/result\n2026\n").removeprefix("ok\n")
    assert note.signs(own(tmp_path).key(), note.read_signature(line), f"{NAME}/result\n2026\n", keys.check)


def test_it_is_remembered_before_it_is_signed(tmp_path: Path) -> None:
    one = own(tmp_path)
    one.checkpoint(offered(2, b"a" * 32))
    again = Signer(name=NAME, folder=one.folder)
    assert (again.seen().size, again.seen().root) == (2, b"a" * 32)
    assert signer.answer(again, "size\n") == "ok\n2"


def test_another_signer_behind_the_same_door_is_noticed(start: Start, tmp_path: Path) -> None:
    one = start()
    opened()
    sequence.sequence(at=AT)
    one.kill()
    one.wait(timeout=PATIENCE)
    for kept in (tmp_path / "signer").iterdir():
        kept.unlink()
    start()
    opened("第二件")
    with pytest.raises(Refused) as refused:
        sequence.sequence(at=AT)
    assert refused.value.code == "signer.other_key"


def test_a_site_that_forgot_its_signer_makes_no_second_key(start: Start, settings: Any) -> None:
    start()
    opened()
    sequence.sequence(at=AT)
    settings.PINGYI = settings.PINGYI.model_copy(update={"signer": None})
    opened("第二件")
    with pytest.raises(Refused) as refused:
        sequence.sequence(at=AT)
    assert refused.value.code == "signer.unnamed"
    assert not keys.key_file().exists()
    assert not audit.examine().faults


def test_the_page_says_who_signs(start: Start, client: Client, settings: Any) -> None:
    start()
    opened()
    sequence.sequence(at=AT)
    assert "独立的签名程序" in client.get("/record/").content.decode()
    settings.PINGYI = settings.PINGYI.model_copy(update={"signer": None, "home": settings.PINGYI.home / "other"})
    assert "本网站" in client.get("/record/").content.decode()


def test_noise_at_the_door_ends_nothing(start: Start) -> None:
    start()
    for noise in ("", "checkpoint", "x" * 2_000_000, "\0\0"):
        with pytest.raises(Refused):
            keys._ask(noise)
    opened()
    assert sequence.sequence(at=AT) is not None
