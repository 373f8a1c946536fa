"""Tables for the made-up rows, and the permissions that these tests act by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

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


@pytest.fixture(scope="session", autouse=True)
def _tables(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        present = connection.introspection.table_names()
        with connection.schema_editor() as editor:
            for model in matters.KINDS:
                if model._meta.db_table not in present:
                    editor.create_model(model)


@pytest.fixture(autouse=True)
def _verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {verb: permissions.Permission(reach=reach) for verb, reach in VERBS.items()}
    monkeypatch.setattr(permissions, "PERMISSIONS", {**permissions.PERMISSIONS, **rows})
