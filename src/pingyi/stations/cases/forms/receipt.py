"""The form at the telephone, the counter, for a letter or a visit: what was raised, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.forms.files import WithFiles, files_field
from pingyi.bureau.shelf import Kept
from pingyi.rules.plan.conduct import Channel
from pingyi.stations.cases import words
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.forms.widgets import Day, area, with_files

PRIVATE = _("Private: seen only by an act with a reason.")
CONTACT = ("name", "phone", "email", "address")
ABOUT_IT = ("channel", "receipt", "external_number", "received_on", "theme", "is_kept")


class Receipt(WithFiles):
    """A matter that somebody brings to the bureau (§3.2.2)."""

    kind = forms.ChoiceField(label=_("Kind of matter"), choices=list(words.KINDS.items()), widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("How it came in"))
    title = forms.CharField(
        label=_("In one line"), max_length=200, help_text=_("What and where; no names and no numbers of people.")
    )
    text = forms.CharField(label=_("In the words of the person"), required=False, max_length=20_000, widget=area(7))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    theme = forms.CharField(
        label=_("Theme"), required=False, max_length=120, help_text=_("Such as noise, waste water, licences.")
    )
    receipt = forms.CharField(
        label=_("Sealed receipt"),
        required=False,
        max_length=20,
        help_text=_("At the counter and on visits: hand it over unopened, and type the number outside."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    received_on = forms.DateField(
        label=_("Received on"),
        required=False,
        widget=Day(),
        help_text=_("Empty means today; the time limit runs from then."),
    )
    external_number = forms.CharField(
        label=_("Hotline number"), required=False, max_length=64, help_text=_("If it came from a hotline.")
    )
    attachments = files_field(_("Photographs and papers"))
    name = forms.CharField(label=_("Name of the person"), required=False, max_length=60)
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        validators=[RegexValidator(r"^[+\d][\d ()+-]{4,39}$", _("Type digits only, such as 13800000000."))],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.EmailField(label=_("Mail address"), required=False, max_length=120)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    is_kept = forms.BooleanField(
        label=_("My own section handles this"),
        required=False,
        help_text=_("Otherwise you hold it until another section accepts it."),
    )

    def __init__(self, *args: Any, channels: Sequence[Channel], has_section: bool, **more: Any) -> None:
        """Offer the plan's hotlines beside the house's own ways in."""
        super().__init__(*args, **more)
        named = [(one.id, one.name) for one in channels]
        own = [item for item in words.CHANNELS.items() if item[0] not in {key for key, _name in named}]
        self.fields["channel"] = forms.ChoiceField(label=_("How it came in"), choices=[*own, *named])
        if not has_section:
            del self.fields["is_kept"]

    @property
    def groups(self) -> list[tuple[str | Promise, str | Promise, list[forms.BoundField]]]:
        """The fields in their groups, each with a legend and a hint."""
        shown = {field.name: field for field in self.visible_fields()}
        beside = {*CONTACT, *ABOUT_IT}
        return [
            (_("The matter"), "", [field for name, field in shown.items() if name not in beside]),
            (_("Who raised it"), PRIVATE, [shown[name] for name in CONTACT]),
            (_("How it came here"), "", [shown[name] for name in ABOUT_IT if name in shown]),
        ]

    def clean_attachments(self) -> Sequence[Kept]:
        """Lay the files on the shelf."""
        return self.lay_down(self.cleaned_data["attachments"])

    def clean(self) -> dict[str, Any]:
        """Put what is known of the person together, apart from the matter."""
        given = with_files(super().clean() or self.cleaned_data)
        if self.errors:
            return given
        contact = Contact(**{field: given[field] for field in CONTACT})
        return {**{key: value for key, value in given.items() if key not in CONTACT}, "contact": contact}
