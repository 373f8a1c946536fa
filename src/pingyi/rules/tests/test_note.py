"""Notes, checkpoints and cosignatures are read as C2SP says, and a changed letter is noticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pingyi.rules import note


def check(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.fixture
def vectors(shared: Path) -> Any:
    return json.loads((shared / "data/vectors/signed_note.json").read_text())


@pytest.fixture
def checkpoints(shared: Path) -> Any:
    return json.loads((shared / "data/vectors/checkpoint_cosignature.json").read_text())


def test_published_keys_are_read_and_written_again(vectors: Any) -> None:
    assert [str(note.read_key(text)) for text in vectors["vkeys_good"]] == vectors["vkeys_good"]
    for text in [*vectors["vkeys_bad"], "x", "a+b", "a b+00000000+AQ=="]:
        with pytest.raises(ValueError, match=r"verifier key|base64"):
            note.read_key(text)


def test_published_notes_are_judged_as_published(vectors: Any) -> None:
    for case in vectors["notes"]:
        read, keys = note.read_note(case["note"]), [note.read_key(text) for text in case["vkeys"]]
        assert str(read) == case["note"]
        if case["ok"]:
            assert [key.name for key in note.verified(read, keys, check)] == case["verified"]
        else:
            with pytest.raises(ValueError, match="does not fit"):
                note.verified(read, keys, check)


def test_published_checkpoints_and_cosignatures_verify(checkpoints: Any) -> None:
    keys = [note.read_key(one["vkey"]) for one in [checkpoints["log"], *checkpoints["witnesses"]]]
    for case in checkpoints["checkpoints"]:
        read = note.read_note(case["note"])
        head = note.read_head(read.text)
        assert (str(head), head.size, read.text) == (case["body"], case["size"], case["body"])
        assert note.verified(read, keys, check) == keys
        assert [int.from_bytes(line.octets[:8], "big") for line in read.signatures[1:]] == case["times"]


def test_a_bad_line_of_a_known_witness_spoils_the_note_though_the_log_signed(checkpoints: Any) -> None:
    keys = [note.read_key(one["vkey"]) for one in [checkpoints["log"], *checkpoints["witnesses"]]]
    read = note.read_note(checkpoints["checkpoints"][0]["note"])
    line = read.signatures[1]
    later = note.Signature(line.name, line.key_id, bytes(8) + line.octets[8:])
    spoiled = note.Note(read.text, (read.signatures[0], later))
    with pytest.raises(ValueError, match="district-office"):
        note.verified(spoiled, keys, check)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x\n",
        "x\n\n",
        "x\n\n— a AAAAAAA=",
        "x\n\n- a AAAAAAA=\n",
        "x\n\n— a  AAAAAAA=\n",
        "x\r\n\n— a AAAAAAA=\n",
        "x\n\n— a AA==\n",
    ],
)
def test_what_is_not_a_note_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"signed note|signature line|base64"):
        note.read_note(text)


ROOT = "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c="


@pytest.mark.parametrize("size", ["01", "-1", "", "1 ", "１", "+1"])
def test_a_misspelled_size_is_refused(size: str) -> None:
    with pytest.raises(ValueError, match="misspelled"):
        note.read_head(f"pingyi.example\n{size}\n{ROOT}\n")


@pytest.mark.parametrize("text", ["", "a\n1\n", f"a\n1\n{ROOT}", f"\n1\n{ROOT}\n", "a\n1\nAA==\n"])
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"checkpoint|misspelled"):
        note.read_head(text)


def test_a_receipt_reads_back() -> None:
    text = note.receipt(index=7, path=[bytes(32), b"\x01" * 32], checkpoint="a\n1\n\n— a AAAAAAA=\n")
    assert note.read_receipt(text) == (7, [bytes(32), b"\x01" * 32], "a\n1\n\n— a AAAAAAA=\n")
    for broken in (text.replace("v1", "v2"), text.replace("index 7", "index x"), "c2sp.org/tlog-proof@v1"):
        with pytest.raises(ValueError, match="receipt"):
            note.read_receipt(broken)
