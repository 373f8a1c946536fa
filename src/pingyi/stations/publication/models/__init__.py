"""The rows of the room."""

from __future__ import annotations

from pingyi.stations.publication.models.filing import Filing
from pingyi.stations.publication.models.published import NAMED, PublicationKind, Published, PublishedFile

__all__ = ["NAMED", "Filing", "PublicationKind", "Published", "PublishedFile"]
