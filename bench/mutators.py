"""Ways to break one line: conditions turned round, statements left out, comparisons, numbers and answers exchanged."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
DROPPED = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Delete)
Way = tuple[str, Callable[[ast.AST], ast.AST]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """One line of a module broken in one way, and the function that holds it."""

    module: str
    path: tuple[str, ...]  # of the function, through its class
    lines: range
    how: str
    code: str  # the line as it stands
    broken: Callable[[], ast.Module]

    @property
    def tree(self) -> ast.Module:
        """Return the module's tree with the line broken."""
        return self.broken()

    def __str__(self) -> str:
        """Return place and way, without the line's number: it stays the same while others are written above it."""
        return f"{self.module}.py {'.'.join(self.path)}: {self.how}: {self.code}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module's functions; what runs once at import is not tried."""
    text = path.read_text(encoding="utf-8")
    tree, written = ast.parse(text), text.splitlines()
    for names, function in _functions(tree, ()):
        alike = Counter[tuple[str, str]]()
        for number, node in enumerate(_nodes(function)):
            for how, broken in _ways(node, function):
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)  # type: ignore[attr-defined]
                code = written[lines.start - 1].strip()
                alike[how, code] += 1
                told = f"{how} ({alike[how, code]})" if alike[how, code] > 1 else how
                changed = partial(_with, tree, names, number, broken)
                yield Mutant(module=path.stem, path=names, lines=lines, how=told, code=code, broken=changed)


def _functions(node: ast.AST, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield (*names, child.name), child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, (*names, child.name))


def _nodes(function: ast.FunctionDef) -> list[ast.AST]:
    """Return what runs when the function is called: its defaults were read once, at import."""
    return [node for statement in function.body for node in _walk(statement)]


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it but `strict=` of zip, which only says aloud that both sides are of one length."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.keyword) and child.arg == "strict"):
            yield from _walk(child)


def _with(tree: ast.Module, names: tuple[str, ...], number: int, broken: Callable[[ast.AST], ast.AST]) -> ast.Module:
    """Return a copy of the tree in which one node of one function is another."""
    whole = copy.deepcopy(tree)
    function = next(found for path, found in _functions(whole, ()) if path == names)
    node = _nodes(function)[number]
    for parent in ast.walk(function):
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, broken(node))
            elif isinstance(value, list) and node in value:
                value[value.index(node)] = broken(node)
    return ast.fix_missing_locations(whole)


def _ways(node: ast.AST, function: ast.FunctionDef) -> Iterator[Way]:
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield "condition turned round", _turned
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield f"{type(node.ops[0]).__name__} exchanged", _compared
    elif isinstance(node, ast.BoolOp):
        yield "and for or", _joined
    elif isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        yield "answers nothing", _answerless
    elif isinstance(node, DROPPED) and not _is_docstring(node, function):
        yield f"{type(node).__name__} left out", _left_out
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield f"{node.value} exchanged", _counted


def _turned(node: ast.AST) -> ast.AST:
    changed = copy.deepcopy(node)
    changed.test = ast.UnaryOp(ast.Not(), changed.test)  # type: ignore[attr-defined]
    return changed


def _compared(node: ast.AST) -> ast.AST:
    changed = copy.deepcopy(node)
    changed.ops = [SWAPPED[type(changed.ops[0])]()]  # type: ignore[attr-defined]
    return changed


def _joined(node: ast.AST) -> ast.AST:
    changed = copy.deepcopy(node)
    changed.op = ast.Or() if isinstance(changed.op, ast.And) else ast.And()  # type: ignore[attr-defined]
    return changed


def _answerless(node: ast.AST) -> ast.AST:
    del node
    return ast.Return(ast.Constant(None))


def _left_out(node: ast.AST) -> ast.AST:
    """Keep the statement where it never runs: a generator stays one, and what a method asks of its class is there."""
    return ast.If(ast.Constant(value=False), [node], [])  # type: ignore[list-item]


def _counted(node: ast.AST) -> ast.AST:
    value = node.value  # type: ignore[attr-defined]
    return ast.Constant(not value if isinstance(value, bool) else value + 1)


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _is_docstring(node: ast.AST, function: ast.FunctionDef) -> bool:
    inner = [one for one in ast.walk(function) if isinstance(one, ast.FunctionDef)]
    return any(node is one.body[0] for one in inner) and isinstance(getattr(node, "value", None), ast.Constant)
