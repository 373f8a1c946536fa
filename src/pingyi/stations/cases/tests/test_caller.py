"""Who calls again without a number is found by what they told, and by nothing less (§3.2.2, §5.4)."""

from __future__ import annotations

from typing import Any

import pytest

from pingyi.stations.cases.actions import protection
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.tests.conftest import CALLER, DAY, MONDAY, Play

pytestmark = pytest.mark.django_db
PAGE = "/cases/search/caller/"
NEIGHBOR = Contact(name="陈女士", phone="13900000001", email="chen@example.org")


def found(play: Play, said: str, *, who: str = "zhou") -> str:
    client: Any = play.cast.client(who)
    answer = client.post(PAGE, {"person": said})
    assert answer.status_code == 200
    return str(answer.content.decode().split("<main")[1])


@pytest.mark.parametrize("said", ["13800000001", "138 0000 0001", "+86 138-0000-0001", "林先生", " 林先生 "])
def test_by_the_whole_number_or_name_all_that_a_person_raised_is_found(play: Play, said: str) -> None:
    first, other = play.received(), play.received(title="邻居的事", contact=NEIGHBOR)
    again = play.received(title="又一件", at=MONDAY + DAY)
    page = found(play, said)
    assert page.index(again.reference) < page.index(first.reference), "the newest stands first"
    assert other.reference not in page


def test_four_digits_that_two_share_find_both_and_neither_number_is_shown(play: Play) -> None:
    mine, other = play.received(), play.received(title="邻居的事", contact=NEIGHBOR)
    page = found(play, "0001")
    assert mine.reference in page
    assert other.reference in page
    assert "13800000001" not in page.replace("-", "")
    assert "13900000001" not in page


def test_a_mail_address_finds_who_left_no_telephone(play: Play) -> None:
    case = play.received(contact=Contact(email="lin@example.org"))
    assert case.reference in found(play, "Lin@Example.org")


@pytest.mark.parametrize("said", ["林", "0000", "1380000", "先生", "lin", "' OR 1=1 --", "%"])
def test_less_than_what_was_told_finds_nobody(play: Play, said: str) -> None:
    case = play.received()
    page = found(play, said)
    assert case.reference not in page
    assert "没有查到" in page


def test_who_was_erased_is_not_found(play: Play, django_capture_on_commit_callbacks: Any) -> None:
    case = play.closed()
    assert case.reference in found(play, CALLER.phone)
    with django_capture_on_commit_callbacks(execute=True):  # the key goes once nothing can be taken back
        protection.erase(case.reference, by=play.actor("zhou"), at=MONDAY + 4 * DAY)
    assert case.reference not in found(play, CALLER.phone)


@pytest.mark.parametrize("who", ["wang", "zhao", "sun"])
def test_nobody_but_the_supervision_office_looks_for_persons(play: Play, who: str) -> None:
    play.offered()
    client: Any = play.cast.client(who)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"person": CALLER.phone}).status_code == 403
    assert PAGE not in client.get("/cases/search/").content.decode()


def test_the_page_asks_for_something_and_stands_beside_the_search(play: Play) -> None:
    client: Any = play.cast.client("zhou")
    assert PAGE in client.get("/cases/search/").content.decode()
    assert client.post(PAGE, {"person": " "}).status_code == 422
    assert "no-store" in client.get(PAGE).headers["Cache-Control"]
