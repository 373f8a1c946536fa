"""The package's place in Django."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """The package `bureau`."""

    name = "pingyi.bureau"

    def ready(self) -> None:
        """Say what the bureau's refusals, verbs and notices mean."""
        from pingyi import words
        from pingyi.bureau import notices, reader_seconds, refusals, sentences
        from pingyi.reader import door
        from pingyi.record import sentences as record

        words.register(refusals.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
        door.count_by(reader_seconds.SharedMeter())
