"""What was frozen is as large as the year: a request reads it once, and the next one reads anew."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.bureau.tests.cast import Cast
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/results/verdict/", "/results/verdict/confirm/", "/results/sections/brigade/why/"])
def test_one_request_reads_the_frozen_rows_once(cast: Cast, page: str) -> None:
    stage.previewed(cast)
    client = cast.client("li")
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        read = [one["sql"] for one in asked if '"results_snapshot"."evidence"' in one["sql"]]
        assert len(read) == 1
