"""The package's place in Django."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """The package `bureau`."""

    name = "pingyi.bureau"
