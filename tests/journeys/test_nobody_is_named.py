"""The section that a matter is about reads all it may, and nowhere who raised it, nor a report against it (§5.4)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pypdfium2
import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.stations.cases.actions import custody, intake, receipts, tables
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import codes
from tests.journeys.ground import CALLER, TODAY, furnish, person
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db
HIDDEN = Contact(name="欧阳不愿", phone="13911112222", address="松林巷77号", is_withheld=True)
REPORT = ("赵某收受礼金", "在停车场收了一个信封")
ROW = "13733334444"  # a telephone in a row that was set aside
LIST = f"工单编号,诉求标题,诉求内容,受理时间,联系电话\n1,噪声,夜间施工,前天,{ROW}\n"
SECRETS = (*REPORT, *(word for who in (CALLER, HIDDEN) for word in (who.name, who.phone, who.address)), ROW)
FOR_ALL = ("/figures/", "/open311/v2/requests.json", "/open311/v2/requests.xml", "/api/v1/cases")


class Reader(Walk):
    """A walk that notes where a secret was read, in pages, papers and tables alike."""

    def look(self, url: str, answer: HttpResponse) -> None:
        said = words(answer)
        READ.update((secret, url) for secret in SECRETS if secret in said)


READ: set[tuple[str, str]] = set()


def words(answer: HttpResponse) -> str:
    """What a person reads in an answer: of a PDF and of office files their text."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content.startswith(b"%PDF"):
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(content)))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return content.decode("utf-8", "replace")


@pytest.fixture
def case(cast: Cast) -> Iterator[Case]:
    """A case held by the section's clerk, beside all that is not for the clerk's eyes."""
    cache.clear()
    READ.clear()
    with time_machine.travel(TODAY, tick=False):
        furnish(cast)
        zhou = cast.actor("zhou")
        told = {"channel": "counter", "text": "柳溪路工地连续三晚施工", "contact": HIDDEN, "at": TODAY}
        number = receipts.print_roll(count=4, place="办事窗口", by=zhou, at=TODAY).leaves[0][0]
        own = intake.receive(kind="complaint", title="夜间施工", receipt=number, by=zhou, **told)  # type: ignore[arg-type]
        custody.assign(own.reference, to="brigade", by=zhou, at=TODAY)
        told |= {"text": REPORT[1], "contact": CALLER}
        intake.receive(kind="misconduct", title=REPORT[0], by=cast.actor("zhao"), **told)  # type: ignore[arg-type]
        tables.keep("表.csv", content=LIST.encode(), channel_id="hotline_12345", by=zhou, at=TODAY)
        yield custody.accept(own.reference, by=cast.actor("zhao"), at=TODAY)


def test_nothing_that_the_section_opens_names_who_raised_a_matter(case: Case) -> None:
    walked = Reader(person("zhao")).go()
    assert len(walked.linked) > 30, "the walk came about"
    for reader in (walked, Reader(person("wang"))):
        for url in _more(case):
            reader.look(url, reader.client.get(url))
    for url in (*FOR_ALL, *_by_code(case)):
        Reader(Client()).look(url, Client().get(url))
    assert not READ, "\n".join(f"{url} tells {secret}" for secret, url in sorted(READ))


def test_only_the_act_of_opening_tells_and_never_of_who_wished_otherwise(case: Case) -> None:
    client, asked = person("zhao"), {"purpose": "contact", "reason": "预约现场查看"}
    plain = Case.objects.get(title="河水发黑")
    assert CALLER.phone in words(client.post(f"/cases/{plain.reference}/identify/", asked))
    assert HIDDEN.phone not in words(client.post(f"/cases/{case.reference}/identify/", asked))
    for url in (plain.get_absolute_url(), f"/cases/{plain.reference}/identify/", "/cases/", "/desk/"):
        Reader(client).look(url, client.get(url))
    assert not READ, "what was opened once is read on no page again"


def _more(case: Case) -> list[str]:
    """Pages that are typed rather than linked: searches, other people's cases, papers, exports."""
    names = ("", "why/", "held/", "alike/", "identify/", "erase/", "write/", "bind/", "one-time-notice/1.pdf")
    found = [f"/cases/{one.reference}/{name}" for one in Case.objects.all() for name in names]
    found += [f"/cases/search/?q={word}" for word in ("施工", "收受", "信封", "柳溪")]
    table = "/cases/tables/"
    return [*found, table, "/cases/receipts/", "/cases/call-backs/", "/cases/bulletin/", "/cases/keys/", "/cases/hot/"]


def _by_code(case: Case) -> list[str]:
    """What the clerk opens by the reading code, which the clerk knows."""
    at = f"/follow/{re.sub('[^0-9A-Z]', '', codes.reading_code(case))}/"
    return [at, *(f"{at}{name}/" for name in ("why", "receipt", "rate", "papers", "write", "erase"))]
