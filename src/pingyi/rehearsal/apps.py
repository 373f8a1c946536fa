"""The package's place in Django."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """The package `rehearsal`."""

    name = "pingyi.rehearsal"
