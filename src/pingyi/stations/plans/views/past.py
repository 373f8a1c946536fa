"""The page of a start in mid-year: what was due before the round began."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from pingyi import pages
from pingyi.bureau.entrance import asking
from pingyi.rules.permissions import may
from pingyi.stations.plans import queries
from pingyi.stations.plans.actions import past as actions
from pingyi.stations.plans.forms.past import Past
from pingyi.stations.plans.queries import task as tasks


@asking("task.take_over")
def before(request: HttpRequest) -> HttpResponse:
    """Show what was due before the year was opened, and take over what was done."""
    opened, actor = queries.current_round(), pages.actor_of(request)
    rows = list(tasks.due_before(opened)) if opened else []
    offered = [row for row in rows if may(actor, "task.take_over", row.about())]
    form = Past(request.POST or None, tasks=offered)
    if form.is_valid() and pages.attempt(request, form, actions.take_over):
        count = len(form.cleaned_data["done"])
        said = ngettext("%(count)s task was taken over as done.", "%(count)s tasks were taken over as done.", count)
        return pages.done(request, "plans:duties-before", said=said % {"count": count})
    others = [row for row in rows if row not in offered]
    return pages.show(
        request, "plans/duties_before.html", form=form, offered=list(form.rows()), others=others, round=opened
    )
