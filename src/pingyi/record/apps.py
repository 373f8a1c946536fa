"""The package's place in Django."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The package `record`."""

    name = "pingyi.record"
