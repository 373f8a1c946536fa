"""The package's place in Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The package `web`."""

    name = "pingyi.web"
