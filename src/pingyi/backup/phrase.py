"""Opens what a passphrase sealed in the age format, however slow or busy the machine is on the day of need.

The library measures how quick this machine is at the moment and refuses what was sealed on one that was sixteen times
quicker. A restore must not depend on that, so the format's passphrase form is read here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HEAD = re.compile(rb"age-encryption\.org/v1\n-> scrypt ([\w+/]{22}) (\d{1,2})\n([\w+/]{43})\n---(?= ([\w+/]{43})\n)")
LABEL = b"age-encryption.org/v1/scrypt"
MOST_WORK = 22  # 4 GB; what other programs take at most
PIECE, TAG, NONCE = 64 * 1024, 16, 16


class WrongPassphraseError(ValueError):
    """The passphrase is another one."""


def unseal(sealed: bytes, passphrase: str) -> bytes:
    """Return what was sealed; WrongPassphraseError, or ValueError for a file that is cut off or was altered."""
    head = HEAD.match(sealed)
    if head is None or int(head[2]) > MOST_WORK:
        raise ValueError("header")
    salt, work = _octets(head[1]), int(head[2])
    memory = 128 * 8 * 2**work + 2**20
    wrapping = hashlib.scrypt(
        passphrase.encode(), salt=LABEL + salt, n=2**work, r=8, p=1, maxmem=memory + memory // 8, dklen=32
    )
    try:
        key = ChaCha20Poly1305(wrapping).decrypt(bytes(12), _octets(head[3]), None)
    except InvalidTag as wrong:
        raise WrongPassphraseError("passphrase") from wrong
    said = hmac.new(_derived(key, b"", b"header"), head[0], "sha256").digest()
    if not hmac.compare_digest(said, _octets(head[4])):
        raise ValueError("header")
    body = sealed[head.end(4) + 1 :]
    return _pieces(body[NONCE:], _derived(key, body[:NONCE], b"payload"))


def _pieces(body: bytes, key: bytes) -> bytes:
    """Open piece after piece; the last one says that it is the last, so that nothing can be cut off."""
    cipher, found = ChaCha20Poly1305(key), []
    starts = range(0, max(len(body), 1), PIECE + TAG)
    for number, start in enumerate(starts):
        is_last = number == len(starts) - 1
        nonce = number.to_bytes(11, "big") + bytes([is_last])
        try:
            found.append(cipher.decrypt(nonce, body[start : start + PIECE + TAG], None))
        except (InvalidTag, ValueError) as wrong:
            raise ValueError("content") from wrong
    return b"".join(found)


def _derived(key: bytes, salt: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=use).derive(key)


def _octets(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))
