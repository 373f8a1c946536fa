"""What a person answers about a fact of the document that no field holds: put it in, it asks nothing, mend it (§0)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.places import place_word
from pingyi.authoring.prose.fact_places import Place
from pingyi.authoring.read import read
from pingyi.authoring.values import say_value
from pingyi.rules.plan import Plan
from pingyi.stations.plans.forms.version import TEXT_FIRST, OfVersion
from pingyi.stations.plans.queries.mending import mending
from pingyi.stations.plans.queries.open_facts import OpenFact, with_place, with_reason
from pingyi.stations.plans.queries.version import language

NOTHING, WORDS = "nothing", "words"


class AnswerFact(OfVersion):
    """One of three answers about one fact; each has what it needs beside it."""

    answer = forms.ChoiceField(label=_("What is to be done with it"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it asks for nothing"),
        help_text=_("Only with that answer. It is kept with this version."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words = forms.CharField(
        label=_("The right words"),
        help_text=_("Only where the document itself is wrong, for example misread or mistyped."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, found: OpenFact, **options: Any) -> None:
        """Offer the fields that are free, and the two other answers."""
        options["initial"] = {"words": found.fact.words, "reason": found.reason, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.found = found
        plan = self.plan
        offered = [(str(at), _said(plan, one)) for at, one in enumerate(found.places)] if plan else []
        others = [
            (NOTHING, gettext("It asks for nothing in the plan")),
            (WORDS, gettext("The words of the document are wrong")),
        ]
        answer = self.fields["answer"]
        answer.choices = [*offered, *others]  # type: ignore[attr-defined]
        said = gettext("The document says: %(sentence)s") % {"sentence": found.sentence}
        none = gettext("No field of what was read here is free for it; add a part on the version's page.")
        answer.help_text = said if offered else f"{said} {none}"

    def clean(self) -> dict[str, Any]:
        """Return the text and what is kept of the document, by the answer."""
        given = super().clean() or {}
        if self.errors:
            return {}
        if self.plan is None:
            raise ValidationError(TEXT_FIRST)
        seen = given.get("seen_sha256", "")
        if given["answer"] == WORDS:
            return {"seen_sha256": seen, **self._mended(self.plan, given["words"].strip())}
        if given["answer"] == NOTHING:
            return {"seen_sha256": seen, **self._with_reason(given["reason"].strip())}
        return {"seen_sha256": seen, **self._put(self.plan, self.found.places[int(given["answer"])])}

    def _mended(self, plan: Plan, words: str) -> dict[str, Any]:
        fact = self.found.fact
        if not words or words == fact.words:
            raise ValidationError({"words": _("Write the words as they should be.")})
        made = mending(self.row, plan, (fact.start, fact.end), words)
        return {"text": made.text or self.written(made.values), "mending": made}

    def _with_reason(self, reason: str) -> dict[str, Any]:
        if not reason:
            raise ValidationError({"reason": _("Say why it asks for nothing.")})
        return {"text": self.row.text, "understood": with_reason(self.row, self.found.fact, reason)}

    def _put(self, plan: Plan, place: Place) -> dict[str, Any]:
        text = self.written({**place.values, **self._covered(plan)})
        if not read(text).is_whole:
            raise ValidationError({"answer": _("This field cannot hold it. Choose another.")})
        return {"text": text, "understood": with_place(self.row, plan, self.found.fact, place.path)}

    def _covered(self, plan: Plan) -> dict[str, object]:
        """A sentence that gave nothing has given this."""
        original, sentence = plan.original, self.found.sentence
        if original is None or sentence not in original.uncovered or sentence in original.set_aside:
            return {}
        return {"original.set_aside": [*original.set_aside, sentence]}


def _said(plan: Plan, place: Place) -> str:
    """Say a field, and all that is set in it and beside it."""
    field = place.path.rpartition(".")[2]
    value = say_value(place.values[place.path], field=field, plan=plan, language=language())
    said = {"place": place_word(plan, place.path, language=language()), "value": value}
    unit = next((one for path, one in place.values.items() if path.endswith(".unit")), "")
    if unit == "working":
        return gettext("Put into “%(place)s”: %(value)s working days") % said
    if unit == "calendar":
        return gettext("Put into “%(place)s”: %(value)s calendar days") % said
    return gettext("Put into “%(place)s”: %(value)s") % said
