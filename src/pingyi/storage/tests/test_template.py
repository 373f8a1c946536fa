"""The copy that tests begin with is what the migrations make."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from pingyi.storage.tests import template

Shape = dict[str, object]


def shape(file: Path) -> Shape:
    """Every object of a database by name, and how many rows each table has."""
    with closing(sqlite3.connect(file)) as database:
        made: Shape = dict(database.execute("SELECT type || ' ' || name, sql FROM sqlite_schema").fetchall())
        for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            made[f"rows of {table}"] = database.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608
    return made


def test_the_copy_is_what_the_migrations_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = shape(template.lay_out(tmp_path / "copied") / "pingyi.sqlite3")
    monkeypatch.setattr(template, "KEPT", tmp_path / "made")
    assert shape(template.template()) == kept
    assert len(kept) > 300


def test_another_source_is_another_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = template.template()
    monkeypatch.setattr(template, "SOURCE", tmp_path)
    assert template._digest() != here.stem


def test_each_process_of_a_run_has_a_home_of_its_own_that_is_nobody_elses() -> None:
    assert settings.PINGYI.home == Path(os.environ["PINGYI_HOME"])
    assert template.ROOT not in settings.PINGYI.home.parents
    assert Path(tempfile.gettempdir()) in settings.PINGYI.home.parents
