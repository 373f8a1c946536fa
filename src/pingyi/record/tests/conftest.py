"""Tables for the made-up rows, and the permissions that these tests act by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pingyi.record import keyring_file
from pingyi.record.acts import act
from pingyi.record.tests import matters
from pingyi.rules import permissions
from pingyi.rules.actor import Actor, Role

AT = datetime(2026, 5, 21, 6, 30, tzinfo=UTC)
ZHOU = Actor(reference="member/zhou", name="周明", role=Role.SUPERVISION_OFFICE, section="office")
WANG = Actor(reference="member/wang", name="王强", role=Role.SECTION_HEAD, section="brigade")
VERBS = {
    "matter.open": {Role.SUPERVISION_OFFICE: permissions.Reach.ANY},
    "matter.answer": {
        Role.SUPERVISION_OFFICE: permissions.Reach.ANY,
        Role.SECTION_HEAD: permissions.Reach.OWN_SECTION,
    },
    "matter.erase": {Role.SUPERVISION_OFFICE: permissions.Reach.ANY},
    "matter.access": {
        Role.SUPERVISION_OFFICE: permissions.Reach.ANY,
        Role.SECTION_HEAD: permissions.Reach.OWN_SECTION,
    },
}


def opened(title: str = "夜间异味", **values: Any) -> matters.Matter:
    """A matter opened by the supervision office."""
    with act("matter.open", by=ZHOU, at=AT) as change:
        return change.save(matters.Matter(title=title, **values))


def answered(row: matters.Matter, **values: Any) -> matters.Matter:
    """The matter, answered by the supervision office."""
    with act("matter.answer", by=ZHOU, at=AT) as change:
        again = change.lock(matters.Matter, pk=row.pk)
        for name, value in values.items():
            setattr(again, name, value)
        return change.save(again)


def sql(statement: str, *values: object) -> None:
    """What an administrator does behind the record's back: the guards are switched off first."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture(scope="session", autouse=True)
def _tables(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        present = connection.introspection.table_names()
        with connection.schema_editor() as editor:
            for model in matters.TABLES:
                if model._meta.db_table not in present:
                    editor.create_model(model)


@pytest.fixture
def emptied(transactional_db: None) -> Iterator[None]:
    """Real commits; the made-up tables are emptied afterwards, which Django does not know of."""
    yield
    for model in reversed(matters.TABLES):
        sql(f"DELETE FROM {model._meta.db_table}")  # noqa: S608


@pytest.fixture
def own_keyring(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A keyring of this test alone, in the home that is returned."""
    settings.PINGYI = settings.PINGYI.model_copy(update={"home": tmp_path})
    yield tmp_path
    keyring_file.leave()


@pytest.fixture
def server() -> None:
    """Skips where the database is not a PostgreSQL server; `./pingyi test` runs the tests on both."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set PINGYI_DATABASE_URL")


@pytest.fixture(autouse=True)
def _verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {verb: permissions.Permission(reach=reach) for verb, reach in VERBS.items()}
    monkeypatch.setattr(permissions, "PERMISSIONS", {**permissions.PERMISSIONS, **rows})
