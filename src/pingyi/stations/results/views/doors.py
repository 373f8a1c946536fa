"""How the room's pages answer what is not there or not open to the reader."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from pingyi.bureau.entrance import members_only, telling
from pingyi.rules.refused import Refused
from pingyi.stations.plans.models import Round
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.queries import evidence, verdict

View = Callable[..., HttpResponse]


def room(view: View) -> View:
    """Let members in; a refused reading becomes a page that says why and what to do."""
    return members_only(telling("results/closed.html")(view))


def the_round() -> Round:
    """Return the round, or say that a plan must be adopted first."""
    found = evidence.open_round()
    if found is None:
        raise Refused("evidence.no_round")
    return found


def the_verdict() -> Verdict:
    """Return the round's verdict, or say that there is none yet."""
    found = verdict.standing(the_round())
    if found is None:
        raise Refused("result.none_yet")
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, even where it is nothing but the word itself; None for a reading."""
    return request.POST if request.method == "POST" else None
