"""The rows of the room."""

from __future__ import annotations

from pingyi.stations.publication.models.filing import Filing
from pingyi.stations.publication.models.published import PublicationKind, Published, PublishedFile

__all__ = ["Filing", "PublicationKind", "Published", "PublishedFile"]
