"""Every read of the room that pages and the rooms above may use."""

from __future__ import annotations

from pingyi.stations.plans.queries.evidence import evidence as evidence
from pingyi.stations.plans.queries.evidence import tallied as tallied
from pingyi.stations.plans.queries.round import current_round as current_round
from pingyi.stations.plans.queries.round import plan as plan
from pingyi.stations.plans.queries.round import read as read
from pingyi.stations.plans.queries.round import round_of as round_of
from pingyi.stations.plans.queries.task import open_titles as open_titles
