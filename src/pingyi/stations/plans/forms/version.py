"""The forms of a plan version: bring, write, confirm choices, amend; what was typed stays, whatever is wrong."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.deciding import decides, effect
from pingyi.authoring.edit import UneditableError, put
from pingyi.authoring.gist import gist, in_full
from pingyi.authoring.places import place_word, resolves, value_at
from pingyi.authoring.reachable import Range, shown
from pingyi.authoring.reading import MAX_BYTES
from pingyi.authoring.values import say_value
from pingyi.rules.plan import Plan
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.by_hand import by_hand, chosen
from pingyi.stations.plans.queries.intake import UnusableError, bring
from pingyi.stations.plans.queries.ledger import beside
from pingyi.stations.plans.queries.mending import lost_at, mending
from pingyi.stations.plans.queries.version import checked, language

ACCEPTED = ".txt,.docx,.pdf,.html,.htm,.yaml,.yml"
MOST_SAID, LONGEST_SAID = 3, 60  # sentences of the document that are told beside a choice
TEXT_FIRST = _("The text has faults of form, so single values cannot be set. Mend it on the page of the text first.")


class Bring(forms.Form):
    """A plan document as a file, or pasted."""

    file = forms.FileField(
        label=_("Plan document"),
        required=False,
        help_text=_("Word (DOCX), PDF, web page, plain text, or a plan as YAML; up to 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        """Remember the year that is taken where a document names none."""
        super().__init__(*args, **options)
        self._year = year

    def clean(self) -> dict[str, Any]:
        """Return what was brought, read and understood."""
        given = super().clean() or {}
        file, pasted = given.get("file"), given.get("text") or ""
        if self.errors:
            return {}
        if not file and not pasted.strip():
            raise ValidationError(_("Choose a file, or paste the plan's text."))
        if file and file.size > MAX_BYTES:
            raise ValidationError(
                {"file": _("The file is larger than 20 MB. Leave its annexes out, or paste the text.")}
            )
        content, name = (file.read(), file.name) if file else (pasted.encode("utf-8", "replace"), str(_("Pasted text")))
        try:
            return {"brought": bring(content, name=name, year=self._year, language=language())}
        except UnusableError as error:
            self._keep(error.text)
            raise ValidationError({"file" if file else "text": str(error)}) from error

    def _keep(self, text: str) -> None:
        """Put what a useless file says into the text field, where it can be mended."""
        if text and not self.data.get("text"):
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["text"] = text  # type: ignore[index]


class OfVersion(forms.Form):
    """A form about one version: it remembers which text it was opened with."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, row: PlanVersion, **options: Any) -> None:
        """Take the version's text as the base of every change."""
        options["initial"] = {"seen_sha256": row.text_sha256, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.row = row
        self.plan: Plan | None = checked(row.text).located.plan

    def written(self, values: dict[str, object]) -> str:
        """Return the version's text with values set; a text too faulty for that is an error of the form."""
        try:
            return put(self.row.text, values=values)
        except UneditableError as error:
            raise ValidationError(TEXT_FIRST) from error


class Text(OfVersion):
    """The plan's whole text."""

    text = forms.CharField(
        label=_("The plan as text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "wrap": "off", "class": "code"}),
    )


class Mend(OfVersion):
    """The right words for one damaged passage of the document."""

    words = forms.CharField(label=_("The right words"), max_length=200)

    def __init__(self, *args: Any, row: PlanVersion, start: int, **options: Any) -> None:
        """Show what stands around the passage."""
        super().__init__(*args, row=row, **options)
        self.start, self.lost = start, lost_at(row, start)
        if self.lost is not None:
            shown = f"{self.lost.before}【{self.lost.found}】{self.lost.after}"
            said = gettext("The document has: %(passage)s. Write what belongs between the brackets.")
            self.fields["words"].help_text = said % {"passage": shown}

    def clean(self) -> dict[str, Any]:
        """Return the document and the plan's text with the right words."""
        given = super().clean() or {}
        if self.errors or self.plan is None or self.lost is None:
            raise ValidationError([] if self.errors else TEXT_FIRST)
        found = mending(self.row, self.plan, (self.lost.start, self.lost.end), given["words"])
        text = found.text or self.written(found.values)
        return {"text": text, "seen_sha256": given.get("seen_sha256", ""), "mending": found}


class ByHand(OfVersion):
    """What was changed by hand in the print that the draft was read from: what is ticked is taken, the rest is not."""

    taken = forms.MultipleChoiceField(
        label=_("Take what the paper says"),
        help_text=_("What is not ticked stays as the file carries it, which is how it was printed."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, row: PlanVersion, **options: Any) -> None:
        """Offer each difference."""
        found = by_hand(row, language=language())
        options["initial"] = {"taken": [one.key for one in found if one.is_taken], **options.get("initial", {})}
        super().__init__(*args, row=row, **options)
        mixed = gettext("%(said)s — not the only change there")
        choices = [(one.key, one.said if one.is_single else mixed % {"said": one.said}) for one in found]
        self.fields["taken"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the plan's text with what is taken."""
        given = super().clean() or {}
        if self.errors:
            return {}
        text, understood = chosen(self.row, given["taken"])
        if not text:
            raise ValidationError(_("Something that is taken names something that is left. Take or leave both."))
        return {"text": text, "seen_sha256": given.get("seen_sha256", ""), "understood": understood}


class Confirm(OfVersion):
    """The values that a preset gave and the document does not say, and its sentences that nothing covers.

    What decides the score is confirmed one by one, and so is every choice beside words of the document that were not
    read; how matters are handled may be confirmed together.
    """

    deciding = forms.MultipleChoiceField(
        label=_("Decides the score: look at each, the document does not say it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    everything = forms.BooleanField(label=_("Confirm all choices of handling as they are"), required=False)
    confirmed = forms.MultipleChoiceField(
        label=_("Choices of handling that the document does not make"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    set_aside = forms.MultipleChoiceField(
        label=_("Sentences that need nothing in the plan"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what is still open."""
        super().__init__(*args, **options)
        self._deciding, self._handling = self._open_choices(is_deciding=True), self._open_choices(is_deciding=False)
        self._sentences = self._open_sentences()
        self._offer("deciding", self._deciding)
        self._offer("confirmed", self._handling)
        self._offer("set_aside", self._sentences)
        if not self._handling:
            del self.fields["everything"]

    @property
    def is_needed(self) -> bool:
        """Whether anything is still open."""
        return bool(self._deciding or self._handling or self._sentences)

    def clean(self) -> dict[str, Any]:
        """Return the text with the choices confirmed and the sentences set aside."""
        given = super().clean() or {}
        handling = self._handling if given.get("everything") else given.get("confirmed", [])
        confirmed = [*given.get("deciding", []), *handling]
        aside = given.get("set_aside", [])
        if not confirmed and not aside:
            raise ValidationError(_("Choose what you confirm, or the sentences to set aside."))
        values: dict[str, object] = {f"choices[{number}].confirmed": True for number in confirmed}
        original = self.plan.original if self.plan else None
        if original and aside:
            chosen = [original.uncovered[int(number)] for number in aside]
            values["original.set_aside"] = [*original.set_aside, *chosen]
        return {"text": self.written(values), "seen_sha256": given.get("seen_sha256", "")}

    def _offer(self, name: str, offered: dict[str, str]) -> None:
        field = self.fields[name]
        if offered and isinstance(field, forms.MultipleChoiceField):
            field.choices = list(offered.items())
        else:
            del self.fields[name]

    def _open_choices(self, *, is_deciding: bool) -> dict[str, str]:
        if self.plan is None:
            return {}
        said = beside(self.row, [choice.path for choice in self.plan.choices if not choice.confirmed])
        return {
            str(number): _chosen(self.plan, choice.path, said[choice.path])
            for number, choice in enumerate(self.plan.choices)
            if choice.path in said and _is_grave(choice.path, said[choice.path]) is is_deciding
        }

    def _open_sentences(self) -> dict[str, str]:
        original = self.plan.original if self.plan else None
        if original is None:
            return {}
        said = enumerate(original.uncovered)
        return {str(number): sentence for number, sentence in said if sentence not in original.set_aside}


class Amendment(forms.Form):
    """Why the plan is to change."""

    reason = forms.CharField(
        label=_("Why the plan is to be changed"),
        help_text=_("For example the notice that moved a date. It is shown with the new version."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


def _range(found: Range) -> str:
    if found.high is None:
        return gettext("%(low)s and more, without a limit") % {"low": shown(found.low)}
    return f"{shown(found.low)}–{shown(found.high)}"


def _chosen(plan: Plan, path: str, said: tuple[str, ...]) -> str:
    """Say what a preset chose, what it does to the scores, and what the document says beside it."""
    place = place_word(plan, path, language=language())
    if not resolves(plan, path):
        return place
    value = value_at(plan, path)
    told = _what(plan, value, field=path.rpartition(".")[2].partition("[")[0]) if value is not None else _none()
    done = effect(plan, path)
    if done is not None and value is not None:
        facts = {"with": _range(done[0]), "without": _range(done[1])}
        told += gettext(" (scores that can be reached: %(with)s; without it: %(without)s)") % facts
    elif done is not None:
        told += gettext(" (scores that can be reached: %(range)s)") % {"range": _range(done[1])}
    if said:
        words = "”“".join(_short(one) for one in said[:MOST_SAID])
        told += gettext(" — the document says, and it is not in this: “%(words)s”. Put it in first.") % {"words": words}
    return f"{place} — {told}" if told else place


def _is_grave(path: str, said: tuple[str, ...]) -> bool:
    return decides(path) or bool(said)


def _none() -> str:
    return gettext("none, for the document names none")


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_SAID else sentence[:LONGEST_SAID] + "…"


def _what(plan: Plan, value: object, *, field: str) -> str:
    if isinstance(value, tuple):
        separator = ";\n" if language() == "en" else "；\n"  # many are read one by one, each on its line
        told = separator.join(gist(item, field=field, plan=plan, language=language()) for item in value)
        return f"\n{told}" if len(value) > 1 else told
    if is_dataclass(value):
        return in_full(value, plan=plan, language=language())
    return say_value(value, field=field, plan=plan, language=language())
