"""`pingyi sign`: the record's signer in a process and under a user of its own."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated, Any

import typer


def sign(
    folder: Annotated[Path, typer.Argument(help="Where the signer keeps its key and memory · 签名密钥文件夹")],
    name: Annotated[str, typer.Option(help="The record's name, as PINGYI_ORIGIN says · 存证名称")],
    door: Annotated[Path, typer.Option(help="The socket to listen on, as PINGYI_SIGNER says · 套接字")],
) -> None:
    """Sign the record's checkpoints apart from the site · 独立签署检查点."""
    from pingyi.record.signer import Signer, opened, serve

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    signer, stop = Signer(name=name, folder=folder), threading.Event()

    def end(*_: Any) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    with opened(door) as listening:
        typer.echo(f"{signer.key()}")
        serve(signer, listening, stop=stop)
