"""The package's place in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    """The package `record`."""

    name = "pingyi.record"

    def ready(self) -> None:
        """Register the system check, the record's own sentences and the database's guards."""
        from pingyi.record import (  # models are not loaded before
            checks,  # noqa: F401
            earlier,
            guards,
            keyring_file,
            sentences,  # noqa: F401
            upgrade,
        )

        keyring_file.ask_before_first_use(earlier.is_anything_sealed)
        post_migrate.connect(guards.after_migrate, sender=self)
        post_migrate.connect(upgrade.after_migrate, sender=self)
