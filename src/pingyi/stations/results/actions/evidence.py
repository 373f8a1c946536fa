"""Bringing evidence in as tables, and taking a table out again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from pingyi.authoring.evidence_tables import NOTHING_CHOSEN, rows_digest
from pingyi.bureau.models import Member
from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.counting import Choice
from pingyi.rules.day import day_of
from pingyi.rules.evidence import Evidence
from pingyi.rules.refused import Refused
from pingyi.stations.plans.models import Round
from pingyi.stations.results import frozen, uploads
from pingyi.stations.results.actions import source as choosing
from pingyi.stations.results.models import EvidenceBatch, EvidenceCount, EvidencePage
from pingyi.stations.results.queries import evidence as queries
from pingyi.stations.results.queries import source as counts

NONE: Mapping[str, Choice] = MappingProxyType({})
PAGE = 100  # rows that share an entry: a hundred thousand rows are written in seconds, see docs/decisions/0006


def import_rows(rows: Sequence[Evidence], *, file_name: str, sha256: str, by: Actor, at: datetime) -> EvidenceBatch:
    """Import a table whole or not at all; the same file is taken once (§4.4b, §5.4)."""
    if not rows:
        raise Refused("evidence.no_rows")
    rows_sha256 = rows_digest(rows)
    with act("evidence.import", by=by, at=at) as change:
        round_ = _open_round()
        # Two persons who hand in one file at once wait for each other here, so that it counts once.
        Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
        if queries.is_final(round_):
            raise Refused("evidence.result_is_final")
        _refuse_twice(round_, sha256, rows_sha256)
        batch = change.save(
            EvidenceBatch(
                round=round_,
                sources=sorted({row.source for row in rows}),
                file_name=file_name,
                sha256=sha256,
                rows_sha256=rows_sha256,
                rows=len(rows),
                imported_on=day_of(at),
                imported_by=Member.objects.get(reference=by.reference),
            )
        )
        change.save_all(_pages(batch, rows))
        EvidenceCount.objects.bulk_create(counts.count_of(batch, rows), batch_size=1_000)  # plain row
    return batch


def import_upload(
    token: str,
    *,
    source: str = "",
    happened_on: date | None = None,
    columns: Mapping[int, str] = NOTHING_CHOSEN,
    choices: Mapping[str, Choice] = NONE,
    by: Actor,
    at: datetime,
) -> EvidenceBatch:
    """Import a file that was handed in and looked at; one blocking problem, and nothing of it is taken.

    `columns` says what columns are that were taken wrongly; `choices` says for each source that this house tells of too
    which side counts, recorded with the import.
    """
    upload = uploads.kept(token, by=by)
    table = queries.read(upload, source=source, happened_on=happened_on, columns=columns)
    blocking = sum(problem.is_blocking for problem in table.problems)
    if blocking:
        raise Refused("evidence.has_problems", count=blocking)
    with act("evidence.import", by=by, at=at):
        batch = import_rows(table.evidence, file_name=upload.name, sha256=table.digest, by=by, at=at)
        for name, choice in sorted(choices.items()):
            choosing.choose(name, counts=choice.counts.value, since=choice.since, by=by, at=at)
    uploads.drop(upload)
    return batch


def withdraw(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> EvidenceBatch:
    """Take a table out of the reckoning; its rows and entries stay, so that everybody sees what was taken out."""
    if not reason.strip():
        raise Refused("evidence.reason_needed", field="reason")
    with act("evidence.withdraw", by=by, at=at, ground=ground, reason=reason) as change:
        batch = change.lock(EvidenceBatch, reference=reference)
        if batch.withdrawn_on is not None:
            raise Refused("evidence.withdrawn_already")
        if queries.rests_on(batch):
            raise Refused("evidence.in_final_result")
        batch.withdrawn_on = day_of(at)
        change.save(batch)
    return batch


def _open_round() -> Round:
    round_ = queries.open_round()
    if round_ is None:
        raise Refused("evidence.no_round")
    return round_


def _refuse_twice(round_: Round, sha256: str, rows_sha256: str) -> None:
    same = queries.same_table(round_, sha256=sha256, rows_sha256=rows_sha256)
    if same is not None:
        raise Refused("evidence.same_file", on=same.imported_on.isoformat(), rows=same.rows)


def _pages(batch: EvidenceBatch, rows: Sequence[Evidence]) -> Iterator[EvidencePage]:
    for start in range(0, len(rows), PAGE):
        lines = [frozen.evidence_line(row) for row in rows[start : start + PAGE]]
        yield EvidencePage(batch=batch, first=start + 1, rows=len(lines), content="\n".join(lines))
