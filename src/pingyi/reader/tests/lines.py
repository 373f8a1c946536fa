"""Connections to a reader by hand: a request that stops half-way, children looked at from outside."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

from pingyi.reader import client, wire
from pingyi.reader.answers import Kept
from pingyi.reader.process import Reader


def connected(reader: Reader) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(60)
    line.connect(reader.address)
    return line


def half_asked(reader: Reader, do: str = "handed_in", **more: object) -> socket.socket:
    """Ask about a file of which nothing follows: its child waits, as one does that never comes to an end."""
    line = connected(reader)
    head = wire.packed({"do": do, "facts": {}, **more}, b"x")[:-1]
    line.sendall(head)
    return line


def answer(line: socket.socket) -> list[str]:
    """Return the kinds of all frames until the other side hangs up."""
    kinds = []
    try:
        while True:
            kinds.append(str(wire.frame(lambda n: _exactly(line, n))[0]["kind"]))
    except (wire.BrokenError, ConnectionError):
        return kinds


def children(reader: Reader) -> list[int]:
    """Return the children of a reader's process."""
    path = Path(f"/proc/{reader.pid}/task/{reader.pid}/children")
    return [int(one) for one in path.read_text(encoding="ascii").split()]


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to be")


def drawn(content: bytes) -> str:
    """Ask as everybody does, and return what comes of it."""
    found, _ = client.ask("handed_in", content, Kept, name="a.png")
    return found.ending


def _exactly(line: socket.socket, n: int) -> bytes:
    pieces = b""
    while len(pieces) < n:
        piece = line.recv(n - len(pieces))
        if not piece:
            raise wire.BrokenError("hung up")
        pieces += piece
    return pieces
