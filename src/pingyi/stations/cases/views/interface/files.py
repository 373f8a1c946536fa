"""The operation for photographs and papers: each is laid down first, and named when the matter is handed in."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import File, Status
from ninja.files import UploadedFile

from pingyi.stations.cases.actions import interface as actions
from pingyi.stations.cases.views.interface import shapes
from pingyi.stations.cases.views.interface.operations import channel_of, operation


@operation(
    "POST",
    "/files",
    returns={201: shapes.Laid},
    summary=_("Lay a photograph or paper down"),
    description=_(
        "Pictures, PDF, office documents or text, up to 20 MB, one a call. Photographs lose the place and the device "
        "that they were taken with. Name it in `files` when you hand the matter in, within a week."
    ),
)
def lay_down(request: HttpRequest, file: File[UploadedFile]) -> Status[shapes.Laid]:
    """Take one file, checked as on the public form."""
    laid, kept = actions.lay_down(file.read(), name=file.name or "", channel=channel_of(request))
    return Status(201, shapes.Laid(file=laid, name=kept.name, mime=kept.mime, size=kept.size))
