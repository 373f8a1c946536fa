"""The home of a played year, kept by the digest of the source that played it: a run that changed nothing plays none."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

from pingyi.storage.tests.template import ROOT, digest, environment

KEPT = ROOT / ".cache" / "played"
# What pages look like is nothing that a year is played with.
DECIDING = ("src/pingyi/**/*", "plans/*", "calendars/*", "requirements.lock")
LOOKS = frozenset({".css", ".html", ".js", ".mo", ".otf", ".pyc", ".svg"})


def played_year() -> Path:
    """Return the home, played by the first who asks while the others wait; who changes it changes a copy."""
    folder = KEPT / _digest()
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not folder.exists():
            for old in KEPT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            _play(KEPT / "new", folder)
    return folder / "var" / "demo"


def begin() -> None:
    """Let another process play it meanwhile, for tests that come later."""
    if not (KEPT / _digest()).exists():
        subprocess.Popen(
            [sys.executable, __file__], env=environment(ROOT), stdout=subprocess.DEVNULL, start_new_session=True
        )


def _play(new: Path, folder: Path) -> None:
    new.mkdir()
    for name in ("plans", "calendars"):
        (new / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "pingyi", "demo", "--only-play"]
    subprocess.run(command, env=environment(new), check=True, stdout=subprocess.DEVNULL)
    new.rename(folder)


def _digest() -> str:
    found_at = (path for pattern in DECIDING for path in ROOT.glob(pattern))
    files = [path for path in found_at if path.is_file() and path.suffix not in LOOKS and "tests" not in path.parts]
    return digest(files)


if __name__ == "__main__":
    played_year()
