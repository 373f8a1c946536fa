"""The package's place in Django."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """The package `bureau`."""

    name = "pingyi.bureau"

    def ready(self) -> None:
        """Say what the bureau's refusals, verbs and notices mean, and what lies on desks: jobs that did not run too."""
        from pingyi import desk, ready, words
        from pingyi.bureau import (
            audit,
            backup_age,
            checks,
            job_alarms,
            logins,
            notices,
            reader_seconds,
            refusals,
            sentences,
            shelf_check,
            storage_alarm,
        )
        from pingyi.bureau import desk as own
        from pingyi.bureau.models import Notice
        from pingyi.reader import door
        from pingyi.record import audit as auditing
        from pingyi.record import bindings
        from pingyi.record import sentences as record

        desk.register_desk(storage_alarm.desk)
        desk.register_desk(job_alarms.desk)
        desk.register_desk(backup_age.desk)
        words.register(refusals.REFUSALS)
        record.register(sentences.SENTENCES)
        notices.register(sentences.NOTICES)
        door.count_by(reader_seconds.SharedMeter())
        desk.register_desk(own.desk)
        ready.declare(checks.CHECKS)
        auditing.lists_from(audit.remarks)
        auditing.also(shelf_check.faults)
        auditing.lists_from(shelf_check.unnamed)
        bindings.cover(Notice, *notices.COVERED, is_apart=lambda _: True)  # some tell of reports of misconduct
        logins.cover()
        _leave()


def _leave() -> None:
    """Say why columns of the bureau's tables are covered by nothing."""
    from pingyi.bureau.models import JobRun, Login, Member, Motion, Notice, Upload
    from pingyi.record import uncovered

    uncovered.stays(uncovered.CONTACT, Member, "phone", "mail")
    for model in (Member, Motion):
        uncovered.stays(uncovered.KEY, model, "key_name")
    uncovered.stays(uncovered.WORKER, JobRun)
    uncovered.stays(uncovered.FRAMEWORK, Login, "last_login", "last_name", "date_joined")
    uncovered.stays(uncovered.LOOKED, Notice, "read_at")
    uncovered.stays(uncovered.WAITING, Upload)
