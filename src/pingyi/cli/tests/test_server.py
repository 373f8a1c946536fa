"""The server outlives its children: a killed one is replaced while the site goes on (§5.4)."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pingyi.cli.server import Shape, fitting
from pingyi.cli.tests.patience import PATIENCE, free_port, wait_until
from pingyi.cli.tests.test_trouble import answer_of, root, started, wait_for
from pingyi.storage.tests.template import lay_out

__all__ = ["root"]


@pytest.fixture
def prepared(root: Path) -> Path:
    """A folder whose site has its database already."""
    lay_out(root / "var")
    return root


def children(pid: int) -> list[int]:
    """The processes that a server's process started and that answer requests: neither worker nor reader."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(path.joinpath("stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
            words = path.joinpath("cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid and b"--beside" not in words and b"pingyi.reader" not in words:
            found.append(int(path.name))
    return sorted(found)


def worked(pid: int) -> int:
    """How many ticks of a processor a process has used."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]))


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the children in /proc, as Linux has it")


@LINUX
def test_a_site_that_is_asked_to_stop_while_its_processes_start_stops(prepared: Path) -> None:
    with started(prepared, "serve", "--port", str(free_port()), PINGYI_PROCESSES="2") as site:
        wait_until(lambda: len(children(site.pid)) >= 2, told="no process", goes_on=lambda: site.poll() is None)
        site.terminate()
        assert site.wait(PATIENCE) == 0


@LINUX
def test_a_site_whose_answering_processes_are_killed_answers_again_and_again(prepared: Path) -> None:
    port = free_port()
    with started(prepared, "serve", "--port", str(port), PINGYI_PROCESSES="2") as site:
        wait_for(port, site)
        for _ in range(3):  # the second and third follow at once, which the server itself takes for a hopeless case
            for one in (killed := children(site.pid)):
                os.kill(one, signal.SIGKILL)
            assert killed
            wait_until(lambda these=killed: all(map(gone, these)), told="they are still there")
            wait_for(port, site)
        assert site.poll() is None


@LINUX
def test_two_processes_share_the_work_and_one_goes_on_without_the_other(prepared: Path) -> None:
    port = free_port()
    with started(prepared, "serve", "--port", str(port), PINGYI_PROCESSES="2") as site:
        wait_for(port, site)
        both = children(site.pid)
        assert len(both) == 2
        before = {one: worked(one) for one in both}

        def asked() -> bool:
            with ThreadPoolExecutor(8) as visitors:
                assert all(visitors.map(answer_of, [port] * 32))
            return all(worked(one) > before[one] for one in both)

        wait_until(asked, told="one process does nothing")
        os.kill(both[0], signal.SIGKILL)
        wait_for(port, site)
        wait_until(lambda: len(set(children(site.pid)) - {both[0]}) == 2, told="the killed one was not replaced")
        assert both[1] in children(site.pid)


def test_threads_do_not_ask_for_more_connections_than_the_database_server_has() -> None:
    assert fitting(Shape(2, 32), most=97) == Shape(2, 32)
    assert fitting(Shape(4, 32), most=97) == Shape(4, 23)
    assert fitting(Shape(8, 32), most=10) == Shape(5, 1)
    assert fitting(Shape(8, 32), most=3) == Shape(1, 1)
