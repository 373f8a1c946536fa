"""A program that promises until the power goes: says each promise once it is made, and is asked afterwards.

`promises.py prepare` makes a bureau; `promises.py make THREADS [SETTING]` hands in with a file and has checkpoints
signed, one line a promise; `promises.py check` reads such lines, and prints those that were not kept. A setting is
what must not be: another `synchronous` of SQLite, or `careless`, which syncs no file.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import sys
import threading
from collections.abc import Iterable, Iterator


def prepare() -> None:
    """Make the database and a bureau."""
    from pingyi.cli.site import prepare as migrate

    migrate()
    from pingyi.bureau.tests.cast import assemble
    from pingyi.record import sequence

    assemble()
    from pingyi import clock

    sequence.sequence(at=clock.now())


def make(threads: str, setting: str = "") -> None:
    """Promise in as many threads, and sign checkpoints beside them, until somebody ends it."""
    from pingyi.cli.site import set_up_django

    set_up_django()
    from django.db.backends.signals import connection_created

    def loosen(connection: object, **_: object) -> None:
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"PRAGMA synchronous={setting}")

    if setting == "careless":
        os.fsync = lambda _opened: None
    elif setting:
        connection_created.connect(loosen, weak=False)
    go_on(int(threads))


def go_on(threads: int) -> None:
    """Promise in as many threads, and sign checkpoints beside them, without an end."""
    said = threading.Lock()

    def say(*words: object) -> None:
        with said:
            print(*words, flush=True)  # noqa: T201 - this is how it promises

    for number in range(threads):
        threading.Thread(target=_hand_in, args=(number, say), daemon=True).start()
    _sign(say)


def _hand_in(number: int, say: object) -> None:
    from pingyi import clock
    from pingyi.bureau import shelf
    from pingyi.documents.handed_in import HandedIn
    from pingyi.stations.cases.actions import inbox

    for turn in itertools.count():
        content = f"{number}-{turn}".encode()
        kept = shelf.put(HandedIn(name="a.txt", mime="text/plain", content=content)) if turn % 4 == 0 else None
        row = inbox.submit(
            kind="complaint", channel="web", title=content.decode(), files=[kept] if kept else [], at=clock.now()
        )
        say("handed-in", row.follow_code, kept.sha256 if kept else "-")  # type: ignore[operator]


def _sign(say: object) -> None:
    from pingyi import clock
    from pingyi.record import sequence
    from pingyi.stations.cases.actions import inbox

    while True:
        inbox.drain(at=clock.now(), most=20)
        checkpoint = sequence.sequence(at=clock.now())
        if checkpoint is not None:
            say("checkpoint", checkpoint.size, checkpoint.root)  # type: ignore[operator]


def check() -> None:
    """Print every promise that was not kept, and the record's faults."""
    from pingyi.cli.site import set_up_django

    set_up_django()
    for fault in (*lost(sys.stdin), *faults()):
        print(fault)  # noqa: T201


def lost(lines: Iterable[str]) -> Iterator[str]:
    """Yield the promises among these lines that were not kept."""
    from pingyi.record.models import Checkpoint
    from pingyi.stations.cases.models import Submission

    codes = set(Submission.objects.values_list("follow_code", flat=True))
    heads = {(str(size), root) for size, root in Checkpoint.objects.values_list("size", "root")}
    for line in lines:
        kind, first, second = line.split()
        kept = (first, second) in heads if kind == "checkpoint" else first in codes and _lies(second)
        if not kept:
            yield f"lost {line.strip()}"


def faults() -> Iterator[str]:
    """Yield what is wrong with the database and the record."""
    from django.db import connection

    from pingyi.record import audit

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = [row[0] for row in cursor.fetchall()]
        if found != ["ok"]:
            yield f"damaged {found[:3]}"
    for fault in audit.examine().faults:
        yield f"fault {fault}"


def _lies(sha256: str) -> bool:
    """Whether a file can be taken from the shelf, with the key under which it lies there."""
    from pingyi.bureau import shelf
    from pingyi.rules.refused import Refused

    try:
        return sha256 == "-" or hashlib.sha256(shelf.take(sha256)).hexdigest() == sha256
    except Refused:
        return False


if __name__ == "__main__":
    {"prepare": prepare, "make": make, "check": check}[sys.argv[1]](*sys.argv[2:])
