"""The room's place in Django."""

from django.apps import AppConfig


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
        words.register({f"table.{code}": words.Bilingual(zh=zh, en=en) for code, (zh, en) in FILE_MESSAGES.items()})
        shelf.named_from(files.digests)
        acts.followed_by(Case, indexing.follow)
        acts.followed_by(Complainant, marks.follow)
        shelf.named_from(tables.digests)
        _cover()
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
