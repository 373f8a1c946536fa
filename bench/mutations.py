"""One line of `record/` broken at a time: does a test turn red? `./pingyi bench mutations [module …] [test file …]`.

`./pingyi bench mutations postgresql` tries, on a server, those of which the page says that SQLite has no use for them.

The tests run once, which lines each of them reaches is kept, and then every mutant runs in a fork of that process: the
code of one function is exchanged in its place, and the tests that reach the line run until the first is red. Tests that
are red in a fork of unbroken code are left out, for they would find anything. Whoever survives is printed, unless
`docs/reference/mutations.md` says why it may; a line there that no longer survives, or is no longer there, is printed
too, so that the page only becomes shorter. `TMPDIR=/dev/shm` spares the disk.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from mutators import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "src" / "pingyi" / "record"
PAGE = ROOT / "docs" / "reference" / "mutations.md"
EXPLAINED = re.compile(r"^\* `([a-z_]+\.py .+)`$", re.MULTILINE)
ON_A_SERVER = re.compile(r"^### PostgreSQL alone$(.+?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
# Tests that look from another process see the code as it is, and would only cost time.
TESTS = (
    "src/pingyi/record/tests", "--ignore=src/pingyi/record/tests/test_verify.py",
    "src/pingyi/stations/cases/tests/test_audited.py", "src/pingyi/stations/cases/tests/test_restricted_apart.py",
    "src/pingyi/stations/cases/tests/test_personal.py", "src/pingyi/stations/cases/tests/test_update_of_before.py",
    "src/pingyi/bureau/tests/test_bound_logins.py", "src/pingyi/bureau/tests/test_shelf_check.py",
)  # fmt: skip
# Words, addresses and pages, which the tests of pages walk; what a page may show is decided in `queries`.
LEFT_OUT = ("__init__", "apps", "faults", "forms", "sentences", "urls", "views")
PATIENCE = 10  # seconds beyond ten times what a test took: a mutant that never ends is found as well
UNBROKEN = 2  # how a child ends whose code could not be exchanged
_LEFT: list[Any] = []  # connections of the parent: held, so that none is closed by being forgotten


def main(words: list[str]) -> int:
    """Try the modules named, or all that decide something; 1 where a mutant survived."""
    tests = [word for word in words if "/" in word] or TESTS
    names = [word for word in words if "/" not in word]
    sys.path.insert(0, str(ROOT))
    if names == ["postgresql"]:
        return _on_a_server(tests)
    return _run(Trial(names or tried(), explained()), tests)


def _on_a_server(tests: Sequence[str]) -> int:
    from tests import on_postgres

    alone = frozenset(EXPLAINED.findall(" ".join(ON_A_SERVER.findall(PAGE.read_text(encoding="utf-8")))))
    with on_postgres.server(on_postgres.UNHURRIED) as url:
        if url is None:
            print("No PostgreSQL server can be started here.")
            return 2
        os.environ["PINGYI_DATABASE_URL"] = url
        names = sorted({one.partition(".py ")[0] for one in alone})
        return _run(Trial(names, frozenset(), only=alone), tests)


def _run(trial: Trial, tests: Sequence[str]) -> int:
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "timeout=0", *tests], plugins=[trial])
    return trial.tell()


def tried() -> list[str]:
    """Return the modules that decide something."""
    return sorted({path.stem for path in RECORD.glob("*.py")} - set(LEFT_OUT))


def explained() -> frozenset[str]:
    """Return the mutants of which the page says why they may survive."""
    return frozenset(EXPLAINED.findall(PAGE.read_text(encoding="utf-8")))


class Trial:
    """A plugin of pytest that runs the tests once, and then once for each mutant."""

    def __init__(self, names: Sequence[str], explained: frozenset[str], only: frozenset[str] = frozenset()) -> None:
        """Keep which modules are tried, or which mutants alone, and which may survive."""
        self.names = names
        self.explained = explained
        self.only = only
        self.reached: dict[tuple[str, int], set[int]] = {}
        self.seconds: dict[int, float] = {}
        self.survivors: list[Mutant] = []
        self.unreached: list[Mutant] = []
        self.unbroken: list[Mutant] = []
        self.red: set[int] = set()
        self.tried = 0
        self._failed = False
        self._item = 0

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Take notice of a red test."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: Any) -> bool:
        """Run all as they are, then break one line after the other."""
        for number in range(len(session.items)):
            self._item, began = number, time.monotonic()
            threading.settrace(self._entered)
            sys.settrace(self._entered)
            if self._run(session, number):
                self.red.add(number)
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
            self.seconds[number] = time.monotonic() - began
        wanted = {number for (module, _), found in self.reached.items() if module in self.names for number in found}
        for number in sorted(wanted - self.red):
            if self._ended(session, None, [number]):
                self.red.add(number)
        for number in sorted(self.red):
            print(f"red before anything was broken, and left out: {session.items[number].nodeid}", flush=True)
        for name in self.names:
            for mutant in mutants(RECORD / f"{name}.py"):
                if not self.only or str(mutant) in self.only:
                    self._try(session, mutant)
            self._say(name)
        return True

    def _entered(self, frame: FrameType, event: str, _: Any) -> Any:
        path = frame.f_code.co_filename
        return self._stepped if path.startswith(str(RECORD)) and "/tests/" not in path else None

    def _stepped(self, frame: FrameType, event: str, _: Any) -> Any:
        self.reached.setdefault((Path(frame.f_code.co_filename).stem, frame.f_lineno), set()).add(self._item)
        return self._stepped

    def _try(self, session: Any, mutant: Mutant) -> None:
        found = {one for line in mutant.lines for one in self.reached.get((mutant.module, line), ())}
        tests = sorted(found - self.red, key=lambda number: self.seconds[number])
        self.tried += 1
        ended = self._ended(session, mutant, tests) if tests else None
        kept = {None: self.unreached, 0: self.survivors, UNBROKEN: self.unbroken}
        if ended in kept:
            kept[ended].append(mutant)
            said = {None: "unreached", 0: "survived", UNBROKEN: "could not be broken"}[ended]
            print(f"\n{said}: {mutant}", flush=True)

    def _ended(self, session: Any, mutant: Mutant | None, tests: list[int]) -> int:
        """Run tests in a fork, with one line broken or with none, and return how it ended."""
        child = os.fork()
        if not child:
            self._break(session, mutant, tests)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _break(self, session: Any, mutant: Mutant | None, tests: list[int]) -> None:
        """Run in the child: exchange the code, run the tests, and end with what came of it."""
        _leave_the_parents_connection()
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        try:
            if mutant:
                exchange(mutant)
        except BaseException:  # noqa: BLE001 - said as what it is, not as found by a test
            os._exit(UNBROKEN)
        try:
            for number in tests:
                signal.setitimer(signal.ITIMER_REAL, PATIENCE + 10 * self.seconds[number])
                if self._run(session, number):
                    os._exit(1)
        except BaseException:  # noqa: BLE001 - whatever stops the tests has been noticed
            os._exit(1)
        os._exit(0)

    def _run(self, session: Any, number: int) -> bool:
        """Run one test, and leave what the whole session shares in its place; return whether it was red."""
        item, self._failed = session.items[number], False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
        return self._failed

    def _say(self, name: str) -> None:
        alive = [one for one in self.survivors if one.module == name]
        blind = [one for one in self.unreached if one.module == name]
        print(f"\n{name}: {len(alive)} survived, {len(blind)} in lines that no test here reaches", flush=True)

    def tell(self) -> int:
        """Print what is left, and what the page explains without need; 0 where there is neither."""
        alive = {str(one) for one in (*self.survivors, *self.unreached)}
        for left in sorted(alive - self.explained):
            print(f"unexplained: {left}")
        dead = {one for one in self.explained - alive if one.partition(".py ")[0] in self.names}
        for found in sorted(dead):
            print(f"explained, but it is found now or is no longer there: take it out of {PAGE.name}: {found}")
        for one in self.unbroken:
            print(f"could not be broken: {one}")
        print(f"{self.tried} mutants, {len(self.survivors)} survived, {len(self.unreached)} unreached")
        return 1 if dead or self.unbroken or not self.tried or alive - self.explained else 0


def _leave_the_parents_connection() -> None:
    """On a server a child asks by a connection of its own: it shares the parent's, and must not end it either."""
    from django.db import connection

    if connection.vendor == "postgresql":
        _LEFT.append(connection.connection)
        connection.connection = None


def exchange(mutant: Mutant) -> None:
    """Put the broken code into the function that every importer already holds."""
    module = importlib.import_module(f"pingyi.record.{mutant.module}")
    owner: Any = module
    for name in mutant.path:
        owner = vars(owner)[name]
    function, tree = _bare(owner), mutant.tree
    code = _code(tree, mutant)
    if set(function.__code__.co_freevars) - set(code.co_freevars):  # it says super() no longer, but is still a method
        _node(tree, mutant).body.insert(0, ast.Expr(ast.Name("__class__", ast.Load())))
        code = _code(ast.fix_missing_locations(tree), mutant)
    function.__code__ = code


def _code(tree: ast.Module, mutant: Mutant) -> CodeType:
    code = compile(tree, str(RECORD / f"{mutant.module}.py"), "exec", dont_inherit=True)
    for name in mutant.path:
        code = next(one for one in _inside(code) if one.co_name == name)
    return code


def _node(tree: ast.Module, mutant: Mutant) -> Any:
    found: Any = tree
    for name in mutant.path:
        found = next(one for one in ast.walk(found) if getattr(one, "name", None) == name)
    return found


def _inside(code: CodeType) -> Iterator[CodeType]:
    return (one for one in code.co_consts if isinstance(one, CodeType))


def _bare(found: Any) -> Any:
    """Return the function behind a property, a class method or a decorator."""
    while not hasattr(found, "__code__") or hasattr(found, "__wrapped__"):
        if hasattr(found, "cache_clear"):
            found.cache_clear()
        found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found.__wrapped__
    return found
