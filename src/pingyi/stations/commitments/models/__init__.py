"""The room's rows: commitments and what was measured of them, openness items and their proofs, boards and editions."""

from __future__ import annotations

from pingyi.stations.commitments.models.board import BoardEdition as BoardEdition
from pingyi.stations.commitments.models.board import NoticeBoard as NoticeBoard
from pingyi.stations.commitments.models.commitment import Commitment as Commitment
from pingyi.stations.commitments.models.commitment import Measurement as Measurement
from pingyi.stations.commitments.models.openness import OpennessItem as OpennessItem
from pingyi.stations.commitments.models.openness import OpennessProof as OpennessProof
