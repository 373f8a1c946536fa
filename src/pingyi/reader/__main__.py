"""`python -I -m pingyi.reader DOOR PARENT`: serve on the listening socket DOOR as long as PARENT lives."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys

from pingyi.reader import seal, warming
from pingyi.reader.zygote import Zygote


def main(words: list[str]) -> None:
    """Make everything ready, then serve."""
    door, parent = (int(word) for word in words)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this process ends it
    os.umask(0o077)
    warming.warm()
    refusal = seal.refusal()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=door) as listener:
        Zygote(listener, beside=parent, refusal=refusal).run()


if __name__ == "__main__":
    main(sys.argv[1:])
