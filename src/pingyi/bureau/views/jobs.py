"""What the site does by itself, and when it was last done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from pingyi import clock, pages
from pingyi.bureau import backup_age, job_alarms, storage_alarm
from pingyi.bureau.entrance import members_only


@members_only
def jobs(request: HttpRequest) -> HttpResponse:
    """List the worker's jobs with their last runs."""
    at = clock.now()
    found = job_alarms.jobs(at=at)
    backup = {"made": backup_age.last(), "alarm": backup_age.alarm(at=at)}
    late = [one for one in found if one.is_late]
    disk = storage_alarm.sentences()
    return pages.show(request, "bureau/jobs.html", jobs=found, late=late, backup=backup, disk=disk)
