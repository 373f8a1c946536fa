"""The room's place in Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The room `plans`."""

    name = "pingyi.stations.plans"
    label = "plans"
