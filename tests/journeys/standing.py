"""Sites that stand in folders of their own, run by the command as a bureau runs them; and one small played site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pingyi.storage.tests.template import lay_out

ROOT = Path(__file__).resolve().parents[2]
LOOSE = 0o022  # what most systems give new files unless told otherwise
# Eight people, a matter from the web with a photograph's place, one from the telephone, and a signed checkpoint.
PLAY = """
from pingyi import clock
from pingyi.bureau import shelf
from pingyi.bureau.tests.cast import assemble
from pingyi.documents.handed_in import HandedIn
from pingyi.record import sequence
from pingyi.stations.cases.actions import inbox, intake
from pingyi.stations.cases.contact import Contact
cast, at = assemble(), clock.now()
zhou = cast.actor("zhou")
lin, he = Contact(name="林先生", phone="13800000001"), Contact(name="何女士", phone="13800000002")
paper = shelf.put(HandedIn(name="照片说明.txt", mime="text/plain", content="夜间施工照片".encode() * 200))
told = dict(kind="complaint", title="夜间施工", text="柳溪路工地连续三晚施工")
row = inbox.submit(channel="web", contact=lin, files=[paper], **told, at=at)
inbox.drain(at=at)
intake.receive(channel="phone", contact=he, **told, by=zhou, at=at)
while inbox.drain(at=at):
    pass
sequence.sequence(at=at)
print(row.follow_code)
"""
MORE = """
from pingyi import clock
from pingyi.bureau.models import Member
from pingyi.record import sequence
from pingyi.stations.cases.actions import intake
officer = Member.objects.filter(role="supervision_office").first().actor()
intake.receive(kind="complaint", channel="phone", title="油烟扰民", text="餐馆油烟", by=officer, at=clock.now())
sequence.sequence(at=clock.now())
"""


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a site is started with; nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "PYTEST_", "DJANGO_"))}
    mine = {"PINGYI_ROOT": str(ROOT), "PINGYI_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return {**kept, **mine, **more}


def pingyi(home: Path, *words: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command of a site, under a system's usual habits for new files."""
    command = [sys.executable, "-m", "pingyi", *words]
    return subprocess.run(
        command, env=environment(home, **more), capture_output=True, encoding="utf-8", errors="replace", input=given,
        check=False, umask=LOOSE, cwd=home.parent,
    )  # fmt: skip


def run(home: Path, *words: str, **more: str) -> str:
    """Run a command that has to succeed, and return what it printed."""
    done = pingyi(home, *words, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def script(home: Path, text: str, **more: str) -> str:
    """Run some lines inside the site."""
    return run(home, "manage", "shell", "-v0", "-c", text, **more)


def played(home: Path, **more: str) -> str:
    """Play the small site into a home, and return the code under which its citizen follows the matter."""
    if not more.get("PINGYI_DATABASE_URL"):
        lay_out(home)
    run(home, "manage", "migrate", "-v0", **more)
    return script(home, PLAY, **more).split()[-1]


def open_to_others(home: Path) -> list[str]:
    """Everything from the home down that somebody other than its owner has any right to."""
    found = [home, *home.rglob("*")]
    return [str(one.relative_to(home)) for one in found if not one.is_symlink() and one.stat().st_mode & 0o077]
