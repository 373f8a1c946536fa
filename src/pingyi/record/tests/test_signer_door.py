"""The signer's door: one caller after the other, and none that stays silent or says too much stops it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pingyi.cli.tests.patience import PATIENCE
from pingyi.record import keys, signer
from pingyi.record.signer import Signer
from pingyi.rules import note
from pingyi.rules.note import Head
from pingyi.rules.refused import Refused
from pingyi.rules.witness import request

NAME = "pingyi.example"
Ask = Callable[[str], str]


@pytest.fixture
def own(tmp_path: Path) -> Signer:
    return Signer(name=NAME, folder=tmp_path / "signer")


@pytest.fixture
def door(tmp_path: Path) -> Path:
    """Where the signer listens; a socket that one of before left there is in nobody's way."""
    path = tmp_path / "door"
    path.touch()
    return path


@pytest.fixture
def served(own: Signer, door: Path) -> Iterator[Path]:
    stop = threading.Event()
    with signer.opened(door) as listening:
        thread = threading.Thread(target=signer.serve, args=(own, listening), kwargs={"stop": stop}, daemon=True)
        thread.start()
        yield door
        stop.set()
        thread.join(timeout=PATIENCE)
        assert not thread.is_alive(), "it ends when it is told to, though nobody calls"


def caller(door: Path) -> socket.socket:
    one = socket.socket(socket.AF_UNIX)
    one.settimeout(PATIENCE)
    one.connect(str(door))
    return one


def asked(door: Path, text: str) -> str:
    with caller(door) as one:
        one.sendall(text.encode())
        one.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: one.recv(4096), b"")).decode()


def head(own: Signer, *, size: int = 1, root: bytes = b"\x07" * 32) -> str:
    return request(old=own.seen().size, path=[], checkpoint=str(Head(NAME, size, root)))


def test_whoever_calls_is_told_the_key_the_size_and_given_signatures(served: Path, own: Signer) -> None:
    assert asked(served, "key") == f"ok\n{own.key()}"
    assert asked(served, "size") == "ok\n0"
    asked_for = head(own)
    word, line = asked(served, f"checkpoint\n{asked_for}").split("\n", 1)
    text = str(Head(NAME, 1, b"\x07" * 32))
    assert (word, asked(served, "size")) == ("ok", "ok\n1")
    assert note.signs(own.key(), note.read_signature(line.strip()), text, keys.check)
    word, line = asked(served, f"text\n{NAME}/note\nsaid\n").split("\n", 1)
    assert word == "ok"
    assert note.signs(own.key(), note.read_signature(line.strip()), f"{NAME}/note\nsaid\n", keys.check)


@pytest.mark.parametrize("text", ["", "sign\nwhatever", "keys"])
def test_what_asks_for_nothing_it_gives_is_refused(served: Path, text: str) -> None:
    word, why = asked(served, text).split("\n", 1)
    assert (word, json.loads(why)["code"]) == ("refused", "witness.malformed")


def test_the_door_is_for_the_signers_user_and_group_and_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "new"
    with signer.opened(path):
        assert path.stat().st_mode & 0o777 == 0o660
    assert not path.exists()
    with signer.opened(path):
        path.unlink()  # an administrator tidied up: no reason to end with a fault


def test_a_caller_who_says_nothing_keeps_nobody_waiting(
    served: Path, own: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signer, "PATIENCE", 0.05)
    with caller(served):
        assert asked(served, "key") == f"ok\n{own.key()}"


@pytest.mark.parametrize(("beyond", "word"), [(0, "ok"), (1, "refused")])
def test_a_request_has_a_longest_length(served: Path, *, beyond: int, word: str) -> None:
    start = f"text\n{NAME}/note\n"
    assert asked(served, start + "x" * (signer.MOST + beyond - len(start))).partition("\n")[0] == word


def test_a_signature_is_handed_to_whoever_asked_within_the_process_too(own: Signer) -> None:
    line = own.checkpoint(head(own))
    assert note.signs(own.key(), line, str(Head(NAME, 1, b"\x07" * 32)), keys.check)


@pytest.fixture
def beyond(door: Path, settings: Any, tmp_path: Path) -> Path:
    """A site that has its signer behind the door, and nothing of its own yet."""
    (tmp_path / "home").mkdir()
    settings.PINGYI = settings.PINGYI.model_copy(update={"home": tmp_path / "home", "signer": door})
    return tmp_path / "home"


def told(monkeypatch: pytest.MonkeyPatch, **answers: str) -> None:
    """Let whoever is behind the door answer this."""
    monkeypatch.setattr(keys, "_ask", lambda asked, _="": answers[asked])


def code(asked: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        asked()
    return refused.value.code


def test_another_records_signer_behind_the_door_is_not_taken_for_ours(
    beyond: Path, own: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, key=str(Signer(name="other.example", folder=own.folder).key()))
    assert code(keys.verifier) == "signer.other_name"
    assert list(beyond.iterdir()) == []


def test_a_signature_is_taken_only_if_key_and_text_are_the_ones_asked_for(
    beyond: Path, own: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, stranger = f"{NAME}/note\nsaid\n", Signer(name=NAME, folder=tmp_path / "stranger")
    told(monkeypatch, key=str(own.key()), text=str(own.text(text)))
    assert keys.sign(text) == own.text(text)
    for line in (own.text(f"{NAME}/note\nanother\n"), stranger.text(text)):
        told(monkeypatch, text=str(line))
        assert code(lambda: keys.sign(text)) == "signer.other_key"


def test_a_record_that_is_shorter_than_what_was_signed_is_not_offered(
    beyond: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, size="5")
    text = str(Head(NAME, 2, b"\x07" * 32))
    assert code(lambda: keys.sign_checkpoint(text, path=lambda _: [])) == "witness.rolled_back"


def test_a_door_where_nobody_answers_or_somebody_else_does_is_silent(
    beyond: Path, door: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert code(keys.verifier) == "signer.silent"  # a file lies there, but nobody listens
    monkeypatch.setattr(keys, "PATIENCE", 0.05)
    with signer.opened(door):
        assert code(keys.verifier) == "signer.silent"
    monkeypatch.setattr(keys, "PATIENCE", PATIENCE)
    monkeypatch.setattr(signer, "answer", lambda *_: "good morning\n")
    stop = threading.Event()
    with signer.opened(door) as listening:
        threading.Thread(target=signer.serve, args=(None, listening), kwargs={"stop": stop}, daemon=True).start()
        assert code(keys.verifier) == "signer.silent"
        stop.set()


def test_a_signature_that_does_not_fit_is_said_not_to() -> None:
    key = keys.Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    assert keys.check(public, key.sign(b"said"), b"said") is True
    assert keys.check(public, key.sign(b"said"), b"else") is False
