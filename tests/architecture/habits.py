"""More of the house's rules as functions from a source tree to a list of faults: what is deliberately absent."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import imports, sources

# A second door to the rows, or a change that nobody sees: word → the only files that may hold it.
ABSENT = {
    "ModelForm": (),
    "GenericForeignKey": (),
    "django.contrib.admin": (),
    "rest_framework": (),
    "celery": (),
    # Programs without a session: a witness is known by its signature, a hotline's system by its channel's key.
    "csrf_exempt": (
        "record/views.py",
        "stations/cases/views/georeport.py",
        "stations/cases/views/interface/problems.py",
    ),
    "mark_safe": (),
    "SafeString": ("web/templatetags/look.py",),  # what the templates' own tags have escaped already
}
# A field's own `def pre_save` is Django's hook for it, and no signal.
SIGNALS = re.compile(
    r"(?<!def )\b(?:pre|post)_(?:save|delete|init|migrate)\b|\bm2m_changed\b|django\.dispatch|@receiver\b"
)
# The database's own triggers are installed after each migration; logins are written by the framework.
LISTENERS = ("record/apps.py", "record/guards.py", "record/upgrade.py", "bureau/logins.py")
BULK = re.compile(r"(?:\.objects|_default_manager|\.filter\(.*\)|\.exclude\(.*\)|\.all\(\))\.(?:update|delete)\(")


def absent(tree: Path) -> list[str]:
    """Words of mechanisms that the house does without."""
    faults = []
    for path, number, line in lines(tree):
        inside = path.relative_to(tree).as_posix()
        words = [word for word, allowed in ABSENT.items() if word in line and inside not in allowed]
        if SIGNALS.search(line) and inside not in LISTENERS:
            words.append("signals")
        faults += [f"{path}:{number} has {word}" for word in words]
    return faults


def expression_writes(tree: Path) -> list[str]:
    """Writes of F() or another expression: the row would hold what no entry says."""
    faults = []
    for path in sources(tree):
        text = path.read_text(encoding="utf-8")
        written = (value for node in ast.walk(ast.parse(text)) for value in _written(node) if _is_expression(value))
        numbers = sorted({value.lineno for value in written})
        faults += [f"{path}:{one} writes an expression" for one in numbers if _is_recorded(text.splitlines()[one - 1])]
    return faults


def _is_recorded(line: str) -> bool:
    return "# plain row" not in line


def _written(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"update", "create"}:
        yield from (keyword.value for keyword in node.keywords)
    elif isinstance(node, ast.Assign) and any(isinstance(target, ast.Attribute) for target in node.targets):
        yield node.value


def _is_expression(value: ast.expr) -> bool:
    return any(
        isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in {"F", "Case", "Subquery"}
        for part in ast.walk(value)
    )


def bulk_writes(tree: Path) -> list[str]:
    """Updates and deletions of a whole query, which no entry could tell of, but for plain rows."""
    return [
        f"{path}:{number} {line.strip()}"
        for path, number, line in lines(tree)
        if BULK.search(line)
        and "# plain row" not in line
        and path.relative_to(tree).parts[0] not in {"record", "rehearsal"}
        and path.relative_to(tree).as_posix() not in {"bureau/notices.py", "bureau/logins.py", "bureau/accounts.py"}
    ]


def sorted_models(tree: Path) -> list[str]:
    """Models that sort every query by themselves: an order that nobody asked for, and a cost."""
    faults = []
    for path in sources(tree):
        if "models" in path.relative_to(tree).with_suffix("").parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and node.name == "Meta":
                    names = [target for one in node.body if isinstance(one, ast.Assign) for target in one.targets]
                    if any(isinstance(name, ast.Name) and name.id == "ordering" for name in names):
                        faults.append(f"{path}:{node.lineno} has Meta.ordering")
    return faults


def forced_doors(tree: Path) -> list[str]:
    """Another room's views or forms imported: only its actions, queries and models are for others."""
    faults = []
    for path in sources(tree, tests=True):
        for line, name in imports(path):
            found = re.match(r"pingyi\.(?:stations\.)?(\w+)\.(?:views|forms)\b", name)
            room = found[1] if found else ""
            if room and (tree / "stations" / room).is_dir() and room not in path.relative_to(tree).parts:
                faults.append(f"{path}:{line} imports {name}")
    return faults


def loose_templates(tree: Path) -> list[str]:
    """Templates with styles, scripts or handlers in the page, which the CSP forbids, or with unescaped text."""
    loose = re.compile(
        r"\sstyle=[\"']|\son[a-z]+=[\"']|<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\|\s*safe\b"
    )
    faults = []
    for path in sorted(tree.rglob("*.html")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if loose.search(line) and path.name != "field.html":  # Django's own help texts hold markup
                faults.append(f"{path}:{number} {line.strip()[:80]}")
    return faults


def rooms_outside_the_contracts(root: Path) -> list[str]:
    """Rooms that pyproject.toml's contracts do not name: a contract that misses a room protects nothing there."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"].split(":")[0]: one for one in settings["tool"]["importlinter"]["contracts"]}
    faults = []
    for room in sorted(
        path for path in (root / "src" / "pingyi" / "stations").iterdir() if (path / "apps.py").exists()
    ):
        dotted = f"pingyi.stations.{room.name}"
        if dotted not in contracts["Inside a room"]["containers"]:
            faults.append(f"{dotted} is not in the contract of what is inside a room")
    pure = set(contracts["Purity"]["source_modules"])
    faults += [f"pingyi.{name} is not held to be pure" for name in PURE if f"pingyi.{name}" not in pure]
    return faults


PURE = ("rules", "inference", "authoring", "analytics", "documents", "reader", "verify")


# What opens files from outside; beside the reader only these files may name one, since they write files of ours.
DECODERS = {
    "PIL", "pillow_heif", "python_calamine", "docx", "pdfplumber", "pypdfium2", "zipfile", "tarfile", "lxml",
    "selectolax", "puremagic", "email",
}  # fmt: skip
WRITERS = {
    "authoring/bundle.py",
    "backup/archive.py",  # opens only what the office's own passphrase or key has opened
    "backup/encryption.py",
    "documents/official_docx.py",
    "documents/plan_docx.py",
    "rehearsal/photographs.py",
    "stations/cases/georeport.py",
    "verify.py",  # the stranger's program, which runs where no reader is
}


def decoders_outside_the_reader(tree: Path) -> list[str]:
    """Decoders imported elsewhere than in the reader: a file from outside would be opened by who asks for it."""
    faults = []
    for path in sources(tree):
        inside = path.relative_to(tree)
        if inside.parts[0] != "reader" and inside.as_posix() not in WRITERS:
            found = ((line, name) for line, name in imports(path) if name.split(".")[0] in DECODERS)
            faults += [f"{path}:{line} imports {name}" for line, name in found]
    return faults


def lines(tree: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield every line of every source file without its tests."""
    for path in sources(tree):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield path, number, line
