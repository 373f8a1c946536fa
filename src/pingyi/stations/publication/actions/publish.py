"""Making known, and taking back what was made known (§4.3d, §4.4b)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pingyi import site
from pingyi.authoring import bundle
from pingyi.bureau import notices
from pingyi.bureau import queries as bureau
from pingyi.record import queries as record
from pingyi.record import sequence, software
from pingyi.record.acts import Change, act
from pingyi.record.models import Checkpoint, Entry
from pingyi.rules import result as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.entry import canonical
from pingyi.rules.permissions import require
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.plans.queries.lost import lost_left
from pingyi.stations.publication import frozen
from pingyi.stations.publication.models import NAMED, PublicationKind, Published, PublishedFile
from pingyi.stations.publication.queries import offers
from pingyi.stations.publication.queries import published as queries
from pingyi.stations.publication.queries.published import Copy
from pingyi.stations.results.models import ConsequenceOrder, Verdict
from pingyi.stations.results.queries import order as orders
from pingyi.stations.results.queries import recount as recounts
from pingyi.stations.results.queries import verdict as results

ZIP, JSON = "application/zip", "application/json"
Files = Mapping[str, tuple[str, bytes]]


def publish_verdict(year: int, *, by: Actor, at: datetime) -> Published:
    """Publish a year's final verdict with the bundle that a stranger can check and the signed result (§4.4b)."""
    require(by, "publication.publish")
    site.require_name()
    verdict = results.final(year)
    if verdict is None:
        raise Refused("publication.no_final_verdict", year=year)
    rules.require_undisputed(is_disputed=recounts.is_disputed(verdict))
    if undecided := orders.bars_put_off(verdict):
        raise Refused("publication.bar_put_off", sections="、".join(undecided))
    contents = frozen.bundle_contents(verdict)
    bound = bundle.contents_digest(contents)
    software.deployed(at=at)  # which release wrote it
    laid_down = _bind(verdict, contents=bound, by=by, at=at)
    sequence.sequence(at=at)  # the bundle's checkpoint covers what was laid down
    head = _witnessed(verdict, laid_down)
    copy = frozen.verdict_copy(verdict, contents=bound)
    packed = frozen.bundle_file(contents, year=year, upto=head, recounted_by=copy["recounted"])
    files = {"bundle.zip": (ZIP, packed), "result.json": (JSON, frozen.result_file(copy))}
    with act("publication.publish", by=by, at=at) as change:
        row = change.lock(Verdict, pk=verdict.pk)
        row.state = rules.publish(row.state)
        change.save(row)
        return _publish(change, PublicationKind.VERDICT, copy, files=files, about=row.subject)


def _bind(verdict: Verdict, *, contents: str, by: Actor, at: datetime) -> Entry:
    """Lay down in the record what the bundle will hold, so that nobody can publish other files under this verdict.

    Once: witnesses may take days to sign, and what they signed is published then.
    """
    found = record.newest("publication.bind", subject=verdict.subject)
    if found is None or record.spoken(found)["public"] != _laid_down(verdict, contents):
        with act("publication.bind", by=by, at=at) as change:
            row = change.lock(Verdict, pk=verdict.pk)
            rules.publish(row.state)  # refused where it could not be published
            change.note(row, **_laid_down(row, contents))
        found = record.newest("publication.bind", subject=verdict.subject)
    if found is None:
        raise Refused("missing", kind="entry")
    return found


def _laid_down(verdict: Verdict, contents: str) -> dict[str, Any]:
    """Return what is bound; whoever counted again since then is bound anew, so that the signed record names them."""
    recounted = len(recounts.standing_behind(verdict))
    return {"contents_sha256": contents, "version": verdict.version, "recounted": recounted}


def _witnessed(verdict: Verdict, laid_down: Entry) -> Checkpoint:
    """Return the checkpoint that is published: one that the plan's number of witnesses signed (§5.4)."""
    witnessing = plans.plan(verdict.round).witnessing
    if witnessing is None:
        return record.witnessed(laid_down, needed=0)
    listed = [one.key for one in witnessing.witnesses if one.key]
    return record.witnessed(laid_down, needed=witnessing.needed, keys=listed)


def publish_plan(year: int, *, reason: str = "", by: Actor, at: datetime) -> Published:
    """Publish the adopted plan as it stands (§0, §4.1); damaged passages that nobody accepted need a reason."""
    opened = plans.round_of(year)
    if opened is None:
        raise Refused("publication.no_plan", year=year)
    lost = () if reason.strip() else lost_left(opened, at=at)
    if lost:
        raise Refused("publication.plan_damaged", field="reason", count=len(lost))
    with act("publication.publish", by=by, at=at, reason=reason.strip()) as change:
        round_ = change.lock(Round, year=year)
        plan = plans.plan(round_)
        copy = frozen.plan_copy(plan, sha256=round_.plan_sha256)
        return _publish(change, PublicationKind.PLAN, copy, files=frozen.plan_files(plan, text=round_.plan_text))


def publish_notice(*, title: str, text: str, by: Actor, at: datetime) -> Published:
    """Publish a notice of one's own words."""
    if not text.strip():
        raise Refused("publication.notice_empty", field="text")
    with act("publication.publish", by=by, at=at) as change:
        copy = {"title": title, "year": day_of(at).year, "text": text}
        return _publish(change, PublicationKind.NOTICE, copy)


def correct(year: int, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Published:
    """Correct the published award bars that the bureau waived or lifted; what was published first stays (§4.4c)."""
    require(by, "publication.correct")
    if not reason.strip():
        raise Refused("publication.reason_needed", field="reason")
    with act("publication.correct", by=by, at=at, ground=ground, reason=reason) as change:
        verdict, before, freed = _to_correct(change, year)
        copy = frozen.correction_copy(before, freed, reason=reason.strip(), on=day_of(at))
        files = {"result.json": (JSON, frozen.result_file(copy))}
        row = _publish(change, PublicationKind.CORRECTION, copy, files=files, about=verdict.subject)
        for order in freed.values():
            _tell(order, row, at=at)
    return row


def withdraw(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Published:
    """Take a publication back; its address then says when and why."""
    if not reason.strip():
        raise Refused("publication.reason_needed", field="reason")
    with act("publication.withdraw", by=by, at=at, ground=ground, reason=reason) as change:
        row = change.lock(Published, reference=reference)
        if row.withdrawn_on is not None:
            raise Refused("publication.withdrawn_already")
        row.withdrawn_on, row.withdrawn_reason = day_of(at), reason
        change.save(row)
        if row.kind_id == PublicationKind.VERDICT.value:
            verdict = change.lock(Verdict, reference=row.about_verdict.partition("/")[2])
            verdict.state = rules.take_back(verdict.state)
            change.save(verdict)
    return row


def _to_correct(change: Change, year: int) -> tuple[Verdict, Copy, Mapping[str, ConsequenceOrder]]:
    """Return the verdict, held while it is corrected, what stands published of it, and the bars that no longer hold."""
    before, verdict = queries.latest(PublicationKind.VERDICT, year=year), results.final(year)
    if before is None or verdict is None or before.row.withdrawn_on is not None:
        raise Refused("publication.nothing_to_correct")
    verdict = change.lock(Verdict, pk=verdict.pk)
    freed = offers.freed(verdict, before)
    if not freed:
        raise Refused("publication.nothing_to_correct")
    return verdict, before, freed


def _tell(order: ConsequenceOrder, row: Published, *, at: datetime) -> None:
    person = bureau.responsible(order.section.reference)
    if person is not None:
        url = row.get_absolute_url()
        notices.queue("publication.corrected", to=person, about=row, at=at, url=url, name=order.name)


def _publish(
    change: Change, kind: PublicationKind, copy: Mapping[str, Any], *, files: Files | None = None, about: str = ""
) -> Published:
    site.require_name()
    content = canonical(dict(copy))
    row = Published(
        kind_id=kind.value,
        slug=kind.value,
        year=copy["year"],
        title=copy["title"],
        content=content.decode("utf-8"),
        content_sha256=frozen.digest(content),
        about_verdict=about,
        published_on=day_of(change.at),
    )
    if kind in NAMED:
        row.slug = row.reference.lower()
    elif queries.standing(kind, year=row.year) is not None:
        raise Refused("publication.stands", title=row.title)
    change.save(row)
    if files:
        change.save_all(_file(row, name, *found) for name, found in files.items())
    return row


def _file(row: Published, name: str, media_type: str, content: bytes) -> PublishedFile:
    return PublishedFile(
        publication=row,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=frozen.digest(content),
        content=content,
    )
