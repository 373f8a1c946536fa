"""The room's rows: the round, its tasks and proofs, meetings, calendar feeds, plan versions."""

from __future__ import annotations

from pingyi.stations.plans.models.feed import CalendarFeed as CalendarFeed
from pingyi.stations.plans.models.meeting import Meeting as Meeting
from pingyi.stations.plans.models.round import Round as Round
from pingyi.stations.plans.models.task import Proof as Proof
from pingyi.stations.plans.models.task import Task as Task
from pingyi.stations.plans.models.version import PlanVersion as PlanVersion
