"""Queue the reminders that are due by now; run it once a day, or as often as one likes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pingyi import clock
from pingyi.stations.plans.actions.remind import remind


class Command(BaseCommand):
    """`manage remind`."""

    help = "Queue the reminders that are due by now; each reaches a person once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind, and say how many notices were written."""
        self.stdout.write(f"{remind(at=clock.now())}")
