"""The room's place in Django."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """The room `publication`."""

    name = "pingyi.stations.publication"
    label = "publication"
