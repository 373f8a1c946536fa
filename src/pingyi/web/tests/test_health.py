"""The line that a proxy asks for: 200 while database and worker live, else 503 in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from pingyi import clock
from pingyi.bureau import leases
from pingyi.bureau.models import JobRun
from pingyi.jobs import HOUR

pytestmark = pytest.mark.django_db


def test_it_tells_of_a_worker_that_is_not_there(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "后台" in answer.content.decode()


def test_it_answers_without_session_or_write(client: Client) -> None:
    JobRun.objects.create(name="cases.inbox", holder=leases.holder(), due=clock.now() + HOUR)
    statements: list[str] = []

    def follow(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(follow):
        answer = client.get("/healthz")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.decode().strip() == "网站正常。"
    assert not answer.cookies
    assert len(statements) == 1
    assert statements[0].startswith("SELECT")


def test_it_tells_of_a_database_that_is_away(client: Client) -> None:
    def away(*_: Any) -> Any:
        raise OperationalError("x")

    with connection.execute_wrapper(away):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "数据库" in answer.content.decode()
