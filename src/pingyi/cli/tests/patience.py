"""How tests wait for other processes, on a busy machine too, and on which port a server of theirs may listen."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable

# Below the range that systems lend to outgoing connections (from 32768 on): a port that was free a moment ago is not
# taken by a browser's or a client's own connection before the server listens on it.
PORTS = range(20_000, 32_000)
# The end of a wait whose event never comes, in seconds. No test is about how long something takes, so it is far beyond
# what a machine with twenty others at work needs.
PATIENCE = 400.0


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    for port in random.sample(PORTS, 200):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) and _can_be_bound(port):
                return port
    raise AssertionError("no port is free")


def _can_be_bound(port: int) -> bool:
    with socket.socket() as attempt:
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(happened: Callable[[], bool], *, told: str, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Return once it has happened; fail with what is told when nobody is left who could bring it about."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert goes_on(), f"{told}: the process that was to do it has ended"
        assert time.monotonic() < end, told
        time.sleep(0.05)
