"""What tests of the bureau share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages


@pytest.fixture
def own_shelf(settings: Any, tmp_path: Path) -> Path:
    """A shelf of this test's own for the files that people hand in."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    storages["default"]
    return tmp_path
