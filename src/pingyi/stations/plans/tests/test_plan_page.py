"""The page of the plan before the first one is in force: it takes the document, or leads to the version on its way."""

from __future__ import annotations

import pytest
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans.tests.test_version_actions import drafted
from pingyi.stations.plans.tests.test_version_views import text

pytestmark = pytest.mark.django_db


def test_before_a_plan_is_adopted_everybody_reads_that_there_is_none_and_the_office_what_to_do(cast: Cast) -> None:
    assert Client().get("/plan/").status_code == 200
    assert "/plan/bring/" not in text(Client().get("/plan/"))
    assert 'action="/plan/bring/"' in text(cast.client("zhou").get("/plan/")), "the form itself, not a way to it"
    assert 'action="/plan/bring/"' not in text(cast.client("wang").get("/plan/"))
    assert Client().get("/plan/print.docx").status_code == 404


def test_while_a_first_version_is_on_its_way_the_plans_page_leads_to_it(cast: Cast) -> None:
    row = drafted(cast)
    page = text(cast.client("zhou").get("/plan/"))
    assert f'href="{row.get_absolute_url()}"' in page
    assert 'action="/plan/bring/"' not in page
    assert row.get_absolute_url() not in text(cast.client("wang").get("/plan/"))
    cast.client("zhou").post(f"{row.get_absolute_url()}withdraw/")
    assert 'action="/plan/bring/"' in text(cast.client("zhou").get("/plan/"))
