"""`manage witness`: run by a witness on its own machine, by network or with a file that was carried there."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pingyi import clock, words
from pingyi.record.witnesses import Witness
from pingyi.rules.note import read_key
from pingyi.rules.refused import Refused

PATIENCE = 30


class Command(BaseCommand):
    """Check that the record continues what this witness signed before; then sign its newest checkpoint."""

    help = "Check and cosign the record's newest checkpoint · 核对并见证最新检查点"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where the record is, its key, and who the witness is."""
        parser.add_argument("source", help="the record's address (https://…/record) or a request file, - for input")
        parser.add_argument("--vkey", required=True, help="the record's key, as text · 存证公钥")
        parser.add_argument("--name", required=True, help="the witness's name, such as witness.example/district-office")
        parser.add_argument(
            "--days",
            action="store_true",
            help="sign although days run backwards, after asking why · 已查明日期倒退原因",
        )
        parser.add_argument("--folder", type=Path, required=True, help="where the witness keeps its key and memory")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command; a refusal ends it with code 1 and nothing signed."""
        witness = Witness(name=options["name"], folder=options["folder"])
        try:
            log = read_key(options["vkey"])
            request = _fetch(options["source"], witness.seen(log.name).size)
            entries = partial(_entries, options["source"]) if _is_address(options["source"]) else None
            line = str(
                witness.cosign(
                    request, log=log, seconds=int(clock.now().timestamp()), entries=entries, lets_pass=options["days"]
                )
            )
            _return(options["source"], line)
        except Refused as refused:
            raise CommandError(words.refusal(refused)) from refused
        except (ValueError, URLError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(str(witness.key()))
        self.stdout.write(line, ending="")


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _fetch(source: str, old: int) -> str:
    if _is_address(source):
        with urlopen(f"{source.rstrip('/')}/consistency/{old}", timeout=PATIENCE) as answer:  # noqa: S310
            return str(answer.read().decode("utf-8"))
    return sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")


def _entries(source: str, first: int) -> list[bytes]:
    with urlopen(f"{source.rstrip('/')}/entries/{first}", timeout=PATIENCE) as answer:  # noqa: S310
        return [line for line in answer.read().split(b"\n") if line]


def _return(source: str, line: str) -> None:
    if _is_address(source):
        address = f"{source.rstrip('/')}/cosignatures"
        with urlopen(Request(address, data=line.encode(), method="POST"), timeout=PATIENCE):  # noqa: S310
            return
