"""The room's place in Django."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """The room `commitments`."""

    name = "pingyi.stations.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Say what the room's verbs mean, lay its items on the desk, and offer its promises to the cases."""
        from pingyi import desk, words
        from pingyi.bureau import hooks, notices, shelf
        from pingyi.record import sentences as record
        from pingyi.stations.commitments import sentences
        from pingyi.stations.commitments.actions import ending
        from pingyi.stations.commitments.queries import board, commitment, deed, openness
        from pingyi.stations.commitments.queries import desk as own

        words.register(sentences.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
        desk.register_desk(own.desk)
        hooks.promises_from(commitment.promises)
        hooks.duties_from(board.hanging)
        hooks.duties_from(commitment.open_titles)
        hooks.endings_from(ending.end)
        hooks.deeds_from(deed.own)
        shelf.named_from(openness.proof_digests)
        shelf.named_from(board.photograph_digests)
