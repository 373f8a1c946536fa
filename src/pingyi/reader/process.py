"""The reader's small process from outside: started, kept alive, ended with whoever started it."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2]
WAITING = 128  # connections that the kernel keeps while the process starts
KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")  # no password of the site is there
# A machine's own packages stay out (-I); the folder of this program may have moved since it was installed.
START = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module('pingyi.reader', run_name='__main__')"


class Reader:
    """A reader of one's own. It listens here, not in its process: what comes while that starts anew waits."""

    def __init__(self) -> None:
        """Open the door; the process is started by `keep`."""
        self.folder = Path(tempfile.mkdtemp(prefix="pingyi-reader-"))
        self.address = str(self.folder / "door")
        self._door = socket.socket(socket.AF_UNIX)
        before = os.umask(0o177)
        try:
            self._door.bind(self.address)
        finally:
            os.umask(before)
        self._door.listen(WAITING)
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        atexit.register(self.end)

    @property
    def pid(self) -> int:
        """The small process; 0 where none is running."""
        return self._process.pid if self._process and self._process.poll() is None else 0

    def keep(self) -> None:
        """Start the process where none is running."""
        with self._lock:
            if self._over.is_set() or self._owner != os.getpid() or self.pid:
                return
            handed = self._door.fileno()
            words = [sys.executable, "-I", "-c", START, str(SOURCES), str(handed), str(os.getpid())]
            environment = {name: os.environ[name] for name in KEPT if name in os.environ}
            environment |= {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
            self._process = subprocess.Popen(
                words, pass_fds=(handed,), env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )

    def watch(self) -> None:
        """Keep the process running from a thread of this one until `end`."""
        self.keep()
        threading.Thread(target=self._watch, daemon=True, name="reader").start()

    def _watch(self) -> None:
        while not self._over.is_set():
            if self._process is not None:
                self._process.wait()
            self._over.wait(1.0)
            self.keep()

    def end(self) -> None:
        """End the process and take the door away."""
        if self._owner != os.getpid():
            return
        self._over.set()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=5)
        self._door.close()
        shutil.rmtree(self.folder, ignore_errors=True)
