"""See the whole of the cases: words to search by, hot matters, proposals learnt from closed cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pingyi import clock
from pingyi.stations.cases import indexing, learning


class Command(BaseCommand):
    """`manage see`: the worker runs it every hour."""

    help = "Fill in search words, find hot matters, and once a day learn the proposals anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--rebuild` writes all search words anew; `--learn` learns now."""
        parser.add_argument("--rebuild", action="store_true", help="Write the words of all cases anew.")
        parser.add_argument("--learn", action="store_true", help="Learn the proposals now, however recent they are.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due, and say what was done."""
        at = clock.now()
        filled = indexing.rebuild() if options["rebuild"] else indexing.fill_all()
        self.stdout.write(f"words {filled}")
        self.stdout.write(f"hot {learning.surface(at=at)}")
        if options["learn"] or learning.is_due(at=at):
            self.stdout.write(f"learnt {learning.learn_all(at=at)}")
