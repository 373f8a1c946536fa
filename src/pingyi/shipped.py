"""Where plans and calendars lie that come with the program: beside `src` in a checkout, else in the package."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return a folder that comes with the program; PINGYI_ROOT, where it is set, says below which one it lies."""
    root = os.environ.get("PINGYI_ROOT")
    if root:
        return Path(root) / name
    inside = PACKAGE / "shipped_files" / name  # put there when a wheel is built
    return inside if inside.is_dir() else PACKAGE.parents[1] / name
