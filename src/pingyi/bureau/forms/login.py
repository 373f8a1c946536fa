"""Choosing a user name and a password: on the first run, and with an invitation."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingyi.bureau import setup_code
from pingyi.bureau.models import ROLES, Login
from pingyi.pages import refused_as_fault
from pingyi.rules import address as rules
from pingyi.rules.permissions import PERMISSIONS
from pingyi.rules.refused import Refused


class SecondWord(forms.Form):
    """The second word, where the post is one that checks the work of others."""

    word = forms.CharField(
        label=_("Second word"),
        max_length=40,
        help_text=_("This post checks the work of others. Another officer tells you the word; it is not on the paper."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, needs_word: bool = False, **more: Any) -> None:
        """Ask for the word where it is needed."""
        super().__init__(*args, **more)
        if not needs_word:
            del self.fields["word"]


class Own(SecondWord):
    """Takes up a post with the login that is signed in."""


class Accept(SecondWord):
    """A user name and a password, typed twice."""

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Letters, digits and . _ - only; you sign in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. A short sentence is easy to keep in mind and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("The password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Hold the password to the house's rules."""
        values = super().clean() or {}
        again = values.pop("again", None)
        password = values.get("password")
        if password and again is not None and again != password:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        if password:
            self._validate(password, values.get("username", ""))
        return values

    def _validate(self, password: str, username: str) -> None:
        try:
            validate_password(password, Login(username=username))
        except ValidationError as fault:
            self.add_error("password", fault)


class FirstRun(Accept):
    """The bureau, its first supervision officer, and the second person (ADR 0013)."""

    name = forms.CharField(label=_("Name of the bureau"), max_length=80)
    short_name = forms.CharField(label=_("Short name"), max_length=20, required=False)
    office_name = forms.CharField(
        label=_("The office that runs the evaluation"), max_length=40, help_text=_("For instance 监察室.")
    )
    year = forms.IntegerField(label=_("Year of the evaluation"), min_value=1990, max_value=2200)
    officer = forms.CharField(
        label=_("Your name"), max_length=40, help_text=_("You become the first supervision officer.")
    )
    second = forms.CharField(
        label=_("Name of the second person"),
        max_length=40,
        help_text=_(
            "Somebody else than you, who confirms what one person must not decide alone: who gets a post that checks "
            "others, and that the plan comes into force. You invite this person next."
        ),
    )
    second_role = forms.ChoiceField(label=_("Role of the second person"))
    address = forms.CharField(
        label=_("The address at which people reach this site"),
        max_length=200,
        help_text=_(
            "Links, invitations and the codes on notice boards lead there, for instance https://pingyi.example.gov. "
            "It can be changed later; paper that hangs already cannot."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
    record_name = forms.CharField(
        label=_("The record's name"),
        max_length=rules.LONGEST_NAME,
        required=False,
        help_text=_(
            "It stands in every entry and signature, for instance pingyi.example.gov, and can never be changed. "
            "Left empty, it is the address without https://."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Setup code"),
        required=False,
        help_text=_("The server printed it when it started; it also stands in the file setup-code in its home folder."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = (
        "code", "name", "short_name", "office_name", "year", "officer", "username", "password", "again", "second",
        "second_role", "address", "record_name",
    )  # fmt: skip

    def __init__(self, *args: Any, is_local: bool, given: Collection[str] = (), **more: Any) -> None:
        """Ask for the setup code unless the person sits at the machine, and for nothing that is given already."""
        super().__init__(*args, **more)
        for field in given:
            del self.fields[field]
        able = {role.value for role in PERMISSIONS["motion.confirm"].reach}
        choices = [(value, said) for value, said in ROLES if value in able]
        self.fields["second_role"].choices = choices  # type: ignore[attr-defined]
        if is_local:
            del self.fields["code"]

    def clean_code(self) -> str:
        """Refuse a wrong setup code."""
        if not setup_code.is_right(self.cleaned_data["code"]):
            raise ValidationError(_("This is not the setup code. Look at the lines that the server printed at start."))
        return ""

    def clean_address(self) -> str:
        """Refuse what would lead nobody here."""
        try:
            return rules.chosen_address(self.cleaned_data["address"])
        except Refused as refused:
            raise refused_as_fault(refused) from refused

    def clean(self) -> dict[str, Any]:
        """Leave the code out of what the action is given."""
        values = super().clean()
        values.pop("code", None)
        if "record_name" in values and (values["record_name"] or values.get("address")):
            try:
                values["record_name"] = rules.chosen_name(values["record_name"], address=values.get("address", ""))
            except Refused as refused:
                self.add_error("record_name", refused_as_fault(refused))
        return values
