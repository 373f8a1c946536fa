"""`python -I -m pingyi.reader DOOR PARENT`: serve on the listening socket DOOR as long as PARENT lives."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys

from pingyi.reader import seal, warming
from pingyi.reader.zygote import Zygote

NO_SEAL = (
    "本机不支持封闭读取外来文件的子进程，只有时间和内存限制（{refusal}）。\n"
    "This machine closes no child of the reader in; files from outside are read with limits alone ({refusal})."
)


def main(words: list[str]) -> None:
    """Make everything ready, then serve."""
    door, parent = (int(word) for word in words)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this process ends it
    os.umask(0o077)
    warming.warm()
    refusal = seal.refusal()
    if refusal:
        sys.stderr.write(f"{NO_SEAL.format(refusal=refusal)}\n")
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=door) as listener:
        Zygote(listener, beside=parent, refusal=refusal).run()


if __name__ == "__main__":
    main(sys.argv[1:])
