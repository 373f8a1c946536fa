"""The parts of a plan as forms; each value goes into the text as typed and is read from there (§0)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_type_hints

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.edit import UneditableError, take_out
from pingyi.authoring.enum_words import value_word
from pingyi.authoring.field_words import field_word
from pingyi.authoring.places import name_of
from pingyi.authoring.read import read
from pingyi.authoring.shape import Slot, slots
from pingyi.authoring.values import HOLDERS, is_english, say_id
from pingyi.rules.plan import Plan
from pingyi.rules.plan.outcome import Test, TestKind, Trigger
from pingyi.stations.plans.forms.sheets import SHEETS, sheet_word
from pingyi.stations.plans.forms.task import Day
from pingyi.stations.plans.forms.version import TEXT_FIRST, OfVersion
from pingyi.stations.plans.queries.version import language

_LONG = {"text", "preamble", "invited", "agenda", "maxims", "result_uses", "requirements"}
_SHARES = {"weight", "top_share", "share", "quorum", "call_back_share", "margin", "confidence"}
_TESTED = ("kind", "score", "count", "share", "indicator", "options", "grade", "trigger", "is_inclusive")


class EditPart(OfVersion):
    """The items of one part, or one of them; a number one past the last begins a new item."""

    def __init__(self, *args: Any, part: str, number: int | None = None, **options: Any) -> None:
        """Make the fields of what is edited."""
        super().__init__(*args, **options)
        self.part, self.sheet = part, SHEETS[part]
        self._paths: dict[str, str] = {}
        self._before: dict[str, object] = {}
        self._tests: dict[int, int] = {}
        items = self.sheet.items(self.plan)
        for place, item in enumerate(items):
            if number is None or place == number:
                self._add_item(item, place=place, is_named=number is None and not self.sheet.is_one)
        is_new = number == len(items) and self.sheet.may_grow and self.plan is not None
        self._new = number if is_new else None
        self._taken_out = number if number is not None and number < len(items) and self.sheet.may_grow else None
        if self._new is not None:
            self._add_item(None, place=self._new, is_named=False)
        elif self._taken_out is not None:
            self.fields["take_out"] = forms.BooleanField(label=_("Take this out of the plan"), required=False)

    @property
    def title(self) -> str:
        """What is done here: the part is edited, or something is added to it."""
        name = sheet_word(self.part, language())
        return gettext("Add: %(name)s") % {"name": name} if self._new is not None else name

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to edit."""
        return bool(self._paths)

    def clean(self) -> dict[str, Any]:
        """Return the text with the new values; a fault that the reader finds in one of them stands at its field."""
        given = super().clean() or {}
        seen = given.get("seen_sha256", "")
        if given.get("take_out") and self._taken_out is not None:
            return {"text": self._without(self._taken_out), "seen_sha256": seen}
        values = {
            self._paths[name]: value
            for name, value in _with_plain_lines(given).items()
            if name in self._paths and value != self._before.get(name)
        }
        if self._new is not None and "id" in slots(self.sheet.kind):
            values[f"{self.sheet.place(self._new)}.id"] = self._fresh_id()
        values |= self._changed_tests(given)
        text = self.written(values)
        self._show_faults(text, set(values))
        return {"text": text, "seen_sha256": seen}

    def _without(self, number: int) -> str:
        try:
            return take_out(self.row.text, path=self.sheet.place(number))
        except UneditableError as error:
            raise ValidationError(TEXT_FIRST) from error

    def _show_faults(self, text: str, changed: set[str]) -> None:
        fields = {path: name for name, path in self._paths.items()}
        for problem in read(text).problems:
            if problem.blocks and problem.path in fields and any(problem.path.startswith(one) for one in changed):
                self.add_error(fields[problem.path], problem.sentence(language()))

    def _add_item(self, item: Any, *, place: int, is_named: bool) -> None:
        known = slots(self.sheet.kind)
        prefix = f"{name_of(item, language=language())} · " if is_named and item else ""
        for name in self.sheet.fields:
            label = prefix + field_word(name, of=self.sheet.kind.__name__)[is_english(language())]
            field = self._field(name, known[name])
            field.label = label
            value = getattr(item, name, None)
            # What a draft lacks so far may wait; what it says is not emptied again.
            is_said = known[name].is_required and (item is None or bool(value))
            field.required = field.required or (is_said and not isinstance(field, forms.BooleanField))
            path = f"{self.sheet.place(place)}.{name}" if self.sheet.path else name
            self._put(f"{place}-{name}", path, field, value)
        if self.sheet.kind is Trigger:
            self._add_tests(item, place)

    def _add_tests(self, trigger: Trigger | None, place: int) -> None:
        """Offer every condition of a trigger, and an empty one that may be filled."""
        tests = [*(trigger.all_of if trigger else ()), None]
        self._tests[place] = len(tests)
        known = slots(Test)
        for number, test in enumerate(tests):
            of = field_word("all_of")[is_english(language())]
            for name in _TESTED:
                field = self._field(name, known[name])
                if name == "kind" and isinstance(field, forms.ChoiceField):
                    field.choices = [("", "—"), *_words(TestKind)]
                field.label = f"{of} {number + 1} · {field_word(name, of='Test')[is_english(language())]}"
                field.required = trigger is None and number == 0 and name == "kind"
                path = f"{self.sheet.place(place)}.all_of[{number}].{name}"
                self._put(f"{place}-test-{number}-{name}", path, field, getattr(test, name, None))

    def _changed_tests(self, given: dict[str, Any]) -> dict[str, object]:
        """Conditions are written as a whole, so that one without a kind falls away."""
        values: dict[str, object] = {}
        for place, count in self._tests.items():
            names = [f"{place}-test-{number}-{name}" for number in range(count) for name in _TESTED]
            if all(given.get(name) == self._before.get(name) for name in names):
                continue
            rows = [{name: given.get(f"{place}-test-{n}-{name}") for name in _TESTED} for n in range(count)]
            tests = [{name: value for name, value in row.items() if value} for row in rows if row["kind"]]
            values[f"{self.sheet.place(place)}.all_of"] = tests
        return values

    def _put(self, name: str, path: str, field: forms.Field, value: object) -> None:
        shown = _shown(field, value)
        if not name.partition("-")[2].startswith("test-"):
            self._paths[name] = path
        self.fields[name], self._before[name] = field, shown
        self.initial[name] = shown

    def _field(self, name: str, slot: Slot) -> forms.Field:
        held = self._held(name)
        if slot.is_list and held is not None:
            return forms.MultipleChoiceField(choices=held, required=False, widget=forms.CheckboxSelectMultiple)
        if slot.is_list:
            hint = _("One line for each.")
            return Lines(required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text=hint)
        if held is not None:
            return forms.ChoiceField(choices=[("", "—"), *held], required=False)
        if issubclass(slot.kind, StrEnum):
            return _word_field(slot)
        return _plain_field(name, slot.kind)

    def _held(self, name: str) -> list[tuple[str, str]] | None:
        """Return what a field can refer to; nothing where it refers to no other part."""
        plan = self.plan
        if plan is None:
            return None
        if name == "kinds":
            return [(one.id, one.name) for one in plan.subject.kinds]
        if name == "options":
            return _boxes(plan)
        if name not in HOLDERS or (name not in get_type_hints(self.sheet.kind) and name not in _TESTED):
            return None
        ids = [item.id for item in getattr(plan, HOLDERS[name])]
        used = {getattr(item, name, "") for item in self.sheet.items(plan)} if name == "recipient" else set()
        more = ["supervision_office", "public"] if name == "recipient" else []
        known = dict.fromkeys([*ids, *more, *sorted(used - {""})])
        return [(one, say_id(one, field=name, plan=plan, language=language())) for one in known]

    def _fresh_id(self) -> str:
        taken = {item.id for item in self.sheet.items(self.plan)}
        stem, number = _STEMS.get(self.part, self.part.rstrip("s")), len(taken) + 1
        while f"{stem}_{number}" in taken:
            number += 1
        return f"{stem}_{number}"


def _boxes(plan: Plan) -> list[tuple[str, str]]:
    """Return the boxes of all scales; one that a condition names and no scale has stays until it is put right."""
    used = {box: box for trigger in plan.triggers for test in trigger.all_of for box in test.options}
    return list({**used, **{box.id: box.label for scale in plan.scales for box in scale.options}}.items())


def _words(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, value_word(member)[is_english(language())]) for member in kind]


def _word_field(slot: Slot) -> forms.ChoiceField:
    """Return a choice of words, or of none where the plan may leave it open: a browser sends the first choice else."""
    nothing = [("", "—")] if slot.may_be_none else []
    return forms.ChoiceField(choices=[*nothing, *_words(slot.kind)], required=not slot.may_be_none)


def _plain_field(name: str, kind: type) -> forms.Field:
    if kind is bool:
        return forms.BooleanField(required=False)
    if name in _LONG:
        return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))
    widget = Day() if name.endswith("_on") else forms.TextInput()
    hint = _("A share of 1, such as 0.4 for 40%.") if name in _SHARES else ""
    return forms.CharField(required=False, widget=widget, help_text=hint, max_length=500)


class Lines(forms.CharField):
    """Several short texts, a line for each."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list line by line."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that say something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def _with_plain_lines(given: dict[str, Any]) -> dict[str, Any]:
    """Browsers send two characters for the end of a line."""
    return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in given.items()}


_STEMS = {"criteria": "criterion", "authorities": "authority", "classes": "class", "bonus": "bonus", "vetoes": "veto"}


def _shown(field: forms.Field, value: object) -> object:
    if isinstance(field, forms.MultipleChoiceField):
        return list(value) if isinstance(value, tuple) else []
    if isinstance(field, Lines):
        return list(value) if isinstance(value, tuple) else []
    if isinstance(field, forms.BooleanField):
        return bool(value)
    if value is None:
        return ""
    return value.value if isinstance(value, StrEnum) else str(value)
