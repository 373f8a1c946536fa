"""The page about personal data names every text that the open record does not show, and what of it is encrypted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

from pingyi.record.models import OWN, Recorded
from pingyi.record.personal import PersonalField

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "personal-data.md"
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def texts() -> Iterator[tuple[str, models.Field]]:
    """Every column that can hold words and is not open in the record."""
    for model in apps.get_models():
        if not model.__module__.startswith("pingyi."):
            continue
        is_recorded = issubclass(model, Recorded)
        for field in model._meta.concrete_fields:
            is_personal = isinstance(field, PersonalField)
            is_own = is_recorded and not is_personal and field.name in (*OWN, *model.shown)
            if isinstance(field, TEXTS) and not is_own:
                yield f"{model._meta.model_name}.{field.name}", field


def named(part: str) -> set[str]:
    return set(re.findall(r"`([a-z]+\.[a-z0-9_]+)`", part))


def listed() -> dict[str, set[str]]:
    """The names of columns under each heading of the page's list."""
    page = PAGE.read_text(encoding="utf-8").partition("## Where it lies")[2].partition("## What this does not do")[0]
    parts = page.split("\n### ")[1:]
    return {part.partition("\n")[0]: named(part) for part in parts}


def test_every_text_that_is_not_open_stands_on_the_page_once() -> None:
    there = [name for names in listed().values() for name in names]
    assert sorted(there) == sorted(name for name, _ in texts())


def test_what_is_said_to_be_encrypted_is_and_nothing_else() -> None:
    said = next(names for heading, names in listed().items() if heading.startswith("Encrypted"))
    assert said == {name for name, field in texts() if isinstance(field, PersonalField)}
