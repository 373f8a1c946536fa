"""A frozen copy that was changed past the record is kept from readers, and nothing is shown in its place (§5.4)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.rules.refused import Refused
from pingyi.stations.publication.models import PublicationKind
from pingyi.stations.publication.queries import published as queries
from pingyi.stations.publication.tests.made_public import published
from pingyi.stations.publication.tests.test_publish import VERDICT_PAGES


def test_a_copy_that_was_altered_past_the_record_is_not_shown(cast: Cast, client: Client) -> None:
    published(cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publication_published SET content = REPLACE(content, '2026', '2062')")
        cursor.execute("UPDATE publication_publishedfile SET size = 2, content = %s", [b"PK"])
    for address in VERDICT_PAGES[1:]:
        answered = client.get(address)
        assert answered.status_code == 503, address
        assert ("altered" if address.endswith(".json") else "不予显示") in answered.content.decode()
    assert client.get("/public/").status_code == 200
    with pytest.raises(Refused, match=r"publication\.altered"):
        queries.latest(PublicationKind.VERDICT, year=2026)
