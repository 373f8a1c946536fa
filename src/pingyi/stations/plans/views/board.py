"""The progress board and the year's timeline."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau import queries as bureau
from pingyi.bureau.entrance import members_only
from pingyi.documents import charts
from pingyi.rules.permissions import may
from pingyi.stations.plans import queries
from pingyi.stations.plans.forms.task import STANDINGS, BoardSieve
from pingyi.stations.plans.queries import board as boards
from pingyi.stations.plans.queries import task as tasks
from pingyi.stations.plans.queries import year as years
from pingyi.stations.plans.queries.board import ORDER, Sieve


@members_only
def board(request: HttpRequest) -> HttpResponse:
    """Show who has done what: sections × tasks (§5.1)."""
    opened = queries.current_round()
    if opened is None:
        return pages.show(request, "plans/no_round.html")
    phases = [(phase.id, phase.name) for phase in queries.plan(opened).phases]
    form = BoardSieve(request.GET, phases=phases, sections=bureau.sections())
    sieve = Sieve(**form.cleaned_data) if form.is_valid() else Sieve()
    shown = boards.board(opened, on=clock.today(), sieve=sieve)
    legend = [(standing, STANDINGS[standing], shown.counts.get(standing, 0)) for standing in ORDER]
    return pages.show(
        request,
        "plans/board.html",
        board=shown,
        sieve=form,
        legend=legend,
        round=opened,
        today=clock.today(),
        before=tasks.due_before(opened).count() if may(pages.actor_of(request), "task.take_over") else 0,
    )


@members_only
def year(request: HttpRequest) -> HttpResponse:
    """Show the year's phases, tasks and meetings, with a line where today is (§4)."""
    opened = queries.current_round()
    if opened is None:
        return pages.show(request, "plans/no_round.html")
    shown = years.year(opened, on=clock.today())
    words = {
        "past": _("over"),
        "now": _("under way"),
        "later": _("not begun"),
        "done": _("done"),
        "meeting": _("meeting"),
    }
    spans = years.spans(shown, words=words)
    option = charts.year_spans(spans, today=shown.today, today_label=_("Today"))
    return pages.show(request, "plans/timeline.html", year=shown, spans=spans, option=option)
