"""The commonly edited parts of a plan as forms; each value goes into the text as typed and is read from there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.field_words import field_word
from pingyi.authoring.places import name_of
from pingyi.authoring.read import read
from pingyi.authoring.shape import slots
from pingyi.authoring.values import HOLDERS, is_english, say_id
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Indicator, Source
from pingyi.rules.plan.outcome import Consequence, TestKind, Trigger
from pingyi.rules.plan.schedule import Phase, Task
from pingyi.stations.plans.forms.task import Day
from pingyi.stations.plans.forms.version import OfVersion
from pingyi.stations.plans.queries.version import language


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Which fields of a part are edited, and whether its items are edited together or one by one."""

    kind: type[Any]
    fields: tuple[str, ...]
    is_whole: bool = False
    may_grow: bool = False


SHEETS: dict[str, Sheet] = {
    "phases": Sheet(kind=Phase, fields=("name", "begins_on", "ends_on"), is_whole=True),
    "tasks": Sheet(
        kind=Task, fields=("title", "phase", "doer", "section", "due_on", "proof", "recipient"), may_grow=True
    ),
    "sources": Sheet(kind=Source, fields=("name", "weight", "empty"), is_whole=True),
    "indicators": Sheet(kind=Indicator, fields=("name", "criterion", "weight"), is_whole=True),
    "triggers": Sheet(kind=Trigger, fields=("name", "consequences")),
    "consequences": Sheet(kind=Consequence, fields=("name", "days", "unit", "place", "addressee")),
}


class EditPart(OfVersion):
    """The items of one part, or one of them; a number one past the last begins a new item."""

    def __init__(self, *args: Any, part: str, number: int | None = None, **options: Any) -> None:
        """Make the fields of what is edited."""
        super().__init__(*args, **options)
        self.part, self.sheet = part, SHEETS[part]
        self._paths: dict[str, str] = {}
        self._before: dict[str, object] = {}
        items = getattr(self.plan, part) if self.plan else ()
        for place, item in enumerate(items):
            if number is None or place == number:
                self._add_item(item, place=place, is_named=number is None)
        self._new = number if number == len(items) and self.sheet.may_grow else None
        if self._new is not None:
            self._add_item(None, place=self._new, is_named=False)

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to edit."""
        return bool(self._paths)

    def clean(self) -> dict[str, Any]:
        """Return the text with the new values; a fault that the reader finds in one of them stands at its field."""
        given = super().clean() or {}
        values = {
            self._paths[name]: value
            for name, value in given.items()
            if name in self._paths and value != self._before.get(name)
        }
        if self._new is not None:
            values[f"{self.part}[{self._new}].id"] = self._fresh_id()
        text = self.written(values)
        self._show_faults(text, set(values))
        return {"text": text, "seen_sha256": given.get("seen_sha256", "")}

    def _show_faults(self, text: str, changed: set[str]) -> None:
        fields = {path: name for name, path in self._paths.items()}
        for problem in read(text).problems:
            if problem.blocks and problem.path in changed and problem.path in fields:
                self.add_error(fields[problem.path], problem.sentence(language()))

    def _add_item(self, item: Any, *, place: int, is_named: bool) -> None:
        known = slots(self.sheet.kind)
        prefix = f"{name_of(item, language=language())} · " if is_named and item else ""
        for name in self.sheet.fields:
            label = prefix + field_word(name, of=self.sheet.kind.__name__)[is_english(language())]
            field = self._field(name, known[name].kind)
            field.label, field.required = label, known[name].is_required and item is None
            self._put(f"{place}-{name}", f"{self.part}[{place}].{name}", field, getattr(item, name, None))
        if isinstance(item, Trigger):
            self._add_tests(item, place)

    def _add_tests(self, trigger: Trigger, place: int) -> None:
        for number, test in enumerate(trigger.all_of):
            if test.kind is TestKind.BELOW:
                field = forms.CharField(label=field_word("score")[is_english(language())])
                path = f"triggers[{place}].all_of[{number}].score"
                self._put(f"{place}-score-{number}", path, field, test.score)

    def _put(self, name: str, path: str, field: forms.Field, value: object) -> None:
        is_list = isinstance(field, forms.MultipleChoiceField)
        shown = list(value) if is_list and isinstance(value, tuple) else [] if is_list else _shown(value)
        self.fields[name], self._paths[name], self._before[name] = field, path, shown
        self.initial[name] = shown

    def _field(self, name: str, kind: type) -> forms.Field:
        if name == "consequences":
            return forms.MultipleChoiceField(
                choices=self._held(name), required=False, widget=forms.CheckboxSelectMultiple
            )
        if name in HOLDERS:
            return forms.ChoiceField(choices=[("", "—"), *self._held(name)], required=False)
        if issubclass(kind, StrEnum):
            words = [(member.value, value_word(member)[is_english(language())]) for member in kind]
            return forms.ChoiceField(choices=words, required=False)
        widget = Day() if name.endswith("_on") else forms.TextInput()
        hint = _("A share of 1, such as 0.4 for 40%.") if name == "weight" else ""
        return forms.CharField(required=False, widget=widget, help_text=hint, max_length=500)

    def _held(self, name: str) -> list[tuple[str, str]]:
        """Return what a field can refer to."""
        plan = self.plan
        if plan is None:
            return []
        ids = [item.id for item in getattr(plan, HOLDERS[name])]
        used = {getattr(item, name, "") for item in getattr(plan, self.part)} if name == "recipient" else set()
        more = ["supervision_office", "public"] if name == "recipient" else []
        known = dict.fromkeys([*ids, *more, *sorted(used - {""})])
        return [(one, say_id(one, field=name, plan=plan, language=language())) for one in known]

    def _fresh_id(self) -> str:
        taken = {item.id for item in getattr(self.plan, self.part)}
        stem, number = self.part.rstrip("s"), len(taken) + 1
        while f"{stem}_{number}" in taken:
            number += 1
        return f"{stem}_{number}"


def parts_word(part: str) -> str:
    """Return what a part is called in the reader's language."""
    return field_word(part)[is_english(language())]


def has_sheet(plan: Plan, part: str) -> bool:
    """Whether a part can be edited as a form."""
    return part in SHEETS and bool(getattr(plan, part))


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value.value if isinstance(value, StrEnum) else str(value)
