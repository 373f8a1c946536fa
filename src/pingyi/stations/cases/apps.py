"""The room's place in Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The room `cases`."""

    name = "pingyi.stations.cases"
    label = "cases"

    def ready(self) -> None:
        """Say what the room's verbs mean."""
        from pingyi import words
        from pingyi.bureau import notices, shelf
        from pingyi.record import acts
        from pingyi.record import sentences as record
        from pingyi.stations.cases import indexing, sentences
        from pingyi.stations.cases.models import Case
        from pingyi.stations.cases.queries import files

        words.register(sentences.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
        shelf.named_from(files.digests)
        acts.followed_by(Case, indexing.follow)
