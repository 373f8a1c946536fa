"""`manage checkpoint`: place waiting entries, sign, print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pingyi import clock, words
from pingyi.record import queries, sequence, witnesses
from pingyi.rules.refused import Refused


class Command(BaseCommand):
    """Give every waiting entry its place, sign a checkpoint over it, and print it with its witnesses' lines."""

    help = "Place waiting entries and print the signed checkpoint · 排定条目并打印检查点"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file of a witness's lines."""
        parser.add_argument("--cosignature", type=Path, help="a file with a witness's lines to keep · 见证签名文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        checkpoint = sequence.sequence(at=clock.now(), everything=True)
        try:
            if options["cosignature"]:
                witnesses.accept(options["cosignature"].read_text(encoding="utf-8"))
            if checkpoint is None:
                raise Refused("record.empty")
        except Refused as refused:
            raise CommandError(words.refusal(refused)) from refused
        self.stdout.write(queries.text_of(checkpoint), ending="")
