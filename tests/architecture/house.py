"""The house's rules as functions from a source tree to a list of faults; each is also shown a tree that breaks it."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

MOST_LINES_OF_A_FILE = 300
LONGER_BY_DESIGN = {"verify.py": 2250}  # the stranger's program is one file, so that one file can be read and trusted
MOST_LINES_OF_A_FUNCTION = 40
FORBIDDEN_NAMES = {"data", "info", "manager", "helper", "helpers", "utils", "common", "base", "core", "service"}
NAMED_BY_DJANGO = {Path("storage/sqlite/base.py")}  # an engine is loaded by this name
# Loaded inside a function on purpose: they cost a second or more, or load Django for a command that may not need it.
HEAVY = {
    "django", "pingyi", "granian", "duckdb", "pandas", "scipy", "numpy", "docx", "pdfplumber", "pypdfium2", "opencc",
    "lxml", "selectolax", "python_calamine", "xlsxwriter", "charset_normalizer", "allauth", "rich", "puremagic",
    "PIL", "icalendar", "segno", "pyarrow", "narwhals", "typer", "cn2an", "babel", "cryptography", "pydantic", "ruamel",
    "sklearn", "typst",
}  # fmt: skip
# Rows that are not recorded: notices, logins and the like may be saved directly, in these files only.
PLAIN_WRITERS = {
    "record", "bureau/notices.py", "bureau/logins.py", "bureau/accounts.py", "rehearsal",
}  # fmt: skip


def sources(tree: Path, *, tests: bool = False) -> Iterator[Path]:
    """Yield the tree's Python files, without migrations, and without tests unless asked for."""
    for path in sorted(tree.rglob("*.py")):
        parts = path.relative_to(tree).parts
        if "migrations" not in parts and (tests or "tests" not in parts):
            yield path


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines from `def` to its last line, without its docstring."""
    documented = ast.get_docstring(function, clean=False)
    return (function.end_lineno or 0) - function.lineno + 1 - (documented.count("\n") + 1 if documented else 0)


def long_files(tree: Path) -> list[str]:
    """Files longer than the house allows."""
    counted = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in sources(tree, tests=True))
    limits = {tree / name: most for name, most in LONGER_BY_DESIGN.items()}
    return [f"{path}: {lines} lines" for path, lines in counted if lines > limits.get(path, MOST_LINES_OF_A_FILE)]


def long_functions(tree: Path) -> list[str]:
    """Functions longer than the house allows."""
    return [
        f"{path}:{function.lineno} {function.name}: {length(function)} lines"
        for path in sources(tree)
        for function in functions(path)
        if length(function) > MOST_LINES_OF_A_FUNCTION
    ]


def function_sizes(tree: Path) -> tuple[float, float]:
    """Return the median and the ninetieth percentile of all functions' lengths."""
    lengths = [length(function) for path in sources(tree) for function in functions(path)]
    return median(lengths), quantiles(lengths, n=10)[-1]


def impure_imports(tree: Path) -> list[str]:
    """Imports in `rules/` and `verify.py` that are not of the standard library (or of the rules themselves)."""
    files = [*sources(tree / "rules"), *(path for path in [tree / "verify.py"] if path.exists())]
    faults = []
    for path in files:
        own = {"pingyi.rules"} if "rules" in path.relative_to(tree).parts else set()
        for line, name in imports(path):
            if name.split(".")[0] not in sys.stdlib_module_names and not any(name.startswith(prefix) for prefix in own):
                faults.append(f"{path}:{line} imports {name}")
    return faults


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of each import."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def imports_of(package: str, files: Sequence[Path]) -> list[str]:
    """Imports of a package that these files must do without."""
    found = [(path, line, name) for path in files for line, name in imports(path)]
    return [f"{path}:{line} imports {name}" for path, line, name in found if name.split(".")[0] == package]


def local_imports(tree: Path) -> list[str]:
    """Imports inside functions, but for the heavy libraries."""
    faults = []
    for path in sources(tree):
        for function in functions(path):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    name = node.names[0].name if isinstance(node, ast.Import) else node.module or ""
                    if name.split(".")[0] not in HEAVY or (name.startswith("pingyi") and not _may_wait(path, tree)):
                        faults.append(f"{path}:{node.lineno} imports {name} inside {function.name}")
    return faults


def _may_wait(path: Path, tree: Path) -> bool:
    inside = path.relative_to(tree)
    return inside.parts[0] in {"cli", "analytics"} or path.name in {"apps.py", "jobs.py"} or "commands" in inside.parts


def clock_readers(tree: Path) -> list[str]:
    """Calls of now() or today() outside `clock.py`."""
    faults = []
    for path in sources(tree):
        if path.relative_to(tree) == Path("clock.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                reads = node.func.attr in {"now", "today", "utcnow", "localdate", "localtime"} and not node.args
                if reads and not (isinstance(owner, ast.Name) and owner.id == "clock"):
                    faults.append(f"{path}:{node.lineno} reads the time")
    return faults


def direct_writes(tree: Path) -> list[str]:
    """Calls of model writes outside the record and the named exceptions."""
    writing = re.compile(
        r"\.(?:objects|_default_manager)\.[^#\n]*\b(?:create|bulk_create|bulk_update)\(|\.(?:save|delete)\(\)"
    )
    faults = []
    for path in sources(tree):
        inside = path.relative_to(tree).as_posix()
        if any(inside == name or inside.startswith(name + "/") for name in PLAIN_WRITERS):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if writing.search(line) and "# plain row" not in line:
                faults.append(f"{path}:{number} {line.strip()}")
    return faults


def loose_foreign_keys(tree: Path) -> list[str]:
    """Foreign keys that are not PROTECT."""
    faults = []
    for path in sources(tree):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            if (
                isinstance(node, ast.Call)
                and name in {"ForeignKey", "OneToOneField"}
                and "PROTECT" not in ast.unparse(node)
            ):
                faults.append(f"{path}:{node.lineno} is not PROTECT")
    return faults


def cited_clauses(tree: Path) -> set[str]:
    """Every clause number that the code cites, such as 4.3c."""
    cited: set[str] = set()
    for path in sources(tree, tests=True):
        cited |= set(re.findall(r"§(\d+(?:\.\d+)*[a-d]?)", path.read_text(encoding="utf-8")))
    return cited


def vague_names(tree: Path) -> list[str]:
    """Modules whose name says nothing."""
    named = (path for path in sources(tree) if path.relative_to(tree) not in NAMED_BY_DJANGO)
    return [str(path) for path in named if path.stem in FORBIDDEN_NAMES]


def empty_files(tree: Path) -> list[str]:
    """Files without a word in them."""
    return [str(path) for path in sources(tree, tests=True) if not path.read_text(encoding="utf-8").strip()]


def verbs_acted(tree: Path) -> set[str]:
    """Every verb that some action opens an act with."""
    found: set[str] = set()
    for path in sources(tree):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if isinstance(node, ast.Call) and name == "act" and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found
