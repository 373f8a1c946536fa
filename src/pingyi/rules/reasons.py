"""The sentences of reasons and refusals, in Chinese and English; facts are filled in by name."""

from __future__ import annotations

from collections.abc import Mapping

from pingyi.rules.reason_sentences import MESSAGES
from pingyi.rules.sheet import Line, Reason


def say(reason: Reason, *, language: str = "zh") -> str:
    """Return the reason as a sentence in Chinese or, with any other language, in English."""
    return sentence(reason.code, reason.facts, language=language)


def sentence(code: str, facts: Mapping[str, object], *, language: str = "zh") -> str:
    """Return the sentence of a code; a code without a sentence is shown as it is."""
    chinese, english = MESSAGES.get(code, (code, code))
    return (chinese if language.startswith("zh") else english).format_map(_Facts(facts))


def line_notes(line: Line, *, groups: Mapping[str, str], language: str = "zh") -> tuple[str, ...]:
    """Return what is to be noted under a line: too few answers, elector groups that dropped out."""
    notes = []
    if line.is_too_few:
        notes.append(sentence("note.too_few", {"n": str(line.reason.facts.get("n", "0"))}, language=language))
    if line.dropped_groups:
        names = "、".join(groups.get(group, group) for group in line.dropped_groups)
        notes.append(sentence("note.dropped_groups", {"groups": names}, language=language))
    return tuple(notes)


class _Facts(dict[str, object]):
    """Shows a fact that is not there as a dash instead of failing in front of a reader."""

    def __missing__(self, name: str) -> str:
        return "—"
