"""The room's job: reminders of tasks and meetings (§5.1)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pingyi.jobs import HOUR, MINUTE, Turn, job
from pingyi.stations.plans.actions.remind import remind


@job("plans.remind", title=_("Reminders of tasks and meetings"), every=HOUR, most=10 * MINUTE)
def send_reminders(turn: Turn) -> None:
    """Queue every reminder that is due."""
    remind(at=turn.at())
