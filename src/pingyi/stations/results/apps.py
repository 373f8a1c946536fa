"""The room's place in Django."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """The room `results`."""

    name = "pingyi.stations.results"
    label = "results"
