"""The source document against the plan: what nothing covers, what is lost, what is still to be chosen (§0)."""

from __future__ import annotations

from collections.abc import Iterator

from pingyi.authoring.places import place_word, resolves
from pingyi.authoring.presets import PRESETS
from pingyi.authoring.problems import Problem, Severity
from pingyi.rules.plan import Plan

NOTE = Severity.NOTE
LONGEST_QUOTE = 60


def problems(plan: Plan) -> Iterator[Problem]:
    """Yield what the source document says and the plan does not, and the choices that nobody has confirmed."""
    for number, choice in enumerate(plan.choices):
        place = f"choices[{number}]"
        facts: dict[str, object] = {
            **_preset(choice.preset),
            "path": choice.path,
            "place_zh": place_word(plan, choice.path),
            "place_en": place_word(plan, choice.path, language="en"),
        }
        if not resolves(plan, choice.path):
            yield Problem(code="choice_gone", severity=NOTE, path=place, facts=facts)
        elif not choice.confirmed:
            yield Problem(code="choice_open", path=place, facts=facts)
    if plan.original is None:
        return
    for number, sentence in enumerate(plan.original.uncovered):
        if sentence not in plan.original.set_aside:
            facts = {"sentence": _short(sentence)}
            yield Problem(code="uncovered", severity=NOTE, path=f"original.uncovered[{number}]", facts=facts)
    for number, passage in enumerate(plan.original.lost):
        facts = {"passage": _short(passage)}
        yield Problem(code="lost", severity=NOTE, path=f"original.lost[{number}]", facts=facts)


def _preset(name: str) -> dict[str, object]:
    """Return a preset as people call it, in both languages."""
    known = PRESETS.get(name)
    return {"preset_zh": known.title_zh if known else name, "preset_en": known.title_en if known else name}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
