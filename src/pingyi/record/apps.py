"""The package's place in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    """The package `record`."""

    name = "pingyi.record"

    def ready(self) -> None:
        """Register the system check, the record's own sentences and the database's guards."""
        from pingyi.record import checks, guards, sentences  # noqa: F401 - models are not loaded before

        post_migrate.connect(guards.after_migrate, sender=self)
