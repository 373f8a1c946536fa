"""The package's place in Django."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The package `record`."""

    name = "pingyi.record"

    def ready(self) -> None:
        """Register the system check and the record's own sentences."""
        from pingyi.record import checks, sentences  # noqa: F401, PLC0415 - models are not loaded before
