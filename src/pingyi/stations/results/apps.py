"""The room's place in Django."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """The room `results`."""

    name = "pingyi.stations.results"
    label = "results"

    def ready(self) -> None:
        """Say what the room's refusals, verbs and notices mean, and what it lays on desks."""
        from pingyi import desk, ready, words
        from pingyi.bureau import hooks, notices
        from pingyi.record import sentences as record
        from pingyi.record import uncovered
        from pingyi.rules.estimate_sentences import ESTIMATES
        from pingyi.rules.reason_sentences import REFUSALS
        from pingyi.stations.results import checks, sentences
        from pingyi.stations.results.models import EvidenceCount, EvidenceUpload
        from pingyi.stations.results.queries import desk as own
        from pingyi.stations.results.queries import waiting

        desk.register_desk(own.desk)
        ready.declare(checks.CHECKS)
        ready.foreseen_by(checks.foreseen)
        ready.occasions_from(checks.occasions)
        hooks.keepings_from(waiting.rests_on)
        words.register({code: words.Bilingual(zh=zh, en=en) for code, (zh, en) in {**REFUSALS, **ESTIMATES}.items()})
        words.register(sentences.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
        uncovered.stays(uncovered.MADE_AGAIN, EvidenceCount)
        uncovered.stays(uncovered.WAITING, EvidenceUpload)
