"""The room's place in Django."""

from django.apps import AppConfig

# Told of other tables: a larger file is refused before it is opened, a year stands in none, struck words are a note.
NEVER_OF_A_HOTLINE = {"file.too_large", "year.bad", "words.taken_away"}


class CasesConfig(AppConfig):
    """The room `cases`."""

    name = "pingyi.stations.cases"
    label = "cases"

    def ready(self) -> None:
        """Say what the room's verbs mean, lay its items on the desk, and tell the bureau what it asks."""
        from pingyi import desk, outages, words
        from pingyi.authoring.tables.problems import FILE_MESSAGES
        from pingyi.bureau import hooks, notices, shelf
        from pingyi.record import acts
        from pingyi.record import sentences as record
        from pingyi.stations.cases import (
            indexing,
            marks,
            sentences,
            sentences_keys,
            sentences_public,
            sentences_receipts,
            sentences_tables,
        )
        from pingyi.stations.cases import sentences_oversight as oversight
        from pingyi.stations.cases.models import Case, Complainant
        from pingyi.stations.cases.queries import desk as own
        from pingyi.stations.cases.queries import escalation, files, hot, outcomes, tables, year

        for said in (sentences, sentences_public, sentences_tables, sentences_keys, oversight, sentences_receipts):
            words.register(said.REFUSALS)
            record.register(said.SENTENCES)
            notices.register(said.NOTICES)
        told = {code: one for code, one in FILE_MESSAGES.items() if code not in NEVER_OF_A_HOTLINE}
        words.register({f"table.{code}": words.Bilingual(zh=zh, en=en) for code, (zh, en) in told.items()})
        shelf.named_from(files.digests)
        acts.followed_by(Case, indexing.follow)
        acts.followed_by(Complainant, marks.follow)
        shelf.named_from(tables.digests)
        _cover()
        _leave()
        desk.register_desk(own.desk)
        outages.ways_from(year.telephones)
        hooks.duties_from(outcomes.open_references)
        hooks.holdings_from(outcomes.held)
        hooks.outcomes_from(outcomes.outcomes)
        desk.register_desk(hot.desk)
        desk.register_desk(escalation.desk)


def _cover() -> None:
    """Bind the room's plain rows that feed a page for everybody, or hold what somebody was promised."""
    from pingyi.record import bindings
    from pingyi.stations.cases.models import OpenFigures, Submission, UnitName, WeeklyBulletin, inbox

    bindings.cover(OpenFigures, "day", "said")
    bindings.cover(WeeklyBulletin, "week", "said")
    bindings.cover(UnitName, "name", "section")
    bindings.cover(Submission, *inbox.COVERED, is_apart=inbox.is_apart)


def _leave() -> None:
    """Say why columns of the room's tables are covered by nothing."""
    from pingyi.record import uncovered
    from pingyi.stations.cases import models as of

    uncovered.stays(uncovered.SORTED, of.Case, "changed_at")
    uncovered.stays(uncovered.KEY, of.Case, "key_name")
    uncovered.stays(uncovered.WORKER, of.Submission, "tries", "retry_at", "fault")
    uncovered.stays(uncovered.WORKER, of.CaseNumber)
    for model in (of.OpenFigures, of.WeeklyBulletin):
        uncovered.stays(uncovered.LOOKED, model, "drawn_at")
    for table in (of.HotlineTable, of.SetAsideRow):
        uncovered.stays(uncovered.WAITING, table)
    uncovered.stays(uncovered.MADE_AGAIN, of.CaseWords, "words", "is_stale")
    uncovered.stays(uncovered.MADE_AGAIN, of.TableComparison)
    for proposed in (of.ColumnMemory, of.Learnt, of.SourceRow, of.Surfaced):
        uncovered.stays(uncovered.PROPOSED, proposed)
