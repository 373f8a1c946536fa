"""The page of one fact of a version's document that no field holds (§0)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import pages
from pingyi.bureau.entrance import asking
from pingyi.stations.plans.actions import version as actions
from pingyi.stations.plans.forms.fact import AnswerFact
from pingyi.stations.plans.queries import version as queries
from pingyi.stations.plans.queries.open_facts import fact_at


@asking("plan.edit")
def answer(request: HttpRequest, reference: str, start: int) -> HttpResponse:
    """Answer about one fact of the document that no field holds."""
    row = queries.version(reference)
    found = fact_at(row, queries.checked(row.text).located.plan, start)
    if found is None:
        return pages.done(request, "plans:version", reference, said=_("Nothing is left to answer here."))
    form = AnswerFact(request.POST if request.method == "POST" else None, row=row, found=found)
    if form.is_valid():
        action = actions.mend if "mending" in form.cleaned_data else actions.edit
        if pages.attempt(request, form, action, reference):
            return pages.done(request, "plans:version", reference, said=_("The answer was kept."))
    title = _("“%(words)s” of the document") % {"words": found.fact.words}
    return pages.show(request, "plans/version_part.html", form=form, version=row, title=title)
