"""The room's place in Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The room `cases`."""

    name = "pingyi.stations.cases"
    label = "cases"
