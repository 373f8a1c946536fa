"""An invitation's link goes to the invited: by a real mail server, or on a sealed sheet; no page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from pingyi.bureau.actions import member
from pingyi.bureau.models import Invitation, Member
from pingyi.bureau.tests import paper
from pingyi.bureau.tests.cast import BEGIN, Cast
from pingyi.bureau.tests.mail_server import MailServer, mail_server
from pingyi.record.models import Entry

pytestmark = [pytest.mark.django_db]
TYPED = {"username": "gao", "password": "a quiet river", "again": "a quiet river"}


@pytest.fixture
def post_office(settings: Any) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def appointed(cast: Cast, name: str, mail: str = "") -> Member:
    return member.appoint(name=name, role="supervisor", mail=mail, by=cast.actor("zhou"), at=BEGIN)


def test_the_link_is_mailed_to_the_person_and_shown_to_nobody(cast: Cast, post_office: MailServer) -> None:
    one = appointed(cast, "高洁", "gao@example.cn")
    officer = cast.client("zhou")
    answer = officer.post(f"/bureau/members/{one.reference}/invite/", follow=True)
    ((recipients, message),) = post_office.taken
    assert recipients == ["gao@example.cn"]
    text = message.get_content()
    (path,) = re.findall(r"http://testserver(/invitation/[\w-]+/)", text)
    assert "高洁" in text
    assert path not in answer.content.decode()
    assert "/invitation/" not in officer.get("/bureau/invitations/").content.decode()
    assert Client().post(path, TYPED).headers["Location"] == "/welcome/"


def test_the_address_stands_in_no_entry_and_on_no_page_of_others(cast: Cast) -> None:
    one = appointed(cast, "高洁", "gao@example.cn")
    assert "gao@example.cn" not in "".join(Entry.objects.values_list("body", flat=True))
    assert "gao@example.cn" not in cast.client("wang").get(f"/bureau/members/{one.reference}/").content.decode()


def test_who_has_no_address_or_whose_mail_is_refused_gets_a_sheet(cast: Cast, post_office: MailServer) -> None:
    appointed(cast, "高洁", "gao@example.cn")
    appointed(cast, "马丽")
    appointed(cast, "何苗", "he@refused.test")
    officer = cast.client("zhou")
    answer = officer.post("/bureau/invitations/sheet/")
    assert [recipients for recipients, _ in post_office.taken] == [["gao@example.cn"]]
    found = paper.links(answer.content)
    assert len(found) == 2
    said = officer.get("/bureau/invitations/").content.decode()
    assert "何苗" in said
    assert all(Client().get(path).status_code == 200 for path in found)


def test_without_a_mail_server_it_is_printed(cast: Cast) -> None:
    one = appointed(cast, "高洁", "gao@example.cn")
    path = paper.link(cast.client("zhou").post(f"/bureau/members/{one.reference}/invite/"))
    assert Client().get(path).status_code == 200
    assert Invitation.objects.get(member=one).token_sha256 not in path


def test_a_mail_server_that_is_away_costs_no_invitation(cast: Cast, settings: Any) -> None:
    with mail_server() as gone:
        port = gone.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    one = appointed(cast, "高洁", "gao@example.cn")
    path = paper.link(cast.client("zhou").post(f"/bureau/members/{one.reference}/invite/"))
    assert Client().post(path, TYPED).headers["Location"] == "/welcome/"
