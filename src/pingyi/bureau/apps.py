"""The package's place in Django."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """The package `bureau`."""

    name = "pingyi.bureau"

    def ready(self) -> None:
        """Say what the bureau's refusals, verbs and notices mean."""
        from pingyi import words  # noqa: PLC0415 - models are not loaded before
        from pingyi.bureau import notices, refusals, sentences  # noqa: PLC0415
        from pingyi.record import sentences as record  # noqa: PLC0415

        words.register(refusals.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
