"""Ready? What is found, accepted with a reason, asked again once it changes; and who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation

from pingyi import ready
from pingyi.bureau import readiness
from pingyi.bureau.actions import ready as actions
from pingyi.bureau.actions import section as sections
from pingyi.bureau.models import Acceptance
from pingyi.bureau.tests.cast import Cast, enlist
from pingyi.ready import Check, Finding, Line, Occasion
from pingyi.record.models import Entry
from pingyi.rules.actor import Role
from pingyi.rules.readiness import Severity, Step
from pingyi.rules.refused import Refused
from pingyi.words import Bilingual

pytestmark = [pytest.mark.django_db]
AT = datetime(2026, 3, 10, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """Whatever the tests before left the language at."""
    with translation.override("zh-hans"):
        yield


def occasion() -> Occasion:
    """The adoption that is about to be: no plan was brought."""
    found = ready.occasion("adopt", "none", at=AT)
    assert found is not None
    return found


def line(name: str) -> Line:
    return next(one for one in ready.lines(occasion()) if one.check.id == name)


def accept(cast: Cast, name: str, *, who: str = "zhou", **given: object) -> Acceptance:
    found = {"seen": line(name).digest, "reason": "上半年调整后再定", "ground": "follows_later", **given}
    return actions.accept("adopt", "none", name, **found, by=cast.actor(who), at=AT)


def opened(name: str) -> bool:
    return name in {one.check.id for one in readiness.look(occasion()).open}


def test_sections_without_people_are_named_until_somebody_accepts_it_with_a_reason(cast: Cast) -> None:
    assert opened("people.none")
    assert "信息中心" in line("people.none").finding.names
    accept(cast, "people.none")
    assert not opened("people.none")
    kept = readiness.look(occasion()).accepted[0]
    assert (kept.by, kept.on.isoformat(), str(kept.ground)) == ("周明", "2026-03-10", "随后补齐")
    assert kept.words == "上半年调整后再定"
    entry = Entry.objects.filter(verb="ready.accept").get()
    assert "上半年调整后再定" not in entry.body
    assert "follows_later" in entry.body


def test_a_section_with_people_and_no_head_is_named(cast: Cast) -> None:
    assert "people.no_head" not in {one.check.id for one in ready.lines(occasion())}
    enlist("qian", name="钱进", role=Role.SECTION_STAFF, section="office", by=cast.actor("zhou"), at=AT)
    assert line("people.no_head").finding.names == ("办公室",)


def test_what_was_accepted_is_asked_again_once_it_is_about_others(cast: Cast) -> None:
    accept(cast, "people.none")
    sections.add(name="法规科", kind="section", reference="law", order=9, by=cast.actor("zhou"), at=AT)
    assert opened("people.none")
    assert "法规科" in line("people.none").finding.names


def test_an_acceptance_is_refused_once_what_was_seen_has_changed(cast: Cast) -> None:
    seen = line("people.none").digest
    sections.add(name="法规科", kind="section", reference="law", order=9, by=cast.actor("zhou"), at=AT)
    with pytest.raises(Refused, match=r"ready\.changed"):
        accept(cast, "people.none", seen=seen)


def test_what_must_be_mended_is_not_accepted_and_nothing_twice(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"ready\.to_be_mended"):
        accept(cast, "plan.none")
    accept(cast, "people.none")
    with pytest.raises(Refused, match=r"ready\.gone"):
        accept(cast, "people.none")
    with pytest.raises(Refused, match=r"ready\.reason_needed"):
        accept(cast, "people.no_stand_in", reason=" ")
    with pytest.raises(Refused, match=r"ground\.unknown"):
        accept(cast, "people.no_stand_in", ground="mistake")


@pytest.mark.parametrize("who", ["wang", "zhao", "wu", "he"])
def test_only_the_office_and_the_leaders_accept(cast: Cast, who: str) -> None:
    with pytest.raises(Refused, match="forbidden"):
        accept(cast, "people.none", who=who)


def test_the_page_names_each_line_and_its_way_and_shows_who_accepted(cast: Cast) -> None:
    client = cast.client("zhou")
    page = client.get("/ready/").content.decode()
    assert "尚未导入方案" in page
    assert "/plan/bring/" in page
    at = "/ready/adopt/none/people.none/accept/"
    assert at in page
    assert client.post(at, {"seen": line("people.none").digest, "reason": ""}).status_code == 422
    given = {"seen": line("people.none").digest, "reason": "下月任命", "ground": "follows_later"}
    assert client.post(at, given).status_code == 302
    page = client.get("/ready/").content.decode()
    assert "下月任命" in page
    assert "周明" in page
    assert at not in page
    assert client.get("/ready/adopt/9/").status_code == 404
    assert client.get("/ready/adopt/none/plan.none/accept/").status_code == 404


def test_a_section_reads_the_page_but_finds_nothing_to_accept(cast: Cast) -> None:
    page = cast.client("wang").get("/ready/").content.decode()
    assert "尚未导入方案" in page
    assert "/accept/" not in page


def test_a_line_is_the_same_whatever_language_it_is_read_in() -> None:
    check = Check(
        id="x", title="x", sentence="%(count)s", remedy="x", severity=Severity.NOTES, find=lambda _: None,
    )  # fmt: skip
    chinese = Line(check=check, finding=Finding(names=(Bilingual(zh="任务", en="tasks"),)))
    other = Line(check=check, finding=Finding(names=(Bilingual(zh="任务", en="duties"),)))
    assert chinese.digest == other.digest
    assert chinese.said == "1"


def test_every_check_has_its_own_name_and_looks_at_some_step() -> None:
    found = [one for step in Step for one in ready.checks(step)]
    by_name = {one.id: one for one in found}
    assert all(by_name[one.id] is one for one in found)
    assert len(by_name) > 15
