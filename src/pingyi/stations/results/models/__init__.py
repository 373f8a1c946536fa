"""The room's rows: evidence that was brought in, verdicts with their sheets, objections, ordered consequences."""

from __future__ import annotations

from pingyi.stations.results.models.assessment import Assessment as Assessment
from pingyi.stations.results.models.evidence import EvidenceBatch as EvidenceBatch
from pingyi.stations.results.models.evidence import EvidenceCount as EvidenceCount
from pingyi.stations.results.models.evidence import EvidencePage as EvidencePage
from pingyi.stations.results.models.evidence import EvidenceUpload as EvidenceUpload
from pingyi.stations.results.models.evidence import SourceChoice as SourceChoice
from pingyi.stations.results.models.order import ConsequenceOrder as ConsequenceOrder
from pingyi.stations.results.models.recount import Recount as Recount
from pingyi.stations.results.models.verdict import Objection as Objection
from pingyi.stations.results.models.verdict import ScoreSheet as ScoreSheet
from pingyi.stations.results.models.verdict import Snapshot as Snapshot
from pingyi.stations.results.models.verdict import Verdict as Verdict
