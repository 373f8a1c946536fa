"""The room's place in Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The room `plans`."""

    name = "pingyi.stations.plans"
    label = "plans"

    def ready(self) -> None:
        """Say what the room's verbs mean, lay its items on the desk, and tell the bureau of open duties."""
        from pingyi import desk, ready, words
        from pingyi.bureau import hooks, notices, shelf
        from pingyi.record import sentences as record
        from pingyi.stations.plans import checks, sentences
        from pingyi.stations.plans.queries import deed, open_titles, outlook, version, watch
        from pingyi.stations.plans.queries import desk as own
        from pingyi.stations.plans.queries.task import proof_digests

        words.register(sentences.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
        desk.register_desk(own.desk)
        ready.declare(checks.CHECKS)
        ready.foreseen_by(checks.foreseen)
        ready.occasions_from(outlook.occasions)
        desk.register_desk(version.desk)
        desk.register_desk(watch.desk)
        hooks.kinds_from(version.kinds)
        hooks.classes_from(version.classes)
        hooks.duties_from(open_titles)
        hooks.deeds_from(deed.own)
        shelf.named_from(proof_digests)
