"""Sections, members, reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from pingyi.bureau import hooks, queries
from pingyi.bureau.models import ROLES, Bureau, Member, Section
from pingyi.grounds import Grounded


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class Reason(Grounded):
    """Why something is ended or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class Note(forms.Form):
    """Why a motion is refused."""

    note = forms.CharField(
        label=_("Why not"), max_length=200, help_text=_("The other officer reads it; it does not stand in public.")
    )


class BureauForm(Grounded):
    """The bureau's names and year."""

    verb = "bureau.change"

    name = forms.CharField(label=_("Name of the bureau"), max_length=80)
    short_name = forms.CharField(label=_("Short name"), max_length=20, required=False)
    office_name = forms.CharField(label=_("The office that runs the evaluation"), max_length=40)
    year = forms.IntegerField(label=_("Year of the evaluation"), min_value=1990, max_value=2200)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class SectionForm(forms.Form):
    """A section's particulars."""

    name = forms.CharField(label=_("Name of the section"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of section"), required=False)
    other_kind = forms.CharField(
        label=_("Another kind"),
        max_length=20,
        required=False,
        help_text=_("Only where the list has none that fits, for instance 工作队."),
    )
    line = forms.CharField(
        label=_("Line of business"),
        max_length=120,
        required=False,
        help_text=_("What the section is responsible for; it also answers for the conduct in that line."),
    )
    parent = forms.ChoiceField(label=_("Section above"), required=False)
    is_evaluated = forms.BooleanField(label=_("Takes part in the evaluation"), required=False, initial=True)
    section_class = forms.ChoiceField(
        label=_("Section class"),
        required=False,
        help_text=_("Sections of one class are ranked together. The classes are those of the plan in force."),
    )
    order = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, required=False)

    def __init__(self, *args: Any, section: Section | None = None, **more: Any) -> None:
        """Offer the known kinds and the other open sections; begin with the section's own values."""
        begin = _values(section) if section else {}
        super().__init__(*args, **{"initial": begin, **more})
        kinds = hooks.kinds() | (
            {section.kind_id: section.kind_id} if section and section.kind_id not in hooks.kinds() else {}
        )
        self.fields["kind"].choices = [("", _("Choose")), *kinds.items()]  # type: ignore[attr-defined]
        ranked = hooks.classes()
        if section and section.section_class and hooks.class_of(section.section_class) not in ranked:
            ranked[section.section_class] = section.section_class
        by_kind = ("", _("As the plan says of its kind"))
        self.fields["section_class"].choices = [by_kind, *ranked.items()]  # type: ignore[attr-defined]
        above = [(row.reference, row.name) for row in queries.sections() if section is None or row.pk != section.pk]
        self.fields["parent"].choices = [("", _("None")), *above]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the values with one kind: of the list, or in the office's own word."""
        values = super().clean() or {}
        chosen, own = values.get("kind", ""), values.pop("other_kind", "").strip()
        meant = hooks.kind_of(own) if own else ""
        if chosen and meant not in {"", chosen}:
            self.add_error("other_kind", _("Choose a kind from the list or write another one, not both."))
        elif not chosen and not meant and "kind" not in self.errors:
            self.add_error("kind", _("Choose the kind of the section, or write another one below."))
        return values | {"kind": chosen or meant}


class NewSection(SectionForm):
    """A section that is added, with a code of its own."""

    reference = forms.CharField(
        label=_("Code"),
        max_length=30,
        required=False,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", _("Use small letters, digits and hyphens, a letter first."))],
        help_text=_(
            "Names the section in tables and in the record and never changes. Leave it empty to have one made."
        ),
    )


class ChangedSection(Grounded, SectionForm):
    """A section that is changed, with the reason."""

    verb = "section.change"

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class NameHead(forms.Form):
    """Who answers for a section, and who stands in."""

    head = forms.ChoiceField(label=_("Head"))
    stand_in = forms.ChoiceField(
        label=_("Stand-in (B post)"), required=False, help_text=_("Acts while the head is away; another person.")
    )

    def __init__(self, *args: Any, section: Section, **more: Any) -> None:
        """Offer the people of the section."""
        begin = {
            "head": section.head.reference if section.head else "",
            "stand_in": section.stand_in.reference if section.stand_in else "",
        }
        super().__init__(*args, **{"initial": begin, **more})
        people = [(one.reference, one.name) for one in queries.members(section=section.reference)]
        self.fields["head"].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]
        self.fields["stand_in"].choices = [("", _("None")), *people]  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """A person's post and particulars."""

    name = forms.CharField(label=_("Full name"), max_length=40)
    role = forms.ChoiceField(label=_("Role"))
    section = forms.ChoiceField(
        label=_("Section"), required=False, help_text=_("Heads and staff need one; who stands outside has none.")
    )
    title = forms.CharField(label=_("Post title"), max_length=40, required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=24,
        required=False,
        validators=[RegexValidator(r"^\+?[\d -]{5,24}$", _("Type digits only, such as 13800000000."))],
        help_text=_("Seen by the supervision office and the person alone."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    mail = forms.EmailField(
        label=_("Mail address"),
        max_length=120,
        required=False,
        help_text=_("The invitation goes there. Empty means that it is printed, sealed."),
    )
    letter_number = forms.CharField(
        label=_("Number of the letter of appointment"), max_length=60, required=False, help_text=_("For supervisors.")
    )

    def __init__(self, *args: Any, member: Member | None = None, section: str = "", **more: Any) -> None:
        """Offer the roles and the open sections; begin with the member's own values."""
        begin: dict[str, object] = _post(member) if member else {"section": section}
        super().__init__(*args, **{"initial": begin, **more})
        self.fields["role"].choices = [("", _("Choose")), *ROLES]  # type: ignore[attr-defined]
        units = [(row.reference, row.name) for row in queries.sections()]
        if member and member.section and member.section.closed_on:
            units.append((member.section.reference, member.section.name))
        self.fields["section"].choices = [("", _("None")), *units]  # type: ignore[attr-defined]


class Appoint(MemberForm):
    """A person who is appointed."""

    active_from = _day(_("First day"), _("Empty means today."))
    active_until = _day(_("Last day"), _("For a term, such as a supervisor's."))


class ChangedMember(Grounded, MemberForm):
    """A member who is changed, with the reason."""

    verb = "member.change"

    active_until = _day(_("Last day"), _("For a term, such as a supervisor's."))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


def of_bureau(row: Bureau) -> dict[str, object]:
    """Return the bureau's values for its form."""
    return {name: getattr(row, name) for name in ("name", "short_name", "office_name", "year")}


def _values(row: Section) -> dict[str, object]:
    fields = ("name", "line", "is_evaluated", "order")
    own = {"kind": row.kind_id, "parent": row.parent.reference if row.parent else ""}
    own["section_class"] = hooks.class_of(row.section_class)
    return own | {name: getattr(row, name) for name in fields}


def _post(one: Member) -> dict[str, object]:
    fields = ("name", "role", "title", "phone", "mail", "letter_number", "active_until")
    return {"section": one.section.reference if one.section else ""} | {name: getattr(one, name) for name in fields}
