"""Slips of the keyboard that would stop the YAML parser: each is reported and read as it was meant."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

from pingyi.authoring.problems import Problem
from pingyi.rules import plan
from pingyi.rules.plan import conduct, measure, outcome, people, schedule, voting

_NAMES = {
    entry.name
    for module in (plan, conduct, measure, outcome, people, schedule, voting)
    for member in vars(module).values()
    if isinstance(member, type) and is_dataclass(member)
    for entry in fields(member)
}
MOST_SLIPS = 1000  # a file of other bytes than text would have one at every letter
_INDENT = re.compile(r"^[ \t\u3000\u00a0]*")
_WIDE_COLON = re.compile(r"^(\s*(?:-\s+)?)([a-z_]+)\s*：[ \u3000]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> tuple[str, list[Problem]]:
    """Return the text as it was meant, with a problem for each slip."""
    problems: list[Problem] = []
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for number, line in enumerate(lines):
        lines[number] = _line(line, number + 1, problems)
    return "\n".join(lines), problems


def _line(line: str, number: int, problems: list[Problem]) -> str:
    for found in _CONTROL.finditer(line):
        if len(problems) >= MOST_SLIPS:
            break
        facts = {"character": f"U+{ord(found.group()):04X}"}
        problems.append(Problem(code="control_character", line=number, column=found.start() + 1, facts=facts))
    line = _CONTROL.sub("?", line)
    indent = _INDENT.match(line)
    blank = indent.group() if indent else ""
    if blank.strip(" ") and line.strip() and not line.strip().startswith("#"):
        code = "tab" if "\t" in blank else "wide_space"
        problems.append(Problem(code=code, line=number, column=1))
    if blank.strip(" "):
        line = re.sub(r"[\t\u3000\u00a0]", "  ", blank) + line[len(blank) :]
    return _colon(line, number, problems)


def _colon(line: str, number: int, problems: list[Problem]) -> str:
    found = _WIDE_COLON.match(line)
    if found is None or found.group(2) not in _NAMES:
        return line
    problems.append(Problem(code="wide_colon", line=number, column=found.end(2) + 1, facts={"key": found.group(2)}))
    return f"{found.group(1)}{found.group(2)}: {line[found.end() :]}"
