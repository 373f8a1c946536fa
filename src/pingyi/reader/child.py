"""One file's whole life: read it, do what was asked, answer, end. Nothing of it is left for the next."""

from __future__ import annotations

import gc
import os
import resource
from collections.abc import Callable, Iterator

from pingyi.reader import seal, wire
from pingyi.reader.limits import Limit
from pingyi.reader.refusals import NotReadError
from pingyi.reader.work import WORK

DOOR = 3
PIECE = 1 << 20


def live(door: int, head: wire.Head, *, most: Limit, is_sealed: bool) -> None:
    """Be the child of one file; this never returns."""
    status = 1
    try:
        _shut_others(door)
        seal.end_with_parent()
        seal.limit(most)
        if is_sealed:
            seal.close_in()
        gc.disable()
        _write(wire.packed({"kind": "begun"}))
        for one, body in answers(head, _read(head["n"])):
            _write(wire.packed(one, body))
        status = 0
    finally:
        os._exit(status)


def answers(head: wire.Head, content: bytes) -> Iterator[tuple[wire.Head, bytes]]:
    """Yield what is answered; a file that cannot be read is an answer too, the last one."""
    facts = head.get("facts") or {}
    do: Callable[..., Iterator[tuple[wire.Head, bytes]]] = WORK[head["do"]]
    try:
        yield from do(content, **facts)
    except NotReadError as refused:
        yield {"kind": "no", "no": refused.code, "facts": refused.facts}, b""
    except MemoryError:
        yield {"kind": "no", "no": "file.too_much", "facts": {}}, b""
    except Exception as fault:  # noqa: BLE001 - a decoder may raise anything on a file that was made to confuse it
        yield {"kind": "no", "no": "file.damaged", "facts": {}, "fault": type(fault).__name__}, b""
    else:
        yield {"kind": "end"}, b""


def _shut_others(door: int) -> None:
    """Keep one thing open: the way back to whoever asked."""
    os.set_blocking(door, True)
    nothing = os.open(os.devnull, os.O_RDWR)
    for one in range(DOOR):
        os.dup2(nothing, one)
    if door != DOOR:
        os.dup2(door, DOOR)
    os.closerange(DOOR + 1, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 65_536))


def _read(n: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < n:
        piece = os.read(DOOR, min(PIECE, n - len(pieces)))
        if not piece:
            raise wire.BrokenError("hung up")
        pieces += piece
    return bytes(pieces)


def _write(words: bytes) -> None:
    left = memoryview(words)
    while left:
        left = left[os.write(DOOR, left) :]
