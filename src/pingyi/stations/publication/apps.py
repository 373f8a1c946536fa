"""The room's place in Django."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """The room `publication`."""

    name = "pingyi.stations.publication"
    label = "publication"

    def ready(self) -> None:
        """Say what the room's words mean, what it lays on desks and what the front page announces."""
        from pingyi import desk, words
        from pingyi.bureau import hooks, notices
        from pingyi.record import sentences as record
        from pingyi.stations.publication import sentences
        from pingyi.stations.publication.queries import deed, filing, offers, published

        words.register(sentences.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
        desk.register_front(published.front)
        desk.register_desk(offers.desk)
        desk.register_desk(filing.desk)
        hooks.deeds_from(deed.own)
        hooks.corrections_from(offers.correction)
        hooks.publishing_from(offers.publishing)
