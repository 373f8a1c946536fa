"""Whatever people typed is shown as they typed it, and is never read as a part of the page (stored XSS)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Recorded
from pingyi.stations.cases.models import Case
from pingyi.stations.publication.models import Published
from tests.journeys.ground import TODAY, furnish, person
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db
MARK = "\"'><script>alert(7)</script>{{7*7}}"
RAW, SHOWN = "<script>alert(7)", "&lt;script&gt;alert(7)"
IS_TYPED = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Reader:
    """A client that keeps every page it was given."""

    client: Client
    kept: dict[str, str] = field(default_factory=dict)

    def get(self, url: str) -> HttpResponse:
        """Open an address."""
        answer = self.client.get(url)
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith(("text/html", "image/svg")):
            self.kept[url] = answer.content.decode()
        return answer  # type: ignore[return-value]


@pytest.fixture
def readers(cast: Cast) -> Iterator[dict[str, Reader]]:
    cache.clear()
    with time_machine.travel(TODAY, tick=False):
        furnish(cast)
        _type_markup_everywhere()
        yield {"": Reader(Client()), **{who: Reader(person(who)) for who in ("zhou", "zhao", "he")}}


def test_what_was_typed_is_never_read_as_a_part_of_the_page(readers: dict[str, Reader]) -> None:
    for who, reader in readers.items():
        Walk(reader).go()  # type: ignore[arg-type]
        if not who:
            for code in Case.objects.values_list("follow_code", flat=True):
                reader.get(f"/follow/{code}/")
    pages = {f"{who} {url}": page for who, reader in readers.items() for url, page in reader.kept.items()}
    assert not [url for url, page in pages.items() if RAW in page]
    assert sum(SHOWN in page for page in pages.values()) > 50  # the words were there to be read
    assert not [url for url, page in pages.items() if ">49<" in page and "{{7*7}}" not in page]


def _type_markup_everywhere() -> None:
    """Set the mark behind each word that is in some text column, as somebody with the database in hand would."""
    for model in apps.get_models():
        if issubclass(model, Recorded) and not model._meta.abstract:
            _type_into(model)
    with connection.cursor() as cursor:  # a copy that does not fit its digest would not be shown at all
        for number, content in Published.objects.values_list("pk", "content"):
            digest = hashlib.sha256(content.encode()).hexdigest()
            cursor.execute("UPDATE publication_published SET content_sha256 = %s WHERE id = %s", [digest, number])


def _type_into(model: type[Recorded]) -> None:
    names = [
        one.column
        for one in model._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField) and not one.choices
    ]
    quote = connection.ops.quote_name
    for row in model._default_manager.values("pk", *names) if names else ():
        changed = {name: told for name in names if (told := _marked(row[name])) != row[name]}
        if changed:
            places = ", ".join(f"{quote(name)} = %s" for name in changed)
            with connection.cursor() as cursor:
                statement = f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE id = %s"  # noqa: S608
                cursor.execute(statement, [*changed.values(), row["pk"]])


def _marked(value: object) -> object:
    """Return a value with the mark behind each word in it, within JSON as well; a whole plan stays as it is."""
    if isinstance(value, dict):
        return {name: _marked(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_marked(one) for one in value]
    if not isinstance(value, str) or "\n" in value or not IS_TYPED.search(value):
        return value
    if value.startswith(("{", "[")):
        return json.dumps(_marked(json.loads(value)), ensure_ascii=False)
    return value + MARK
