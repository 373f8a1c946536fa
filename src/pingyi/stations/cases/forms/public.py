"""What a citizen fills in: the matter itself, the code, the rating, an objection, papers, a letter."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.forms.files import WithFiles, files_field
from pingyi.bureau.shelf import Kept
from pingyi.rules.case.rating import Level
from pingyi.rules.plan.conduct import CaseKind
from pingyi.stations.cases import words_oversight
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.forms.widgets import area, with_files
from pingyi.stations.cases.gate import Sum, new_sum
from pingyi.stations.cases.queries.codes import ONCE

NO_SUCH_CODE = _(
    "There is no matter with this code. Compare it with your receipt: it has twelve signs and no vowels. A reading "
    "code has eight, behind the number of the matter."
)
ONE_SUM = _("Please do this sum; each one lets one form through.")
MOST_FILES = 6
LONGEST_TITLE = 40  # of one made from the text
KINDS = [
    (CaseKind.COMPLAINT.value, _("Complaint: something is wrong and should be put right")),
    (CaseKind.INQUIRY.value, _("Inquiry: I want to know something")),
    (CaseKind.SUGGESTION.value, _("Suggestion: something could be done better")),
    (CaseKind.HELP.value, _("Request for help")),
    (CaseKind.PRAISE.value, _("Praise: something was done well")),
    (CaseKind.MISCONDUCT.value, _("Report of misconduct at the bureau (the supervision office alone sees it)")),
]  # fmt: skip
LEVELS = [
    (Level.VERY_SATISFIED.value, pgettext_lazy("rating", "Very satisfied")),
    (Level.SATISFIED.value, pgettext_lazy("rating", "Satisfied")),
    (Level.FAIRLY_SATISFIED.value, pgettext_lazy("rating", "Fairly satisfied")),
    (Level.DISSATISFIED.value, pgettext_lazy("rating", "Dissatisfied")),
    (Level.VERY_DISSATISFIED.value, pgettext_lazy("rating", "Very dissatisfied")),
]


class WithSum(forms.Form):
    """A form that asks a small sum where much came from one address, or where a field was filled that nobody sees."""

    asked: Sum | None = None

    def ask(self, asked: Sum | None) -> None:
        """Add the sum that is to be answered; its signed numbers stand in the template as `sum_key`."""
        self.asked = asked
        if asked is None:
            return
        self.fields["sum"] = forms.IntegerField(
            label=gettext("How much is %(first)s + %(second)s?") % {"first": asked.first, "second": asked.second},
            help_text=_("Much came from your network just now. This shows that you are a person."),
            error_messages={"required": ONE_SUM},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )

    def ask_anew(self) -> None:
        """Ask another sum, where the one on the page has let something through already, or none was asked."""
        self.ask(new_sum())
        self.add_error("sum", ONE_SUM)

    def clean_sum(self) -> int:
        """Check the sum."""
        given: int = self.cleaned_data["sum"]
        if self.asked is None or not self.asked.is_answered_by(given):
            raise ValidationError(_("That is not the sum. Please count again."))
        return given


class Tell(WithFiles, WithSum):
    """A matter, without an account (§3.2.2); nothing but the words themselves has to be given."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What happened?"),
        max_length=5000,
        help_text=_("When, where, what; and what you would like to happen. Two or three sentences are enough."),
        widget=area(7),
    )
    place = forms.CharField(label=_("Where?"), required=False, max_length=200)
    title = forms.CharField(label=_("In one line"), required=False, max_length=200)
    attachments = files_field(
        _("Photographs and papers"),
        _("Up to six, 20 MB each. Photographs lose the place and the device that they were taken with."),
    )
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Your telephone"),
        required=False,
        max_length=40,
        validators=[RegexValidator(r"^[+\d][\d ()+-]{4,39}$", _("Type digits only, such as 13800000000."))],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("Your mail address"),
        required=False,
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_withheld = forms.BooleanField(
        label=_("Do not tell the handling section who I am"),
        required=False,
        help_text=_("If you tick this, only the supervision office can see your name and contact."),
    )

    def __init__(self, *args: Any, asked: Sum | None = None, **options: Any) -> None:
        """Take or make the word by which the same form sent twice comes once; the files belong to it."""
        given = args[0] if args else None
        once = (given.get("once") or "")[:64] if given else ""
        self.once = once if ONCE.fullmatch(once) else secrets.token_urlsafe(24)
        super().__init__(*args, holder=f"public:{self.once}", **options)
        self.ask(asked)

    def clean_attachments(self) -> Sequence[Kept]:
        """Lay the files on the shelf, so that they stay whatever else is wrong."""
        kept = self.lay_down(self.cleaned_data["attachments"])
        if len(kept) > MOST_FILES:
            raise ValidationError(_("These are too many files. Keep the six that show most; untick the others."))
        return kept

    def clean(self) -> dict[str, Any]:
        """Put what is known of the person together, apart from the matter; a missing headline is made."""
        given = with_files(super().clean() or self.cleaned_data)
        if self.errors:
            return given
        contact = Contact(**{field: given[field] for field in ("name", "phone", "email", "is_withheld")})
        matter = {field: given[field] for field in ("kind", "text", "place", "files")}
        return {**matter, "title": given["title"] or headline(given["text"]), "contact": contact, "once": self.once}


class Code(WithSum):
    """The code of a receipt, typed in any way."""

    code = forms.CharField(
        label=_("Follow code"),
        max_length=40,
        help_text=_("Twelve letters and digits on your receipt; or such as 2026-000123 BCDF GHJK."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, asked: Sum | None = None, **options: Any) -> None:
        """Ask a sum where many wrong codes came from one address."""
        super().__init__(*args, **options)
        self.ask(asked)

    def clean_code(self) -> str:
        """Return the code without spaces and small letters."""
        return plain_code(self.cleaned_data["code"])


class Rate(forms.Form):
    """The citizen's word on five levels (好差评)."""

    level = forms.TypedChoiceField(
        label=_("How satisfied are you with how it was handled?"), choices=LEVELS, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Would you like to add something?"),
        required=False,
        max_length=1000,
        widget=area(4),
        help_text=_("Read by the supervision office, not by those who handled it."),
    )


class Objection(forms.Form):
    """Why a closed matter is not settled."""

    ground = forms.ChoiceField(
        label=_("What is the matter?"), choices=list(words_oversight.GROUNDS.items()), widget=forms.RadioSelect,
        help_text=_("If nothing was done though it was said to be, others look into how the matter was closed."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What is not settled?"),
        max_length=2000,
        widget=area(5),
        help_text=_("The section reads this and has to answer again; the time limit begins anew."),
    )


class Papers(WithFiles):
    """The missing papers are in, at the counter or here."""

    attachments = files_field(
        _("The papers"), _("If you hand them in here; what you brought to the counter is enough.")
    )

    def clean_attachments(self) -> Sequence[Kept]:
        """Lay the files on the shelf."""
        return self.lay_down(self.cleaned_data["attachments"])

    def clean(self) -> dict[str, Any]:
        """Call the files what the action calls them."""
        return with_files(super().clean() or self.cleaned_data)


class Letter(forms.Form):
    """One letter of the protected thread."""

    text = forms.CharField(label=_("Your letter"), max_length=5000, widget=area(5))


class Sure(forms.Form):
    """Asked once more before something is destroyed."""

    is_sure = forms.BooleanField(label=_("Yes, erase it. I know that nobody can bring it back."))

    def clean(self) -> dict[str, Any]:
        """The action takes no word of it."""
        super().clean()
        return {}


def headline(text: str) -> str:
    """Return a headline from the first sentence of a text."""
    first = re.split(r"[。！？!?\n；;]", text.strip(), maxsplit=1)[0].strip() or text.strip()
    return first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1]}…"


def plain_code(code: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return re.sub(r"[^0-9A-Z]", "", code.upper())
