"""A YAML parser's complaint as one of our codes, at the line that a person has to mend."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError, YAMLError

# A piece of the parser's complaint (its context, then its problem) → our code.
_CODES = (
    ("while scanning a quoted scalar found unexpected end of stream", "unclosed_quote"),
    ("flow sequence", "unclosed_bracket"),
    ("flow mapping", "unclosed_bracket"),
    ("mapping values are not allowed", "second_colon"),
    ("could not find expected ':'", "missing_colon"),
    ("expected <block end>", "indentation"),
    ("that cannot start any token", "bad_start"),
)
_AT_THE_OPENING = {"unclosed_quote", "unclosed_bracket"}


def fault(error: YAMLError, lines: list[str]) -> tuple[str, int, int, dict[str, object]]:
    """Return the code, the line and column counted from 0, and the facts of a parser's complaint."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return "syntax", 0, 0, {"detail": str(error).splitlines()[0]}
    said = f"{error.context or ''} {error.problem or ''}"
    code = next((code for piece, code in _CODES if piece in said), "syntax")
    mark = error.context_mark if code in _AT_THE_OPENING and error.context_mark else error.problem_mark
    line, column = min(mark.line, len(lines) - 1), mark.column
    if code == "bad_start":
        return code, line, column, {"character": lines[line][column : column + 1]}
    if code == "indentation" and _lacks_colon(lines[line]):
        code = "missing_colon"
    return code, line, column, {"detail": error.problem or ""} if code == "syntax" else {}


def faulty_line(error: YAMLError, lines: list[str]) -> int | None:
    """Return the line, counted from 0, to leave out so that the rest can be read; None when there is none."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return None
    _, line, _, _ = fault(error, lines)
    if lines[line].strip():
        return line
    return next((number for number in range(line, -1, -1) if lines[number].strip()), None)


def _lacks_colon(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and not bare.startswith(("-", "]", "}", "#")) and ":" not in bare
