"""Blind signatures against the published vectors, and what must not verify."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from pingyi.rules import blind
from pingyi.rules.blind import PublicKey
from pingyi.rules.refused import Refused

PREFIX, SALT, FACTOR = bytes(range(32)), bytes(range(48)), 0x1234567


@pytest.fixture(scope="module")
def vector(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "data/vectors/rfc9474_blind_rsa.json").read_text(encoding="utf-8"))["vectors"][0]


@pytest.fixture(scope="module")
def issuer() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_of(issuer: rsa.RSAPrivateKey) -> PublicKey:
    numbers = issuer.public_key().public_numbers()
    return PublicKey(modulus=numbers.n, exponent=numbers.e)


def sign(issuer: rsa.RSAPrivateKey, blinded: bytes) -> bytes:
    numbers = issuer.private_numbers()
    signed = pow(int.from_bytes(blinded, "big"), numbers.d, numbers.public_numbers.n)
    return signed.to_bytes(key_of(issuer).octets, "big")


def test_the_vector_of_the_standard_is_followed_step_by_step(vector: dict[str, Any]) -> None:
    key = PublicKey(modulus=int(vector["n"], 16), exponent=int(vector["e"], 16))
    inverse = int(vector["inv"], 16)
    prepared = blind.prepare(bytes.fromhex(vector["msg"]), prefix=bytes.fromhex(vector["msg_prefix"]))
    assert prepared.hex() == vector["prepared_msg"]
    factor = pow(inverse, -1, key.modulus)
    hidden = blind.blind(key, prepared, salt=bytes.fromhex(vector["salt"]), factor=factor)
    assert hidden.message.hex() == vector["blinded_msg"]
    assert hidden.inverse == inverse
    signature = blind.finalize(key, prepared, signed=bytes.fromhex(vector["blind_sig"]), inverse=inverse)
    assert signature.hex() == vector["sig"]
    assert not blind.is_valid(key, prepared, signature=bytes.fromhex(vector["blind_sig"]))


def test_a_token_is_an_ordinary_signature_that_the_issuer_never_saw(issuer: rsa.RSAPrivateKey) -> None:
    key = key_of(issuer)
    prepared = blind.prepare("一人一票".encode(), prefix=PREFIX)
    hidden = blind.blind(key, prepared, salt=SALT, factor=FACTOR)
    signature = blind.finalize(key, prepared, signed=sign(issuer, hidden.message), inverse=hidden.inverse)
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), salt_length=48)
    issuer.public_key().verify(signature, prepared, pss, hashes.SHA384())
    assert not blind.is_valid(key, blind.prepare(b"another", prefix=PREFIX), signature=signature)


def test_a_signature_without_salt_is_not_taken(issuer: rsa.RSAPrivateKey) -> None:
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), salt_length=0)
    signature = issuer.sign(b"one token", pss, hashes.SHA384())
    assert not blind.is_valid(key_of(issuer), b"one token", signature=signature)


def test_a_forged_answer_is_refused(issuer: rsa.RSAPrivateKey) -> None:
    key = key_of(issuer)
    prepared = blind.prepare(b"one token", prefix=PREFIX)
    hidden = blind.blind(key, prepared, salt=SALT, factor=FACTOR)
    with pytest.raises(Refused, match=r"token\.not_signed"):
        blind.finalize(key, prepared, signed=hidden.message, inverse=hidden.inverse)
    with pytest.raises(Refused, match=r"token\.wrong_length"):
        blind.finalize(key, prepared, signed=b"short", inverse=hidden.inverse)
    with pytest.raises(Refused, match=r"token\.factor_unfit"):
        blind.blind(key, prepared, salt=SALT, factor=0)
