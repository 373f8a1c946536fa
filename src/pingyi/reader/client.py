"""Ask the reader: bytes of a file go out, typed answers come back, or a reason why not."""

from __future__ import annotations

import functools
import logging
import os
import socket
import time
from collections.abc import Iterator
from typing import TypeVar

from pingyi.reader import answers, door, wire
from pingyi.reader.answers import Answer, Begun, End, No, State
from pingyi.reader.limits import LIMITS, Limit
from pingyi.reader.process import Reader
from pingyi.reader.refusals import BusyError, NotReadError, TooMuchError

PATIENCE = 15.0  # seconds to wait for a place with the reader
logger = logging.getLogger(__name__)
Wanted = TypeVar("Wanted", bound=Answer)


def ask(do: str, content: bytes, *wanted: type[Wanted], **facts: object) -> tuple[Wanted, bytes]:
    """Return the one answer to a question about a file.

    Raises `NotReadError` where the file gives none, `BusyError` where no place was free in time.
    """
    found = list(ask_all(do, content, *wanted, **facts))
    if len(found) != 1:
        raise NotReadError("file.damaged")
    return found[0]


def ask_all(do: str, content: bytes, *wanted: type[Wanted], **facts: object) -> Iterator[tuple[Wanted, bytes]]:
    """Yield the answers to a question about a file; take them quickly, for a place is held meanwhile."""
    most = LIMITS[do]
    if len(content) > most.content:
        raise TooMuchError
    with door.DOOR.seat(), _connected() as line:
        for head, body in _frames(line, do, content, facts, most):
            if isinstance(head, No):
                if head.fault:
                    logger.warning("the reader met %s (%s, %d bytes)", head.fault, do, len(content))
                raise NotReadError(head.no, **head.facts)
            if not isinstance(head, wanted):
                raise NotReadError("file.damaged")
            yield head, body


def state() -> State:
    """Return how the reader is; its `refusal` is for people who look after the machine."""
    with _connected() as line:
        line.settimeout(PATIENCE)
        line.sendall(wire.packed({"do": "state"}))
        head = answers.typed(wire.frame(functools.partial(_exactly, line, time.monotonic() + PATIENCE))[0])
    if not isinstance(head, State):
        raise BusyError
    return head


def own() -> Reader:
    """Return this process's own reader, running; most ask the one that the server keeps instead."""
    reader = _own()
    reader.keep()
    return reader


@functools.cache
def _own() -> Reader:
    return Reader()


def _connected() -> socket.socket:
    if address := os.environ.get(door.ADDRESS):
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(address)
        except OSError:
            line.close()  # the server is gone, and its reader with it
        else:
            return line
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    line.connect(own().address)
    return line


def _frames(
    line: socket.socket, do: str, content: bytes, facts: dict[str, object], most: Limit
) -> Iterator[tuple[Answer, bytes]]:
    """Yield frames until the last; a place must be had within the patience, the rest within the wall."""
    patience = most.wall + PATIENCE if most.is_long else PATIENCE
    until = time.monotonic() + patience
    has_begun = False
    try:
        line.settimeout(patience)
        line.sendall(wire.packed({"do": do, "facts": facts, "asker": door.asker()}, content))
        while True:
            head, body = wire.frame(functools.partial(_exactly, line, until))
            answer = answers.typed(head)
            if isinstance(answer, End):
                return
            if isinstance(answer, Begun):
                has_begun, until = True, time.monotonic() + most.wall + 1
            else:
                yield answer, body
    except TimeoutError as late:
        raise TooMuchError if has_begun else BusyError from late
    except (wire.BrokenError, OSError) as fault:
        raise TooMuchError from fault


def _exactly(line: socket.socket, until: float, n: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < n:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        piece = line.recv(min(1 << 20, n - len(pieces)))
        if not piece:
            raise wire.BrokenError("hung up")
        pieces += piece
    return bytes(pieces)
