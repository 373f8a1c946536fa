"""The pages of the plan: as everybody reads it, and its versions on their way into force (§0)."""

from __future__ import annotations

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi import clock, pages
from pingyi.bureau import readiness
from pingyi.bureau.entrance import asking, members_only
from pingyi.documents.plan_docx import to_docx
from pingyi.documents.plan_pdf import to_pdf
from pingyi.rules.permissions import may
from pingyi.rules.plan import Plan
from pingyi.stations.plans.actions import version as actions
from pingyi.stations.plans.forms import part as part_forms
from pingyi.stations.plans.forms import sheets
from pingyi.stations.plans.forms import version as forms
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries import outlook
from pingyi.stations.plans.queries import version as queries
from pingyi.stations.plans.queries.by_hand import can_choose
from pingyi.stations.plans.queries.mending import next_lost
from pingyi.stations.plans.queries.workbench import workbench

READY_BEFORE = (actions.propose, actions.adopt)
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan in force to everybody, as the official document that it is; before the first, take it in."""
    found = queries.in_force()
    is_first = found is None and may(pages.actor_of(request), "plan.draft")
    newest = queries.on_the_way() if is_first else None
    form = forms.Bring(year=clock.today().year) if is_first and newest is None else None
    return pages.show(request, "plans/version_in_force.html", found=found, newest=newest, form=form)


def plan_docx(request: HttpRequest) -> HttpResponse:
    """Hand out the plan in force as a DOCX."""
    found = queries.in_force()
    if found is None:
        raise Http404
    return _handed_out(to_docx(found.plan), name=f"{found.plan.title}.docx", kind=DOCX)


def plan_yaml(request: HttpRequest) -> HttpResponse:
    """Hand out the text in force, byte for byte as its digest was taken."""
    found = queries.in_force()
    if found is None:
        raise Http404
    content = found.round.plan_text.encode("utf-8")
    return _handed_out(content, name=f"plan-{found.round.year}.yaml", kind="application/yaml; charset=utf-8")


def plan_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the plan in force as a PDF for the archive, which carries the plan."""
    found = queries.in_force()
    if found is None:
        raise Http404
    return _handed_out(to_pdf(found.plan), name=f"{found.plan.title}.pdf", kind=PDF)


@members_only
def versions(request: HttpRequest) -> HttpResponse:
    """List every version."""
    return pages.show(request, "plans/version_list.html", versions=queries.versions(), found=queries.in_force())


@asking("plan.draft")
def bring(request: HttpRequest) -> HttpResponse:
    """Take a plan document in and show what was understood of it."""
    form = forms.Bring(_posted(request), request.FILES or None, year=clock.today().year)
    if form.is_valid() and pages.attempt(request, form, actions.draft):
        said = _("The document was read. Compare both sides, then mend and confirm.")
        if printed := form.cleaned_data["brought"].printed:
            said = _("This is the printed plan “%s”, unchanged. It was taken over whole.") % printed
        return pages.done(request, queries.versions()[0].get_absolute_url(), said=said)
    return pages.show(request, "plans/version_bring.html", form=form)


@members_only
def version(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a version: problems on top, the text on the left, what was understood on the right."""
    row = queries.version(reference)
    checked = queries.checked(row.text)
    bench = workbench(row, language=queries.language())
    parts, missing = sheets.sections(bench.parts, checked.located.plan, queries.language())
    return pages.show(
        request,
        "plans/version.html",
        version=row,
        plan=checked.located.plan,
        problems=queries.told(checked.problems, row=row),
        can_be_adopted=checked.can_be_adopted,
        bench=bench,
        people=queries.people(row),
        is_in_force=queries.is_in_force(row),
        parts=parts,
        missing=missing,
        with_items=sheets.with_items(),
    )


@asking("plan.edit")
def text(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a version's text, beside its problems at their lines."""
    row = queries.version(reference)
    form = forms.Text(_posted(request), row=row, initial={"text": row.text})
    typed = form.data.get("text", "") if form.is_bound else row.text
    if form.is_valid() and pages.attempt(request, form, actions.edit, reference):
        return pages.done(request, "plans:version", reference, said=_("The text was saved."))
    problems = queries.told(queries.checked(typed.replace("\r\n", "\n")).problems)
    return pages.show(request, "plans/version_text.html", form=form, version=row, problems=problems, typed=typed)


@asking("plan.edit")
def mend(request: HttpRequest, reference: str, start: int) -> HttpResponse:
    """Put one damaged passage of the document right."""
    row = queries.version(reference)
    form = forms.Mend(_posted(request), row=row, start=start)
    if form.lost is None:
        return pages.done(request, "plans:version", reference, said=_("This passage was put right already."))
    if form.is_valid() and pages.attempt(request, form, actions.mend, reference):
        return _to_the_next_passage(request, reference, start)
    return pages.show(request, "plans/version_part.html", form=form, version=row, title=_("Write the right words"))


def _to_the_next_passage(request: HttpRequest, reference: str, start: int) -> HttpResponse:
    row = queries.version(reference)
    following, left = next_lost(row, start), len(row.understood.get("lost", []))
    if following is None:
        return pages.done(request, "plans:version", reference, said=_("The words were put right."))
    said = ngettext(
        "The words were put right. %(left)d passage is left.",
        "The words were put right. %(left)d passages are left.",
        left,
    )
    return pages.done(request, "plans:version-mend", reference, following, said=said % {"left": left})


@asking("plan.edit")
def by_hand(request: HttpRequest, reference: str) -> HttpResponse:
    """Take or leave each change that was made by hand in the print."""
    row = queries.version(reference)
    if not can_choose(row):
        said = _("The plan was changed since it was read. Change single values on its page.")
        return pages.done(request, "plans:version", reference, said=said)
    form = forms.ByHand(_posted(request), row=row)
    return _written(request, row, form, title=_("Changes made by hand"))


@asking("plan.edit")
def part(request: HttpRequest, reference: str, part: str, number: int | None = None) -> HttpResponse:
    """Edit one part of a version, or one item of it."""
    row = queries.version(reference)
    if part not in sheets.SHEETS:
        raise Http404
    form = part_forms.EditPart(_posted(request), row=row, part=part, number=number)
    if not form.is_offered:
        raise Http404
    return _written(request, row, form, title=form.title)


@asking("plan.edit")
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm what presets chose, and set sentences aside that need nothing."""
    row = queries.version(reference)
    form = forms.Confirm(_posted(request), row=row)
    if not form.is_needed:
        return pages.done(request, "plans:version", reference, said=_("Nothing is left to confirm."))
    return _written(request, row, form, title=_("Choices to confirm"))


@members_only
def difference(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what a version changes in the plan in force."""
    row = queries.version(reference)
    before, found = queries.difference(row)
    told = [(one, one.sentence(queries.language())) for one in found]
    return pages.show(request, "plans/version_difference.html", version=row, before=before, differences=told)


@members_only
def version_docx(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out a version as a DOCX, to be read on paper before it is adopted."""
    found = _readable(reference)
    return _handed_out(to_docx(found), name=f"{found.title}.docx", kind=DOCX)


@members_only
def version_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out a version as a PDF, to be read on paper before it is adopted."""
    found = _readable(reference)
    return _handed_out(to_pdf(found), name=f"{found.title}.pdf", kind=PDF)


@asking("plan.propose")
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose a draft for adoption."""
    said = _("The plan is proposed. Another person of the supervision office or a bureau leader can now adopt it.")
    return _do(request, reference, actions.propose, title=_("Propose for adoption"), said=said)


@asking("plan.adopt")
def adopt(request: HttpRequest, reference: str) -> HttpResponse:
    """Adopt a proposed version."""
    said = _("The plan is adopted. Its tasks and meetings stand in the year.")
    return _do(request, reference, actions.adopt, title=_("Adopt the plan"), said=said)


@asking("plan.withdraw")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a proposal back, or give a draft up."""
    return _do(request, reference, actions.withdraw, title=_("Take back"), said=_("It was taken back."))


@asking("plan.amend")
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin an amendment of the plan in force."""
    form = forms.Amendment(_posted(request))
    if form.is_valid() and pages.attempt(request, form, actions.amend, reference):
        said = _("A new draft holds the text in force. Change it, then propose it.")
        return pages.done(request, queries.versions()[0].get_absolute_url(), said=said)
    row = queries.version(reference)
    return pages.show(request, "plans/version_ask.html", form=form, version=row, title=_("Amend the plan"))


def _readable(reference: str) -> Plan:
    """Return a version's plan; one whose text does not read is a page that does not exist."""
    found: Plan | None = queries.checked(queries.version(reference).text).located.plan
    if found is None:
        raise Http404
    return found


def _written(request: HttpRequest, row: PlanVersion, form: Form, *, title: str) -> HttpResponse:
    if form.is_valid() and pages.attempt(request, form, actions.edit, row.reference):
        return pages.done(request, "plans:version", row.reference, said=_("The plan was changed."))
    return pages.show(request, "plans/version_part.html", form=form, version=row, title=title)


def _do(request: HttpRequest, reference: str, action: Callable[..., object], *, title: str, said: str) -> HttpResponse:
    """Ask once more, then do it."""
    row = queries.version(reference)
    form = Form(_posted(request))
    if form.is_valid() and pages.attempt(request, form, action, reference):
        return pages.done(request, "plans:version", reference, said=said)
    before, found = queries.difference(row)
    told = [(one, one.sentence(queries.language())) for one in found]
    return pages.show(
        request,
        "plans/version_ask.html",
        form=form,
        version=row,
        title=title,
        before=before,
        differences=told,
        ready=readiness.look(outlook.occasion(row, at=clock.now())) if action in READY_BEFORE else None,
    )


def _posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent; an empty form that was sent is still one to be answered."""
    return request.POST if request.method == "POST" else None


def _handed_out(content: bytes, *, name: str, kind: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
