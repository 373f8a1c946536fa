"""Files in the age format: sealed to recipients, or by a passphrase; opened again piece by piece.

The library seals a passphrase's file only as a whole in memory. So a passphrase opens a small file, `key.age`, with a
key made for this one backup, and that key opens the large one beside it, `data.age`; both stand in one tar, and any
program that knows age opens them by hand.
"""

from __future__ import annotations

import contextlib
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage import ssh, x25519

from pingyi.backup import phrase
from pingyi.backup.faults import BackupError

LEAST = 10  # characters of a passphrase
AGE = b"age-encryption.org/v1\n"
SCRYPT = b"-> scrypt "
KEY, SEALED = "key.age", "data.age"
BLOCK = tarfile.BLOCKSIZE
SMALL = 64 * 1024


class Seal(Protocol):
    """How a backup is closed."""

    def write(self, pieces: Iterable[bytes], target: BinaryIO) -> None:
        """Write the pieces sealed; the target can seek."""

    def write_small(self, content: bytes) -> bytes:
        """Return a small content sealed as one plain age file."""


class ToRecipients:
    """Sealed to one or more public keys: whoever makes the backup cannot open it."""

    def __init__(self, recipients: Sequence[str]) -> None:
        """Read the recipients; one that is none is refused before anything is done."""
        self._recipients = [_recipient(one) for one in recipients]

    def write(self, pieces: Iterable[bytes], target: BinaryIO) -> None:
        """Write one age file."""
        _encrypt(pieces, target, self._recipients)

    def write_small(self, content: bytes) -> bytes:
        """Return one age file."""
        return bytes(pyrage.encrypt(content, self._recipients))


class ByPassphrase:
    """Sealed by a passphrase."""

    def __init__(self, passphrase: str) -> None:
        """Keep the passphrase; one that could be guessed is refused."""
        if len(passphrase) < LEAST:
            raise BackupError("passphrase_short", least=LEAST)
        self._passphrase = passphrase

    def write(self, pieces: Iterable[bytes], target: BinaryIO) -> None:
        """Write the tar of the small and the large file."""
        once = x25519.Identity.generate()
        key = self.write_small(f"{once}\n".encode())
        target.write(_header(KEY, len(key)) + key + _padding(len(key)))
        head = target.tell()
        target.write(_header(SEALED, 0))
        _encrypt(pieces, target, [once.to_public()])
        size = target.tell() - head - BLOCK
        target.write(_padding(size) + bytes(2 * BLOCK))
        target.seek(head)
        target.write(_header(SEALED, size))

    def write_small(self, content: bytes) -> bytes:
        """Return one age file that asks for the passphrase."""
        return bytes(by_passphrase.encrypt(content, self._passphrase))


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What a backup is opened with."""

    passphrase: str = ""
    identities: tuple[object, ...] = ()

    def open_small(self, path: Path) -> bytes:
        """Return what a plain age file holds."""
        return _decrypted(path.read_bytes(), self, path)


def read_identities(text: str, *, named: str) -> tuple[object, ...]:
    """Return the identities of a file: age's own lines, or one OpenSSH key."""
    try:
        if "OPENSSH PRIVATE KEY" in text:
            return (ssh.Identity.from_buffer(text.encode()),)
        lines = [line.strip() for line in text.splitlines()]
        found = tuple(x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#"))
    except pyrage.IdentityError:
        found = ()
    if not found:
        raise BackupError("identity_unreadable", file=named)
    return found


def new_identity() -> tuple[str, str]:
    """Return a new identity and its recipient, as text."""
    made = x25519.Identity.generate()
    return str(made), str(made.to_public())


def asks_for_passphrase(path: Path) -> bool:
    """Whether a passphrase opens this file; anything but a backup is refused."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
    if head.startswith(AGE):
        return head[len(AGE) :].startswith(SCRYPT)
    if not head.startswith(KEY.encode() + b"\0"):
        raise BackupError("not_a_backup", file=path)
    return True


@contextlib.contextmanager
def opened(path: Path, keys: Keys) -> Iterator[BinaryIO]:
    """Read what a backup holds; one that is cut off or altered is refused at the latest when this ends."""
    with path.open("rb") as file:
        source, identities = _unlocked(file, path, keys)
        drain, inlet = os.pipe()
        work = _Decrypting(source, inlet, identities)
        work.start()
        fault: Exception | None = None
        try:
            with os.fdopen(drain, "rb") as reader:
                yield reader
                while reader.read(SMALL):
                    pass
        except (tarfile.TarError, OSError, ValueError, KeyError) as wrong:
            fault = wrong
        finally:
            work.join()
        work.judge(path)
        if fault is not None:
            raise BackupError("altered", file=path, what=_said(fault)) from fault


class _Decrypting(threading.Thread):
    """Decrypts into a pipe, so that nobody waits for the whole and nothing of it lies on a disk."""

    def __init__(self, source: BinaryIO, inlet: int, identities: Sequence[object]) -> None:
        super().__init__(daemon=True)
        self._source, self._identities = source, identities
        self._target = _Target(os.fdopen(inlet, "wb"))
        self._fault: Exception | None = None

    def run(self) -> None:
        try:
            pyrage.decrypt_io(self._source, self._target, self._identities)
        except (pyrage.DecryptError, OSError, tarfile.TarError) as fault:
            self._fault = fault
        finally:
            with contextlib.suppress(OSError):
                self._target.close()

    def judge(self, path: Path) -> None:
        """Refuse what did not decrypt; a reader that went away first has its own reason."""
        if self._fault is None or self._target.fault is not None:
            return
        if "No matching keys" in str(self._fault):
            raise BackupError("identity_wrong", file=path) from self._fault
        raise BackupError("altered", file=path, what=_said(self._fault)) from self._fault


def _unlocked(file: BinaryIO, path: Path, keys: Keys) -> tuple[BinaryIO, Sequence[object]]:
    """Return the large sealed stream and what opens it."""
    if not asks_for_passphrase(path):
        if not keys.identities:
            raise BackupError("identity_needed", file=path)
        return file, keys.identities
    try:
        outer = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 - it ends with the file
        small, large = outer.extractfile(KEY), outer.extractfile(SEALED)
    except (tarfile.TarError, KeyError, OSError) as fault:
        raise BackupError("altered", file=path, what=_said(fault)) from fault
    assert small is not None and large is not None  # noqa: PT018, S101 - extractfile gives None for folders alone
    once = _decrypted(small.read(SMALL), keys, path).decode("ascii", "replace")
    return large, read_identities(once, named=str(path))  # type: ignore[return-value]


def _decrypted(sealed: bytes, keys: Keys, path: Path) -> bytes:
    try:
        if sealed[len(AGE) :].startswith(SCRYPT):
            return phrase.unseal(sealed, keys.passphrase)
        if not keys.identities:
            raise BackupError("identity_needed", file=path)
        return bytes(pyrage.decrypt(sealed, keys.identities))
    except phrase.WrongPassphraseError as fault:
        raise BackupError("passphrase_wrong", file=path) from fault
    except (pyrage.DecryptError, OSError, ValueError) as fault:
        if "No matching keys" in str(fault):
            raise BackupError("identity_wrong", file=path) from fault
        raise BackupError("altered", file=path, what=_said(fault)) from fault


def _encrypt(pieces: Iterable[bytes], target: BinaryIO, recipients: Sequence[object]) -> None:
    source, into = _Source(iter(pieces)), _Target(target)
    try:
        pyrage.encrypt_io(source, into, recipients)
    except (pyrage.EncryptError, OSError) as fault:
        raise source.fault or into.fault or fault from fault  # the library keeps only the words of ours


class _Source:
    """Hands pieces out as a file does."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")
        self.fault: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except Exception as fault:
            self.fault = fault
            raise
        upto = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:upto], self._rest[upto:]
        return bytes(given)


class _Target:
    """Takes what a file takes, and remembers why it could not."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.fault: Exception | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self._file.write(piece)
        except OSError as fault:
            self.fault = fault
            raise

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self._file.close()


def _recipient(text: str) -> object:
    try:
        kind = ssh.Recipient if text.startswith("ssh-") else x25519.Recipient
        return kind.from_str(text.strip())
    except pyrage.RecipientError as fault:
        raise BackupError("recipient", what=text) from fault


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def _said(fault: Exception) -> str:
    return " ".join(str(fault).split()) or type(fault).__name__
