"""The documents tell of the code that is there: every path they name exists, every word of the glossary is used."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from pingyi.cli.reference import pages

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / "src" / "pingyi"
DOCUMENTS = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
PATH = re.compile(r"`([\w.-]+(?:/[\w.{},*-]+)+/?|[\w-]+\.(?:py|md|yaml|toml))`")
# What .gitignore leaves out, so that no document leans on it.
NOT_OURS = {".git", ".venv", ".tools", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "var"}
MADE_BY_USE = {"var/", "var/demo", "var/record-key", "var/pingyi.sqlite3"}  # appear when the site has run


def named_paths(text: str) -> set[str]:
    """Everything in backticks that begins with a folder of this tree, or ends as its files do."""
    return {path for path in PATH.findall(text) if "/" not in path or f"/{path.split('/')[0]}" in folders()}


@cache
def kept() -> frozenset[str]:
    """Every file and folder of the tree; a bare machine has no git to ask for them."""
    found = set()
    for at, names, files in os.walk(ROOT):
        names[:] = [name for name in names if name not in NOT_OURS]
        found |= {Path(at, name).relative_to(ROOT).as_posix() for name in (*names, *files)}
    return frozenset("/" + name for name in found)


@cache
def folders() -> frozenset[str]:
    """The name of every folder, wherever it lies."""
    return frozenset(name[name.rindex("/") :] for name in kept() if "." not in name.rsplit("/", 1)[1])


def exists(path: str) -> bool:
    """Documents shorten a path from the left (`rules/task.py`) and may leave the ending of a module away."""
    plain = path.rstrip("/")
    return any(name.endswith(("/" + plain, f"/{plain}.py")) for name in kept())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    named = named_paths(document.read_text(encoding="utf-8")) - MADE_BY_USE
    missing = sorted(path for path in named if not exists(path))
    assert not missing, f"{document.name} names {missing}"


def test_a_path_that_is_gone_is_seen() -> None:
    assert named_paths("as `rules/nowhere.py` says") == {"rules/nowhere.py"}
    assert not exists("rules/nowhere.py")
    assert exists("rules/task.py")
    assert exists("stations/plans/actions/task")


def test_the_tour_walks_through_files() -> None:
    assert len(named_paths((ROOT / "docs" / "tour.md").read_text(encoding="utf-8"))) >= 20


def glossary_words(part: str) -> list[str]:
    """The code words of one part of the glossary."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    chosen = text.split("## To come")[0 if part == "in use" else 1]
    cells = [line.split("|")[2] for line in chosen.splitlines() if line.startswith("| ")]
    return [word for cell in cells for span in re.findall(r"`([^`]+)`", cell) for word in re.split(r"[·\s]+", span)]


def test_every_word_of_the_glossary_is_a_word_of_the_code() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in TREE.rglob("*.py") if "tests" not in path.parts)
    used = "\n".join(sorted({_plain(word) for word in re.findall(r"\w+", code)}))
    missing = [word for word in glossary_words("in use") if _plain(word) not in used]
    assert not missing, f"docs/glossary.md has words that the code does not use: {missing}"
    assert len(glossary_words("in use")) > 60


def _plain(word: str) -> str:
    return word.replace("_", "").casefold()


@pytest.mark.parametrize("name", ["verbs.md", "permissions.md", "states.md", "settings.md", "plan.md", "commands.md"])
def test_the_reference_says_what_the_code_says(name: str) -> None:
    kept_text = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert kept_text == pages()[name], f"docs/reference/{name} is out of date: run ./pingyi reference"
