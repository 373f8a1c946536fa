"""No test needs a quiet machine or a port of its own: what such tests have in common is looked for in all of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVERS = {"serve", "demo"}
HAS_A_PORT = {"--port", "--only-play", "--help"}  # a demo that only plays listens on nothing
CLICK = re.compile(r"\.(?:click|dblclick|tap)\(")


def default_ports(tests: Path) -> Iterator[str]:
    """Yield where a test starts a server on the port that every server has by default, or on one that it spells out."""
    for path in sorted(tests.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            words = _words(node)
            if words & SERVERS and not words & HAS_A_PORT:
                yield f"{path}:{node.lineno} starts a server without a port of its own"  # type: ignore[attr-defined]


def _words(node: ast.AST) -> set[str]:
    """Return the literal words that a call, list or tuple hands over, by themselves."""
    told = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, (ast.List, ast.Tuple)) else []
    words = {one.value for one in told if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return set() if _opens_a_round(node) else words


def _opens_a_round(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "open_round"  # "demo" is a plan there


def clicks(tests: Path) -> Iterator[str]:
    """Yield where a browser test clicks by itself: it must say whether another page follows (conftest)."""
    for path in sorted(tests.rglob("test_*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if CLICK.search(line):
                yield f"{path}:{number} clicks without saying what follows: use follow or press"


def test_no_test_starts_a_server_on_a_port_that_another_may_have() -> None:
    faults = [*default_ports(ROOT / "src"), *default_ports(ROOT / "tests")]
    assert not faults, "\n".join(faults)


def test_no_browser_test_asks_a_page_that_is_on_its_way_to_the_next() -> None:
    faults = list(clicks(ROOT / "tests" / "browser"))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (default_ports, 'def test_x(root):\n    run(root, "serve")\n'),
        (default_ports, 'def test_x():\n    command = [python, "-m", "pingyi", "serve"]\n'),
        (clicks, 'def test_x(page):\n    page.get_by_role("button").click()\n'),
    ],
)
def test_a_test_that_needs_luck_is_found(tmp_path: Path, rule: object, text: str) -> None:
    (tmp_path / "test_x.py").write_text(text, encoding="utf-8")
    assert callable(rule)
    assert list(rule(tmp_path))
