"""The stranger's program reads the entries in one pass: the tree is the record's, and memory does not grow (§5.4)."""

from __future__ import annotations

import base64
import hashlib
import io
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from pingyi import verify
from pingyi.rules import entry, merkle

ORIGIN = "pingyi.example/2026"


def body(number: int, **changes: Any) -> bytes:
    """Return an entry as the record writes it."""
    said: dict[str, Any] = {
        "log": ORIGIN, "kind": "case.take", "at": "2026-05-01", "subject": f"case/{number}", "member": "AB12",
        "role": "section_staff", "public": {"number": f"2026-{number}", "section": "section/办公室"},
        "commit": {"phone": "A" * 43, "title": "B" * 43}, "version": 1,
    }  # fmt: skip
    return entry.compose(**(said | changes))


def stream(bodies: Iterator[bytes]) -> io.BytesIO:
    return io.BytesIO(b"".join(one + b"\n" for one in bodies))


def log_of(bodies: list[bytes], **options: Any) -> verify.Log:
    return verify.Log(stream(iter(bodies)), **{"chains": True, **options})


SIZES = [*range(1, 600, 7), 255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 5000]


def test_the_root_is_that_of_the_record_at_every_size() -> None:
    bodies = [body(number) for number in range(max(SIZES))]
    leaves = [entry.leaf_hash(one) for one in bodies]
    full = merkle.over(leaves)
    for size in SIZES:
        held = size // 3 + 1
        log = log_of(bodies[:size], held=held)
        assert log.size == size
        assert base64.b64decode(log.root) == merkle.root(size, full)
        assert base64.b64decode(log.held) == merkle.root(held, full)
        assert log.sha256.hexdigest() == hashlib.sha256(b"".join(one + b"\n" for one in bodies[:size])).hexdigest()


def test_no_entry_of_the_record_has_to_be_read_in_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    slow: list[bytes] = []
    read = verify.parsed
    monkeypatch.setattr(verify, "parsed", lambda one: (slow.append(one), read(one))[1])
    log = log_of([
        body(1),
        body(1, version=2, prev=entry.leaf_hash(body(1)).hex(), erased=["phone", "title"], at="2026-05-02T09"),
        body(2, reason="mistake", nonce="x" * 22, version=None, commit={}),
        body(3, kind="result.settle", public={"title": "引号\"与\\反斜杠", "more": {"kind": "x"}}, subject='a/"b'),
    ])  # fmt: skip
    assert slow == []
    assert [one["public"]["title"] for one in log.told] == ['引号"与\\反斜杠']
    assert (log.back, log.unreadable, log.broken) == (" (2: 2026-05-01 < 2026-05-02)", "", [])


def test_an_entry_that_is_written_in_an_unusual_way_hides_nothing() -> None:
    hidden = b'{"at":"2026-05-03","by":{"member":"a","role":"b"},"commit":{"x":{"y":"z"},"kind":"k","log":"l"},'
    hidden += b'"kind":"result.withdraw","log":"pingyi.example/2026","public":{},"subject":"verdict/1"}'
    spaced = b'{ "kind": "publication.bind", "at": "2026-05-02", "log": "another", "public": {} }'
    log = log_of([body(1), spaced, hidden, b"no entry"])
    assert [one["kind"] for one in log.told] == ["publication.bind", "result.withdraw"]
    assert log.origins == {ORIGIN.encode(), b"another"}
    assert log.unreadable == " (3)"


@pytest.mark.parametrize(
    ("second", "is_broken"),
    [
        ({"version": 2, "prev": entry.leaf_hash(body(1)).hex()}, False),
        ({"version": 3, "prev": entry.leaf_hash(body(1)).hex()}, True),
        ({"version": 1, "prev": entry.leaf_hash(body(1)).hex()}, True),
        ({"version": 2, "prev": "0" * 64}, True),
        ({"version": 2}, True),
        ({"version": None}, False),  # a note
    ],
)
def test_each_row_is_a_chain(second: dict[str, Any], is_broken: bool) -> None:  # noqa: FBT001
    found = log_of([body(1), body(2), body(1, **second)])
    assert found.broken == (["case/1"] if is_broken else [])


class Lines:
    """Entries that are made while they are read, and never all there."""

    def __init__(self, many: int) -> None:
        """Make so many."""
        self.bodies, self.most = (body(number) for number in range(many)), 0

    def read(self, size: int) -> bytes:
        """Return some whole lines."""
        self.most = max(self.most, size)
        return b"".join(one + b"\n" for one in islice(self.bodies, size // 500))


def test_memory_does_not_grow_with_the_record() -> None:
    peaks = []
    for many in (6_000, 24_000):
        lines = Lines(many)
        tracemalloc.start()
        log = verify.Log(lines, chains=False)  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (log.size, lines.most) == (many, verify.CHUNK)
    assert peaks[1] < 1.2 * peaks[0]
