"""The bureau's rows, by topic: `house`, `motion`, `acceptance`."""

from pingyi.bureau.models.acceptance import Acceptance
from pingyi.bureau.models.house import (
    ROLES,
    Absence,
    Bureau,
    Interest,
    Invitation,
    JobRun,
    Login,
    Member,
    Notice,
    Post,
    Section,
    Upload,
)
from pingyi.bureau.models.motion import Motion

__all__ = [
    "ROLES",
    "Absence",
    "Acceptance",
    "Bureau",
    "Interest",
    "Invitation",
    "JobRun",
    "Login",
    "Member",
    "Motion",
    "Notice",
    "Post",
    "Section",
    "Upload",
]
