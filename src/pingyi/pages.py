"""Show, attempt, done: the few lines that every view shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from pingyi import clock, outages
from pingyi.rules.actor import VISITOR, Actor, Role
from pingyi.rules.refused import Refused
from pingyi.words import refusal

Row = TypeVar("Row", bound=Model)
FRAME = frozenset({"actor", "look"})  # what every page's frame is drawn from; see web.context
BUSY, BUSY_FOR = "file.busy", 20  # seconds after which a file may be sent again


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts; the middleware of `bureau` sets it, and a visitor is an actor too."""
    actor = getattr(request, "actor", VISITOR)
    return actor if isinstance(actor, Actor) else VISITOR


def attempt(request: HttpRequest, form: Form, action: Callable[..., object], *args: object, **more: object) -> bool:
    """Run an action with the form's values as this person, now; a refusal becomes a sentence on the form."""
    return attempt_as(actor_of(request), form, action, *args, **more)


def attempt_as(actor: Actor, form: Form, action: Callable[..., object], *args: object, **more: object) -> bool:
    """Run an action as somebody whom the page itself knows, such as the holder of a code."""
    try:
        with keeping(form, actor):
            action(*args, **form.cleaned_data, **more, by=actor, at=clock.now())
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused_as_fault(refused))
        return False
    return not is_out(form)


@contextmanager
def keeping(form: Form, actor: Actor) -> Iterator[None]:
    """Say on the form, with all that was typed, that nothing can be kept now; any other fault is raised on."""
    try:
        yield
    except Refused:
        raise
    except Exception as fault:
        told = outages.as_fault(fault, is_member=actor.role is not Role.PUBLIC)
        if told is None:
            raise
        form.add_error(None, told)


def show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """Render a page; a form with errors answers 422 so that htmx and tests can tell (503: nothing was wrong).

    Queries are asked here, so that a template never waits for the database, nor fails half-way down a page.
    """
    if not FRAME.isdisjoint(context):
        raise TypeError(f"{sorted(FRAME & context.keys())}: these names are the frame's, and the page would lose it")
    context = {name: list(value) if isinstance(value, QuerySet) else value for name, value in context.items()}
    form = context.get("form")
    status = _status(form) if isinstance(form, Form) and form.is_bound and form.errors else 200
    response = render(request, template, context, status=status)
    if status == 503:
        response.headers["Retry-After"] = str(outages.AGAIN if is_out(form) else BUSY_FOR)
    return response


def refused_as_fault(refused: Refused) -> ValidationError:
    """Return a refusal as a fault of a form, with its sentence and its code."""
    return ValidationError(refusal(refused), code=refused.code)


def _status(form: Form) -> int:
    """Tell a form that was filled in wrongly from one that only came while nothing could be kept or read."""
    return 503 if is_out(form) or all(str(code).endswith(BUSY) for code in _codes(form)) else 422


def is_out(form: object) -> bool:
    """Whether a form was not taken because nothing can be kept now, and not for what stands in it."""
    return isinstance(form, Form) and outages.CODE in _codes(form)


def _codes(form: Form) -> set[str | None]:
    return {fault.code for faults in form.errors.as_data().values() for fault in faults}


def page_of(request: HttpRequest, rows: QuerySet[Row], size: int) -> Page[Row]:
    """Return that page of a long list which the address asks for, already read."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def done(request: HttpRequest, to: str, *args: object, said: str = "") -> HttpResponse:
    """Redirect after a change, with a sentence of what was done; to the page that sent for it, if one did."""
    if said:
        messages.success(request, said)
    back = came_from(request)
    return redirect(back) if back else redirect(to, *args)


def came_from(request: HttpRequest) -> str:
    """Return the page of this site that wants its reader back, as the address says; nothing where none does."""
    back = request.GET.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""
