"""Whatever stops the site from keeping anything is answered 503 in words, with another way in, and never 500 (§5.4)."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from typing import Any, ClassVar

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from pingyi import outages
from pingyi.bureau import storage_alarm
from pingyi.bureau.tests.cast import BEGIN, Cast
from pingyi.config import urls
from pingyi.outages import Outage, outage_of

pytestmark = pytest.mark.django_db


def sqlite_fault(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code
    return caused_by(cause)


def postgresql_fault(kind: type[psycopg.Error]) -> OperationalError:
    return caused_by(kind("x"))


def caused_by(cause: BaseException) -> OperationalError:
    fault = OperationalError("x")
    fault.__cause__ = cause
    return fault


FAULTS: list[tuple[BaseException, Outage | None]] = [
    (sqlite_fault(sqlite3.SQLITE_FULL), Outage.FULL),
    (sqlite_fault(sqlite3.SQLITE_IOERR_WRITE), Outage.FULL),
    (sqlite_fault(sqlite3.SQLITE_READONLY_DBMOVED), Outage.READ_ONLY),
    (sqlite_fault(sqlite3.SQLITE_CANTOPEN), Outage.AWAY),
    (sqlite_fault(sqlite3.SQLITE_NOMEM), Outage.MEMORY),
    (sqlite_fault(sqlite3.SQLITE_BUSY), Outage.BUSY),
    (sqlite_fault(sqlite3.SQLITE_CONSTRAINT), None),
    (postgresql_fault(psycopg.errors.DiskFull), Outage.FULL),
    (postgresql_fault(psycopg.errors.OutOfMemory), Outage.MEMORY),
    (postgresql_fault(psycopg.errors.ReadOnlySqlTransaction), Outage.READ_ONLY),
    (postgresql_fault(psycopg.errors.TooManyConnections), Outage.BUSY),
    (postgresql_fault(psycopg.errors.AdminShutdown), Outage.AWAY),
    (postgresql_fault(psycopg.errors.IoError), Outage.FULL),
    (postgresql_fault(psycopg.OperationalError), Outage.AWAY),
    (postgresql_fault(psycopg.errors.UniqueViolation), None),
    (OSError(errno.ENOSPC, "x"), Outage.FULL),
    (OSError(errno.EDQUOT, "x"), Outage.FULL),
    (OSError(errno.EFBIG, "x"), Outage.FULL),
    (OSError(errno.EROFS, "x"), Outage.READ_ONLY),
    (FileNotFoundError(errno.ENOENT, "x"), None),
    (MemoryError(), Outage.MEMORY),
    (OperationalError("database or disk is full"), Outage.FULL),
    (DatabaseError("attempt to write a readonly database"), Outage.READ_ONLY),
    (IntegrityError("UNIQUE constraint failed"), None),
    (KeyError("x"), None),
]


@pytest.mark.parametrize(("fault", "outage"), FAULTS, ids=lambda one: repr(getattr(one, "__cause__", None) or one)[:60])
def test_an_outage_is_known_by_its_code_and_nothing_else_is_one(fault: BaseException, outage: Outage | None) -> None:
    assert outage_of(fault) is outage
    followed = RuntimeError("what followed from it")
    followed.__context__ = fault
    assert outage_of(followed) is outage


def raising(request: HttpRequest) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def odd(request: HttpRequest) -> Any:
    raise KeyError("odd")


class Urls:
    urlpatterns: ClassVar = [
        path("full/", raising),
        path("odd/", odd),
        path("api/v1/full", raising),
        path("open311/v2/full.xml", raising),
        *urls.urlpatterns,
    ]
    handler500 = urls.handler500


with_faults = override_settings(ROOT_URLCONF=Urls)


@with_faults
@pytest.mark.parametrize(("language", "word"), [("zh-hans", "来访或来信"), ("en", "come to the bureau")])
def test_a_page_that_cannot_be_kept_says_so_and_gives_back_what_was_typed(cast: Cast, language: str, word: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = language
    typed = {"text": "路灯<不亮>", "password": "verysecret-1", "kept": ["a", "b"]}
    answer = client.post("/full/", typed)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "60", "no-store")
    assert word in page
    assert "路灯&lt;不亮&gt;" in page
    assert page.count('name="kept"') == 2
    assert "verysecret" not in page


@with_faults
def test_what_another_site_sent_is_not_offered_to_be_sent_again() -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answer = client.post("/full/", {"text": "从别处来的内容"})
    assert "从别处来的内容" not in answer.content.decode()


@with_faults
def test_programs_are_answered_in_their_own_forms() -> None:
    client = Client(raise_request_exception=False)
    problem = client.get("/api/v1/full")
    assert (problem.status_code, problem["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(problem.content)["code"] == "busy"
    errors = client.get("/open311/v2/full.xml")
    assert (errors.status_code, errors["Retry-After"]) == (503, "60")
    assert b"<errors>" in errors.content


@with_faults
def test_a_fault_of_the_program_stays_one(cast: Cast) -> None:
    assert Client(raise_request_exception=False).get("/odd/").status_code == 500


@with_faults
def test_without_memory_for_a_page_a_few_words_are_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def out(*_: object, **__: object) -> str:
        raise MemoryError

    monkeypatch.setattr("pingyi.web.unavailable.render_to_string", out)
    answer = Client(raise_request_exception=False).get("/full/")
    assert answer.status_code == 503
    assert "电话" in answer.content.decode()


def test_a_step_that_cannot_be_kept_leaves_its_form_as_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise sqlite_fault(sqlite3.SQLITE_FULL)

    monkeypatch.setattr("pingyi.bureau.actions.organization.change", full)
    told = {"name": "新名称环保局", "short_name": "环保局", "office_name": "监察室", "year": 2026}
    answer = cast.client("zhou").post("/bureau/change/", told)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "新名称环保局" in answer.content.decode()
    assert "磁盘已满" in answer.content.decode()


def test_the_other_ways_are_remembered_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> list[str]:
        raise OperationalError("x")

    monkeypatch.setattr(outages, "_WAYS", [lambda: ["12345"]])
    assert outages.ways() == ["12345"]
    monkeypatch.setattr(outages, "_WAYS", [away])
    assert outages.ways() == ["12345"]
    assert "12345" in outages.sentence(Outage.AWAY, is_member=False)


class Volume:
    f_frsize, f_flag = 1024, 0

    def __init__(self, *, megabytes: int, left: int, flag: int = 0) -> None:
        self.f_blocks, self.f_bavail, self.f_flag = megabytes * 1024, left * 1024, flag


@pytest.mark.parametrize(
    ("volume", "word"),
    [
        (Volume(megabytes=250_000, left=100_000), None),
        (Volume(megabytes=250_000, left=150), "150"),
        (Volume(megabytes=16, left=4), None),
        (Volume(megabytes=250_000, left=0), "磁盘已满"),
        (Volume(megabytes=250_000, left=100_000, flag=os.ST_RDONLY), "只读"),
    ],
)
def test_the_office_hears_of_the_disk(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, volume: Volume, word: str | None
) -> None:
    monkeypatch.setattr(outages, "_lately", {})
    monkeypatch.setattr(storage_alarm.os, "statvfs", lambda _: volume)
    shown = [item.title for item in storage_alarm.desk(cast.actor("zhou"), BEGIN)]
    assert [(word or "") in title for title in shown] == ([] if word is None else [True])
    page = cast.client("zhou").get("/jobs/").content.decode()
    assert all(title in page for title in shown)
    assert not storage_alarm.desk(cast.actor("wang"), BEGIN)


def test_the_office_hears_of_what_was_refused_lately(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outages, "_lately", {})
    outages.note(Outage.BUSY, None)
    assert not storage_alarm.desk(cast.actor("zhou"), BEGIN)
    outages.note(Outage.AWAY, None)
    assert len(storage_alarm.desk(cast.actor("zhou"), BEGIN)) == 1
