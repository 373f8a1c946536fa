"""Django's folder of files, each of which is on the disk before its name is handed out (§5.4)."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from pingyi.storage import files


class SyncedStorage(FileSystemStorage):
    """Like Django's, but no crash leaves half a file under a name that a row will hold."""

    def _save(self, name: str, content: File[bytes]) -> str:
        mode = files.OWNER_ONLY if self.file_permissions_mode is None else self.file_permissions_mode
        files.put(Path(self.path(name)), content.chunks(), mode=mode)
        return name

    def settle(self, name: str) -> None:
        """See to it that a file which another process laid here is on the disk by name, before a row holds it."""
        files.sync_folder(Path(self.path(name)).parent)
