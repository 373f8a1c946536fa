"""What the library seals by a passphrase is opened whatever it thinks of this machine, and nothing altered is."""

from __future__ import annotations

import base64
import hashlib
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pyrage import passphrase

from pingyi.backup import phrase
from pingyi.backup.tests.small import PHRASE, unsealed

CONTENT = os.urandom(3 * phrase.PIECE + 7)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return passphrase.encrypt(CONTENT, PHRASE)


@pytest.mark.parametrize("size", [0, 1, phrase.PIECE, phrase.PIECE + 1])
def test_every_size_is_opened(size: int) -> None:
    assert phrase.unseal(passphrase.encrypt(CONTENT[:size], PHRASE), PHRASE) == CONTENT[:size]


def test_it_opens_what_the_library_opens(sealed: bytes) -> None:
    assert phrase.unseal(sealed, PHRASE) == CONTENT == unsealed(sealed)


def test_another_passphrase_is_told_as_one(sealed: bytes) -> None:
    with pytest.raises(phrase.WrongPassphraseError):
        phrase.unseal(sealed, PHRASE + " ")


@pytest.mark.parametrize("at", [30, 60, 90, 130, 175, 190, 70_000, -1])
def test_one_altered_octet_opens_nothing(sealed: bytes, at: int) -> None:
    altered = bytearray(sealed)
    altered[at] ^= 1
    with pytest.raises(ValueError, match=r"header|content|passphrase"):
        phrase.unseal(bytes(altered), PHRASE)


@pytest.mark.parametrize("cut", [-1, -23, -(7 + phrase.TAG), 70_000, 200, 100])
def test_a_file_that_was_cut_off_opens_nothing(sealed: bytes, cut: int) -> None:
    with pytest.raises(ValueError, match=r"header|content"):
        phrase.unseal(sealed[:cut], PHRASE)


def test_more_work_than_any_program_asks_for_is_not_done(sealed: bytes) -> None:
    work = phrase.HEAD.match(sealed)
    assert work is not None
    hostile = sealed[: work.start(2)] + b"60" + sealed[work.end(2) :]
    with pytest.raises(ValueError, match="header"):
        phrase.unseal(hostile, PHRASE)


def test_the_work_is_what_the_file_says_and_not_what_this_machine_is_thought_to_bear() -> None:
    for work in (10, 15):
        assert phrase.unseal(made(work), PHRASE) == b"key"


def made(work: int) -> bytes:
    key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapping = hashlib.scrypt(PHRASE.encode(), salt=phrase.LABEL + salt, n=2**work, r=8, p=1, maxmem=2**30, dklen=32)
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), key, None)
    head = b"age-encryption.org/v1\n-> scrypt %b %d\n%b\n---" % (text(salt), work, text(wrapped))
    mac = phrase.hmac.new(phrase._derived(key, b"", b"header"), head, "sha256").digest()
    body = ChaCha20Poly1305(phrase._derived(key, nonce, b"payload")).encrypt(bytes(11) + b"\1", b"key", None)
    return head + b" " + text(mac) + b"\n" + nonce + body


def text(octets: bytes) -> bytes:
    return base64.b64encode(octets).rstrip(b"=")
