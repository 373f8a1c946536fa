"""`manage replay`: rows, entries, tree and checkpoints against each other."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pingyi.record import audit


class Command(BaseCommand):
    """Name every row, entry or checkpoint that was changed past the record."""

    help = "Compare every row with the record · 逐行核对存证"

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command; faults end it with code 1."""
        report = audit.examine()
        if report.faults:
            raise CommandError(report.told())
        self.stdout.write(report.told())
