"""Files that come with a form: how many, and what is said of the one too many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from pingyi.bureau.forms import files
from pingyi.bureau.forms.files import WithFiles


@pytest.mark.django_db
def test_one_file_too_many_is_told_and_stays_on_the_shelf(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    monkeypatch.setattr(files, "MOST", 2)
    form = WithFiles({}, holder="zhou")
    form.lay_down([file(1), file(2)])
    with pytest.raises(ValidationError) as refused:
        form.lay_down([file(3)])
    assert "2" in refused.value.messages[0]
    assert len(form.tickets) == 3


def file(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{number}.txt", f"附件{number}".encode())
