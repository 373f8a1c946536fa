"""The room's place in Django."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """The room `commitments`."""

    name = "pingyi.stations.commitments"
    label = "commitments"
