"""The shadow of a folder: run programs beside it, cut the power, and look at what is left."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("shadow.c")


def compiler() -> str | None:
    """Find a C compiler."""
    return shutil.which("gcc") or shutil.which("cc")


@dataclass(frozen=True, kw_only=True)
class Shadow:
    """A watched folder, and beside it what of it was synced."""

    root: Path
    folder: Path
    library: Path

    @classmethod
    def over(cls, root: Path, folder: Path) -> Shadow:
        """Compile the library and begin with what the folder holds now, all of it synced."""
        folder.mkdir(parents=True)
        (folder / "inodes").mkdir()
        library = folder / "shadow.so"
        found = compiler()
        if found is None:
            raise RuntimeError("there is no C compiler")
        subprocess.run([found, "-O2", "-shared", "-fPIC", "-w", "-o", library, SOURCE, "-ldl"], check=True)
        shutil.copytree(root, folder / "now", symlinks=True)
        for at, _, names in os.walk(root):
            for name in names:
                path = Path(at, name)
                if path.is_file() and not path.is_symlink():
                    kept = folder / "now" / path.relative_to(root)
                    os.link(kept, folder / "inodes" / str(path.stat().st_ino))
        return cls(root=root, folder=folder, library=library)

    def environment(self) -> dict[str, str]:
        """What a program is started with, to be watched."""
        return {"LD_PRELOAD": str(self.library), "POWER_ROOT": str(self.root), "POWER_SHADOW": str(self.folder)}

    def cut(self, *pids: int, to: Path) -> None:
        """Stop these processes and all that they started at once, keep what was synced by then, and end them."""
        stopped = _stop(set(pids))
        shutil.copytree(self.folder / "now", to, symlinks=True)
        for pid in stopped:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _stop(wanted: set[int]) -> set[int]:
    """Freeze processes and their children; those that are born meanwhile too."""
    stopped: set[int] = set()
    while fresh := (wanted | {child for one in wanted | stopped for child in _children(one)}) - stopped:
        for pid in fresh:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        stopped |= fresh
    while any(_state(pid) not in "TtZX" for pid in stopped):
        pass  # a process stops at its next return from the kernel
    return stopped


def _children(pid: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1]) == pid:
                yield int(path.parent.name)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return "X"
