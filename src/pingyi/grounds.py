"""Grounds on forms and pages: a choice from the verb's list, with words beside it that are not public (§5.4)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.rules import grounds as rules
from pingyi.words import Bilingual

SEALED_HINT = _("Everybody can read the ground; these words only those who may see the matter. They can be erased.")


def field(verb: str) -> forms.ChoiceField:
    """Return the field with a verb's grounds; the commonest is chosen already."""
    known = rules.GROUNDS[verb]
    choices = [(one, told(one)) for one in known]
    return forms.ChoiceField(label=_("Ground"), choices=choices, initial=known[0], required=False)


def told(ground: str) -> Bilingual:
    """Return a ground in the reader's language."""
    return Bilingual(zh=rules.said(ground, language="zh"), en=rules.said(ground, language="en"))


class Grounded(forms.Form):
    """A form with a reason, of one verb: its ground stands just before the words."""

    verb: str = ""
    described = "reason"  # the field with the words
    hint: Any = SEALED_HINT

    def __init__(self, *args: Any, verb: str = "", **more: Any) -> None:
        """Offer the verb's grounds; a form that serves several verbs is told which."""
        super().__init__(*args, **more)
        names = list(self.fields)
        self.fields["ground"] = field(verb or self.verb)
        self.fields[self.described].help_text = self.hint
        names.insert(names.index(self.described), "ground")
        self.order_fields(names)

    def clean_ground(self) -> str:
        """Return the ground; "other" where an older page sent none."""
        return str(self.cleaned_data.get("ground") or rules.OTHER)
