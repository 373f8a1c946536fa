"""What the first run chose counts in every process of a running site: whoever answers, and whoever signs (§5.4)."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError

from pingyi.cli.tests.patience import wait_until
from pingyi.storage.tests.template import lay_out
from tests.journeys import standing
from tests.journeys.test_many_sign_in_at_once import BUREAU, browser, post, server

NAME = "record.example.gov"


def told(address: str, path: str) -> str:
    """What a visitor reads; nothing where it is not there yet."""
    try:
        visitor = browser()
        visitor.addheaders = [("Host", "pingyi.example.gov")]
        return str(visitor.open(f"{address}{path}", timeout=60).read().decode())
    except HTTPError as fault:
        return "" if fault.code == 404 else f"{fault.code}"


def test_the_site_that_runs_answers_and_signs_by_what_was_chosen(tmp_path: Path) -> None:
    home = lay_out(tmp_path / "home")
    with server(home) as (address, _):
        assert post(browser(), f"{address}/first-run/", **BUREAU, record_name=NAME).startswith(address)
        wait_until(
            lambda: told(address, "/record/checkpoint").startswith(f"{NAME}\n"), told="a checkpoint by that name"
        )
        assert {told(address, "/record/vkey").partition("+")[0] for _ in range(20)} == {NAME}, "all processes"
    verified = standing.pingyi(home, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    shown = standing.script(home, "from pingyi import site; print(site.name(), site.address())")
    assert shown.split() == [NAME, "https://pingyi.example.gov"]
