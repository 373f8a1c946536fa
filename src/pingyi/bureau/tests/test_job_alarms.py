"""What did not run by itself is said in words, on the desk and on a page; the former task package leaves nothing."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pingyi.bureau import job_alarms
from pingyi.bureau.models import JobRun
from pingyi.bureau.tests.cast import Cast
from pingyi.bureau.tests.test_scheduler import BEGUN
from pingyi.jobs import HOUR, declared

pytestmark = pytest.mark.django_db


def test_the_desk_tells_of_a_worker_that_is_not_there(cast: Cast) -> None:
    JobRun.objects.create(name="plans.remind", due=BEGUN)
    soon, late = BEGUN + 2 * HOUR, BEGUN + 3 * HOUR
    assert not job_alarms.desk(cast.actor("zhou"), soon)
    assert len(job_alarms.desk(cast.actor("zhou"), late)) == 1
    shown = next(one for one in job_alarms.jobs(at=late) if one.name == "plans.remind")
    assert "serve" in shown.fault


@pytest.mark.parametrize("fault", [*job_alarms.FAULTS, "KeyError"])
def test_every_fault_is_said_in_words(fault: str) -> None:
    JobRun.objects.create(name="plans.remind", due=BEGUN, fails=2, fault=fault)
    shown = next(one for one in job_alarms.jobs(at=BEGUN) if one.name == "plans.remind")
    assert shown.is_late
    assert len(shown.fault) > 5


def test_the_page_lists_every_job(cast: Cast) -> None:
    page = cast.client("zhou").get("/jobs/").content.decode()
    assert all(str(job.title) in page for job in declared())


@pytest.mark.django_db(transaction=True)
def test_the_tables_of_the_former_task_package_are_taken_away_where_there_are_any() -> None:
    forget = import_module("pingyi.bureau.migrations.0003_job_runs").forget_tasks
    table = "django_tasks_database_dbtaskresult"
    MigrationRecorder(connection).ensure_schema()
    kind = ContentType.objects.create(app_label="django_tasks_database", model="dbtaskresult")
    Permission.objects.create(content_type=kind, codename="add_dbtaskresult", name="x")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table} (id integer)")
    for _ in range(2):  # a database that never had them stays as it is
        with connection.schema_editor() as editor:
            forget(apps, editor)
        assert table not in connection.introspection.table_names()
        assert not ContentType.objects.filter(app_label="django_tasks_database").exists()
