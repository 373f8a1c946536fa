"""The room's place in Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The room `plans`."""

    name = "pingyi.stations.plans"
    label = "plans"

    def ready(self) -> None:
        """Say what the room's verbs mean, lay its items on the desk, and tell the bureau of open duties."""
        from pingyi import desk, words  # noqa: PLC0415 - models are not loaded before
        from pingyi.bureau import hooks, notices  # noqa: PLC0415
        from pingyi.record import sentences as record  # noqa: PLC0415
        from pingyi.stations.plans import sentences  # noqa: PLC0415
        from pingyi.stations.plans.queries import desk as own  # noqa: PLC0415
        from pingyi.stations.plans.queries import open_titles  # noqa: PLC0415

        words.register(sentences.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
        desk.register_desk(own.desk)
        hooks.duties_from(open_titles)
