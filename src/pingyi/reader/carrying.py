"""How a printed plan carries itself: the names under which a DOCX, a web page and a PDF hold its data."""

from __future__ import annotations

NAMESPACE = "urn:pingyi:plan:1"  # of the DOCX's custom part
BLOCK = "application/vnd.pingyi.plan;base64"  # the kind of the page's data block
ATTACHMENT, ATTACHMENT_KIND = "plan.yaml", "application/yaml"
MOST_BYTES = 2_000_000  # of a plan's text
