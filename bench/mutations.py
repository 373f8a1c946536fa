"""One line of `record/` broken at a time: does a test turn red? `./pingyi bench mutations [module …] [test file …]`.

The tests run once, which lines each of them reaches is kept, and then every mutant runs in a fork of that process: the
code of one function is exchanged in its place, and the tests that reach the line run until the first is red. Whoever
survives is printed; `docs/reference/mutations.md` says of each why it may, or which test it asks for.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from mutators import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "src" / "pingyi" / "record"
# Tests that look from another process see the code as it is, and would only cost time.
TESTS = (
    "src/pingyi/record/tests", "--ignore=src/pingyi/record/tests/test_verify.py",
    "src/pingyi/stations/cases/tests/test_audited.py", "src/pingyi/stations/cases/tests/test_restricted_apart.py",
    "src/pingyi/bureau/tests/test_bound_logins.py", "src/pingyi/bureau/tests/test_shelf_check.py",
)  # fmt: skip
LEFT_OUT = ("apps", "checks", "views", "urls", "forms", "jobs", "sentences", "faults", "models", "log", "guards")
PATIENCE = 30  # seconds beyond ten times what the tests took: a mutant that never ends is found as well


def main(words: list[str]) -> int:
    """Try the modules named, or all that decide something; 1 where a mutant survived."""
    tests = [word for word in words if "/" in word] or TESTS
    names = [word for word in words if "/" not in word] or sorted(
        {path.stem for path in RECORD.glob("*.py")} - {*LEFT_OUT, "__init__"}
    )
    trial = Trial(names)
    sys.path.insert(0, str(ROOT))
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests], plugins=[trial])
    return trial.tell()


class Trial:
    """A plugin of pytest that runs the tests once, and then once for each mutant."""

    def __init__(self, names: Sequence[str]) -> None:
        """Keep which modules are tried."""
        self.names = names
        self.reached: dict[tuple[str, int], set[int]] = {}
        self.seconds: dict[int, float] = {}
        self.survivors: list[Mutant] = []
        self.unreached: list[Mutant] = []
        self.red: set[int] = set()
        self.tried = 0
        self._failed = False
        self._item = 0

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Take notice of a red test."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: Any) -> bool:
        """Run all as they are, then break one line after the other."""
        for number, item in enumerate(session.items):
            self._item, began = number, time.monotonic()
            sys.settrace(self._entered)
            self._run(session, [number], after=(*session.items, session)[number + 1])
            sys.settrace(None)
            self.seconds[number] = time.monotonic() - began
            if self._failed:
                print(f"red before anything was broken, and left out: {item.nodeid}", flush=True)
                self._failed = False
                self.red.add(number)
        for name in self.names:
            for mutant in mutants(RECORD / f"{name}.py"):
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
        if not tests:
            self.unreached.append(mutant)
        elif self._survives(session, mutant, tests):
            self.survivors.append(mutant)
            print(f"survived: {mutant}", flush=True)

    def _survives(self, session: Any, mutant: Mutant, tests: list[int]) -> bool:
        child = os.fork()
        if not child:
            self._break(session, mutant, tests)
        return _waited(child, PATIENCE + 10 * sum(self.seconds[one] for one in tests)) == 0

    def _break(self, session: Any, mutant: Mutant, tests: list[int]) -> None:
        """Run in the child: exchange the code, run the tests, and end with what came of it."""
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        try:
            exchange(mutant)
            self._run(session, tests)
        except BaseException:  # noqa: BLE001 - whatever stops the tests has been noticed
            os._exit(1)
        os._exit(1 if self._failed else 0)

    def _run(self, session: Any, numbers: Sequence[int], after: Any = None) -> None:
        items = [session.items[number] for number in numbers]
        for item, following in zip(items, [*items[1:], after], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return

    def _say(self, name: str) -> None:
        alive = [one for one in self.survivors if one.module == name]
        blind = [one for one in self.unreached if one.module == name]
        print(f"{name}: {len(alive)} survived, {len(blind)} in lines that no test here reaches", flush=True)

    def tell(self) -> int:
        """Print what is left."""
        for one in self.unreached:
            print(f"unreached: {one}")
        print(f"{self.tried} mutants, {len(self.survivors)} survived, {len(self.unreached)} unreached")
        return 1 if self.survivors or self.unreached else 0


def _waited(child: int, seconds: float) -> int:
    """Return how a child ended; one that does not is ended, and counts as noticed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def exchange(mutant: Mutant) -> None:
    """Put the broken code into the function that every importer already holds."""
    module = importlib.import_module(f"pingyi.record.{mutant.module}")
    code = compile(mutant.tree, str(RECORD / f"{mutant.module}.py"), "exec", dont_inherit=True)
    owner: Any = module
    for name in mutant.path:
        code = next(one for one in _inside(code) if one.co_name == name)
        owner = vars(owner)[name]
    function = _bare(owner)
    function.__code__ = code


def _inside(code: CodeType) -> Iterator[CodeType]:
    return (one for one in code.co_consts if isinstance(one, CodeType))


def _bare(found: Any) -> Any:
    """Return the function behind a property, a class method or a decorator."""
    while not hasattr(found, "__code__") or hasattr(found, "__wrapped__"):
        if hasattr(found, "cache_clear"):
            found.cache_clear()
        found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found.__wrapped__
    return found
