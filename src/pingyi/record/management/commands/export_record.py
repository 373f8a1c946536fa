"""`manage export_record`: the record as files for a mirror, a witness or a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pingyi import words
from pingyi.record import export
from pingyi.rules.refused import Refused


class Command(BaseCommand):
    """Write checkpoint, key, entries and tiles into a folder."""

    help = "Write the record as files · 导出存证文件"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        folder: Path = options["folder"]
        try:
            made = export.files()
        except Refused as refused:
            raise CommandError(words.refusal(refused)) from refused
        for name, octets in made.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(octets)
        self.stdout.write(f"{folder}: {len(made)}")
