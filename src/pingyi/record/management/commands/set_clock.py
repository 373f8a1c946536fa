"""`manage set_clock`: after the machine's clock ran ahead, the record goes on from the true day, and says so."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from pingyi import clock, words
from pingyi.record import days
from pingyi.record.acts import act
from pingyi.rules.actor import machine
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused


class Command(BaseCommand):
    """Write an entry of today behind entries whose days lie ahead; `verify` tells of it for ever."""

    help = "Go on from today after the clock ran ahead · 时钟曾走快，自今日起续记"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the day that was reached by mistake, so that nobody does this unawares."""
        parser.add_argument("newest", help="the day of the newest entry, such as 2099-01-01 · 最新条目的日期")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command; refused where no day lies ahead."""
        at, newest = clock.now(), days.reached()
        day = day_of(at).isoformat()
        try:
            if newest != options["newest"] or newest <= day:
                raise Refused("time.not_ahead", newest=newest or "-", day=day)
            with act("record.set_clock", by=machine("clock"), at=at) as change:
                change.note(f"clock/{day}", newest=newest)
        except Refused as refused:
            raise CommandError(words.refusal(refused)) from refused
        self.stdout.write(gettext("The record goes on from {day}.").format(day=day))
