"""Gives committed entries their place in the tree, in batches, and signs a checkpoint."""

from __future__ import annotations

from datetime import datetime


def nudge(*, at: datetime) -> None:
    """Say that there are new entries."""
