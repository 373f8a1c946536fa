"""Who gets which answer at the addresses that hold what is not everybody's: a table of address and person (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from pingyi.bureau import shelf
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.stations.cases.actions import intake, tables
from pingyi.stations.cases.models import Attachment, Case
from pingyi.stations.commitments.models import OpennessProof
from pingyi.stations.plans.models import Proof
from pingyi.stations.publication.models import Filing
from pingyi.stations.results.models import Objection
from tests.journeys.ground import CALLER, MORE_PEOPLE, PAPER, TODAY, furnish, person

pytestmark = pytest.mark.django_db
PEOPLE = ("zhou", "li", "wang", "zhao", "chen", "sun", "wu", "he", *MORE_PEOPLE)
OFFICE = {"zhou", "li"}
BRIGADE = {"wang", "zhao"}
OVERSEERS = OFFICE | {"sun", "shen"}
REPORT = "收受礼金"
LIST = "工单编号,诉求标题,诉求内容,受理时间\n1,噪声,夜间施工,2026-11-01\n"
# Address → who reads it. Everybody else is refused, a visitor is led to the sign-in.
READERS = {
    # a report of misconduct is the supervision office's alone, its files as well
    "/cases/{report}/": OFFICE,
    "/cases/{report}/why/": OFFICE,
    "/cases/{report}/held/": OFFICE,
    "/cases/{report}/alike/": OFFICE,
    "/cases/{report}/answer/": OFFICE,
    "/cases/{report}/merge/": OFFICE,
    "/cases/{report}/breach/": OFFICE,
    "/cases/{report}/identify/": OFFICE,
    "/cases/{report}/write/": OFFICE,
    "/cases/{report}/erase/": OFFICE,
    "/cases/files/{report_file}/": OFFICE,
    # a case is its section's and theirs who oversee
    "/cases/{held}/": OVERSEERS | BRIGADE,
    "/cases/{held}/answer/": OFFICE | BRIGADE,
    "/cases/{held}/one-time-notice/1.pdf": OVERSEERS | BRIGADE,
    "/cases/{held}/identify/": OFFICE | BRIGADE | {"sun"},
    "/cases/{held}/erase/": OFFICE,
    "/cases/files/{held_file}/": OVERSEERS | BRIGADE,
    "/cases/{office}/": OVERSEERS,
    # hotlines' tables and keys, lists of call-backs, what oversees the bureau
    "/cases/tables/": OFFICE,
    "/cases/tables/{table}/columns/": OFFICE,
    "/cases/tables/{table}/set-aside.xlsx": OFFICE,
    "/cases/tables/{table}/reconcile.xlsx": OFFICE,
    "/cases/keys/": OFFICE,
    "/cases/receipts/": OFFICE,
    "/cases/receipts/print/": OFFICE,
    "/cases/{held}/bind/": OFFICE,
    "/cases/{report}/bind/": OFFICE,
    "/cases/call-backs/": OFFICE | {"sun", "wen"},
    "/cases/call-backs/announce/": OFFICE,
    "/cases/escalation/": OVERSEERS,
    "/cases/bulletin/": OVERSEERS,
    "/cases/hot/": OVERSEERS,
    # another section's sheet, summary or objection is not there before the verdict is public
    "/results/sections/brigade/": OVERSEERS | BRIGADE,
    "/results/sections/pollution/": OVERSEERS | {"chen"},
    "/results/sections/pollution/why/": OVERSEERS | {"chen"},
    "/results/objections/{objection}/": OVERSEERS | BRIGADE,
    "/results/verdict/recount/": OFFICE | {"shen", "he", "tang"},
    "/reports/2026/bureau.docx": OVERSEERS,
    "/reports/2026/sections/pollution/": OVERSEERS | {"chen"},
    "/reports/2026/sections/brigade.docx": OVERSEERS | BRIGADE,
    "/reports/2026/filings/{filing}/document/": OVERSEERS | {"he"},
    "/public/2026/verdict/": set[str](),
    "/public/2026/bundle.zip": set[str](),
    # proofs and people
    "/proofs/{proof}/": OVERSEERS | BRIGADE | {"he", "tang"},
    "/openness/proofs/{shown}/": set(PEOPLE),
    "/bureau/invitations/": OFFICE,
    "/bureau/motions/": OFFICE | {"sun"},
    "/bureau/interests/": set(PEOPLE),
    "/bureau/import/": OFFICE,
    "/bureau/members/{zhao}/change/": OFFICE,
    "/publications/": OFFICE | {"sun"},
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Site:
    """A furnished site, its clients by name, and what stands for the words in braces."""

    clients: dict[str, Client]
    named: dict[str, str]

    def addresses(self) -> Iterator[tuple[str, set[str]]]:
        """Each address with its readers."""
        for address, readers in READERS.items():
            yield address.format(**self.named), readers


@pytest.fixture
def site(cast: Cast) -> Iterator[Site]:
    cache.clear()
    with time_machine.travel(TODAY, tick=False):
        furnish(cast)
        yield Site(clients={who: person(who) for who in PEOPLE}, named=_named(cast))


def test_each_address_answers_its_readers_and_nobody_else(site: Site) -> None:
    wrong = [
        f"{who} {url} → {status}"
        for url, readers in site.addresses()
        for who, client in site.clients.items()
        if (status := client.get(url).status_code) not in ({200} if who in readers else {403, 404})
    ]
    assert not wrong, "\n".join(wrong)


def test_a_visitor_is_led_to_the_sign_in_and_changes_nothing(site: Site) -> None:
    visitor, before = Client(), Entry.objects.count()
    for url, _ in site.addresses():
        for answer in (visitor.get(url), visitor.post(url, {"reason": "x", "is_sure": "on"})):
            assert answer.status_code in {302, 404, 405}, url
            assert answer.headers.get("Location", "/accounts/login/").startswith("/accounts/login/"), url
    assert Entry.objects.count() == before


def test_who_may_not_read_changes_nothing_either(site: Site) -> None:
    before = Entry.objects.count()
    for url, readers in site.addresses():
        for who in sorted(set(PEOPLE) - readers):
            answer = site.clients[who].post(url, {"reason": "x", "is_sure": "on", "purpose": "contact", "text": "x"})
            assert answer.status_code in {403, 404, 405}, f"{who} {url} → {answer.status_code}"
    assert Entry.objects.count() == before


def test_no_cache_keeps_what_members_read(site: Site) -> None:
    for url, readers in site.addresses():
        for who in sorted(readers & {"zhou", "zhao"}):
            kept = site.clients[who].get(url).headers["Cache-Control"]
            assert "no-store" in kept or "no-cache" in kept, (who, url, kept)


def test_the_record_names_nobody_who_called_and_no_word_of_theirs(site: Site) -> None:
    told = "".join(Entry.objects.values_list("body", flat=True))
    secrets = (CALLER.name, CALLER.phone, CALLER.address, REPORT, "河水发黑", "周明", "赵敏")
    assert not [word for word in secrets if word in told]


def _named(cast: Cast) -> dict[str, str]:
    zhou, file = cast.actor("zhou"), shelf.put(PAPER)
    told = {"channel": "phone", "text": "有人说", "contact": CALLER, "files": (file,), "at": TODAY}
    report = intake.receive(kind="misconduct", title=REPORT, by=zhou, **told)  # type: ignore[arg-type]
    own = intake.receive(kind="complaint", title="有附件", by=cast.actor("zhao"), **told)  # type: ignore[arg-type]
    table = tables.keep("表.csv", content=LIST.encode(), channel_id="hotline_12345", by=zhou, at=TODAY)
    return {
        "report": report.reference,
        "report_file": Attachment.objects.get(case=report).reference,
        "held": Case.objects.get(title="河水发黑").reference,
        "held_file": Attachment.objects.get(case=own).reference,
        "office": Case.objects.get(title="夜间施工").reference,
        "table": table.token,
        "objection": Objection.objects.get().reference,
        "filing": Filing.objects.get().plan_filing,
        "proof": Proof.objects.filter(task__section__reference="brigade")[0].reference,
        "shown": OpennessProof.objects.all()[0].reference,
        "zhao": cast.zhao.reference,
    }
