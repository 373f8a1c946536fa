"""The first run asks for the site's address and the record's name; links and codes begin with the one (§5.4)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client, RequestFactory

from pingyi import clock, ready, site
from pingyi.bureau import queries, setup_code
from pingyi.bureau.actions import member
from pingyi.bureau.tests.cast import Cast
from pingyi.record.log import log_name
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db

BUREAU = {
    "name": "清源区环境保护局", "office_name": "监察室", "year": 2026, "officer": "周明", "username": "zhou",
    "password": "pingyi-demo-2026", "again": "pingyi-demo-2026", "second": "孙伟", "second_role": "bureau_leader",
}  # fmt: skip
ADDRESS, HERE = "https://pingyi.example.gov", {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1"}


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site's home, of which the environment says nothing but where it lies."""
    for name in ("PINGYI_HOSTS", "PINGYI_ORIGIN", "PINGYI_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    settings.PINGYI = settings.PINGYI.model_copy(update={"home": tmp_path, "address": "", "origin": "pingyi.example"})
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
    return tmp_path


def begin(**more: object) -> Any:
    return Client(**HERE).post("/first-run/", {**BUREAU, **more})  # type: ignore[arg-type]


def names() -> set[str]:
    """The name that each entry bears."""
    return {json.loads(body)["log"] for body in Entry.objects.values_list("body", flat=True)}


def test_what_the_first_run_chose_counts_at_once_and_stands_in_the_home(home: Path) -> None:
    (home / "settings.env").write_text("PINGYI_MAIL_HOST='mail.example'\n", encoding="utf-8")
    assert begin(address=f"{ADDRESS}/", record_name="").status_code == 302
    assert (site.address(), site.name(), log_name()) == (ADDRESS, "pingyi.example.gov", "pingyi.example.gov")
    assert names() == {"pingyi.example.gov"}
    assert Entry.objects.filter(verb="software.deployed").count() == 1
    lines = (home / "settings.env").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "PINGYI_MAIL_HOST='mail.example'",
        f"PINGYI_ADDRESS='{ADDRESS}'",
        "PINGYI_ORIGIN='pingyi.example.gov'",
    ]
    assert (home / "settings.env").stat().st_mode & 0o077 == 0
    assert Client(HTTP_HOST="pingyi.example.gov").get("/").status_code == 200
    assert Client(HTTP_HOST="other.example").get("/").status_code == 400


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "address"),
        ({"address": "http://127.0.0.1:8000"}, "address"),
        ({"address": ADDRESS, "record_name": "pingyi.example"}, "record_name"),
    ],
)
def test_a_wrong_choice_is_told_at_its_field_and_nothing_is_made(home: Path, more: dict[str, str], field: str) -> None:
    answer = begin(**more)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert queries.bureau() is None
    assert not (home / "settings.env").exists()


def test_where_the_bureau_cannot_be_made_the_home_is_as_before(home: Path) -> None:
    before = "PINGYI_MAIL_HOST='mail.example'\n"
    (home / "settings.env").write_text(before, encoding="utf-8")
    assert begin(address=ADDRESS, second="周明").status_code == 422
    assert (home / "settings.env").read_text(encoding="utf-8") == before
    assert site.address() == ""
    (home / "settings.env").unlink()
    assert begin(address=ADDRESS, second="周明").status_code == 422
    assert not (home / "settings.env").exists()


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "永远不能更改"), ("en", "can never be changed")])
def test_the_page_says_that_the_name_stays(home: Path, language: str, said: str) -> None:
    browser = Client(**HERE)  # type: ignore[arg-type]
    browser.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    page = browser.get("/first-run/").content.decode()
    assert 'name="address"' in page
    assert 'name="record_name"' in page
    assert said in page


def test_what_the_environment_says_is_not_asked(home: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINGYI_ORIGIN", "given.example")
    monkeypatch.setenv("PINGYI_ADDRESS", ADDRESS)
    settings.PINGYI = settings.PINGYI.model_copy(update={"origin": "given.example", "address": ADDRESS})
    page = Client(**HERE).get("/first-run/").content.decode()  # type: ignore[arg-type]
    assert 'name="address"' not in page
    assert 'name="record_name"' not in page
    (home / "settings.env").write_text("PINGYI_ORIGIN='file.example'\n", encoding="utf-8")
    assert site.name() == "given.example", "the environment counts above the home"


def test_a_record_that_has_begun_keeps_its_name(cast: Cast, home: Path) -> None:
    with site.chosen(address=ADDRESS):
        assert site.name() == "pingyi.example"
    assert cast.zhou.name == "周明"
    assert names() == {"pingyi.example"}


def test_links_begin_with_the_address_and_never_with_ones_own_machine(home: Path) -> None:
    here = RequestFactory().get("/", **HERE)
    with pytest.raises(Refused, match=r"site\.no_address"):
        site.link(here, "/tell/")
    with pytest.raises(Refused, match=r"site\.no_address"):
        site.link(RequestFactory().get("/", HTTP_HOST="[::1]:8000"), "/tell/")
    with site.chosen(address=ADDRESS):
        assert site.link(here, "/tell/") == f"{ADDRESS}/tell/"


def test_nothing_is_printed_that_leads_to_ones_own_machine(cast: Cast, home: Path) -> None:
    new = member.appoint(name="郑洁", role="section_staff", section="office", by=cast.actor("zhou"), at=clock.now())
    officer, issued = cast.client("zhou"), Entry.objects.filter(verb="invitation.issue")
    before, roll = issued.count(), {"count": 100, "place": "办事大厅"}
    for url in (f"/bureau/members/{new.reference}/invite/", "/bureau/invitations/sheet/"):
        said = officer.post(url, **HERE, follow=True)  # type: ignore[arg-type]
        assert "别人打不开 127.0.0.1" in said.content.decode(), url
    assert "别人打不开 127.0.0.1" in officer.post("/cases/receipts/print/", roll, **HERE).content.decode()  # type: ignore[arg-type]
    assert issued.count() == before
    assert not Entry.objects.filter(verb="receipt.print").exists()
    with site.chosen(address=ADDRESS):
        paper = officer.post("/cases/receipts/print/", roll, **HERE)  # type: ignore[arg-type]
    assert paper.headers["Content-Type"] == "application/pdf"


def test_a_host_that_the_keeper_named_is_proposed_as_the_name(home: Path, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "pingyi.example.gov"]
    page = Client(**HERE).get("/first-run/").content.decode()  # type: ignore[arg-type]
    assert 'name="address"' not in page
    assert 'value="pingyi.example.gov"' in page
    assert begin(record_name="pingyi.example.gov").status_code == 302
    assert names() == {"pingyi.example.gov"}


def messages_of(client: Client) -> str:
    return client.get("/bureau/invitations/").content.decode()


@pytest.mark.parametrize("address", ["https://pingyi.local", "http://office.local:8080", "https://x.localhost"])
def test_a_name_of_this_network_alone_is_no_address(home: Path, address: str) -> None:
    assert begin(address=address, record_name="pingyi.example.gov").status_code == 422
    assert not (home / "settings.env").exists()


def test_a_first_run_over_https_switches_it_on(home: Path) -> None:
    client = Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="testserver", HTTP_X_FORWARDED_PROTO="https")
    told = {**BUREAU, "address": ADDRESS, "record_name": "", "code": setup_code.code()}
    assert client.post("/first-run/", told).status_code == 302
    assert "PINGYI_HTTPS='true'" in (home / "settings.env").read_text(encoding="utf-8").splitlines()
    assert "加密访问已经设好，重新启动后生效。" in messages_of(client)


def test_a_first_run_at_the_machine_says_what_is_left_to_do_for_https(home: Path) -> None:
    client = Client(**HERE)  # type: ignore[arg-type]
    assert client.post("/first-run/", {**BUREAU, "address": ADDRESS, "record_name": ""}).status_code == 302
    assert "PINGYI_HTTPS" not in (home / "settings.env").read_text(encoding="utf-8")
    assert "架好加密代理后，请由运维人员设PINGYI_HTTPS" in messages_of(client)
    assert "house.https" in warned()
    django_settings.PINGYI.https = True
    assert "house.https" not in warned()


def test_a_first_run_at_an_http_address_says_nothing_of_https(home: Path) -> None:
    client = Client(**HERE)  # type: ignore[arg-type]
    assert client.post("/first-run/", {**BUREAU, "address": "http://pingyi.example.gov"}).status_code == 302
    assert "PINGYI_HTTPS" not in messages_of(client)
    assert "house.https" not in warned()


def test_an_address_of_this_network_alone_that_was_set_is_warned_of(cast: Cast, settings: Any) -> None:
    settings.PINGYI = settings.PINGYI.model_copy(update={"address": "https://pingyi.local"})
    assert "house.address" in warned()
    settings.PINGYI = settings.PINGYI.model_copy(update={"address": ADDRESS})
    assert "house.address" not in warned()


def test_the_record_goes_out_under_no_name_that_nobody_chose(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match=r"site\.no_name"):
        site.require_name()
    with site.chosen(name="pingyi.example.gov"):
        site.require_name()


def warned() -> set[str]:
    occasion = ready.occasions(at=clock.now())[0]
    return {line.check.id for line in ready.lines(occasion)}
