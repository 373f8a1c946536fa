"""The first run: the bureau and its first supervision officer; afterwards closed for ever."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from pingyi import clock, pages, site
from pingyi.bureau import founding, naming, queries, setup_code
from pingyi.bureau.actions import organization
from pingyi.bureau.forms.login import FirstRun
from pingyi.bureau.models import Login
from pingyi.record import software
from pingyi.rules.actor import Role

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def first_run(request: HttpRequest) -> HttpResponse:
    """Create the bureau and sign its first officer in."""
    if queries.bureau() is not None:
        return _closed(request)
    local = setup_code.is_local(request)
    begin = {
        "year": clock.today().year,
        "office_name": "监察室",
        "second_role": Role.BUREAU_LEADER.value,
        "code": request.GET.get("code", ""),
        "record_name": naming.host(),
    }
    given = naming.given()
    form = FirstRun(request.POST or None, initial=begin, is_local=local, given=given)
    is_over_https = request.META.get("HTTP_X_FORWARDED_PROTO") == "https"
    if form.is_valid() and pages.attempt(request, form, _create, is_over_https=is_over_https):
        setup_code.forget()
        login(request, Login.objects.get(username=form.cleaned_data["username"].strip()), backend=BACKEND)
        said = gettext("The bureau was created, and you are signed in. Invite the second person next.")
        if told := _left_to_do(is_over_https=is_over_https):
            messages.warning(request, told)
        return founding.remember(pages.done(request, "bureau:invitations", said=said))
    return pages.show(request, "bureau/first_run.html", form=form)


def _create(*, address: str = "", record_name: str = "", is_over_https: bool = False, **told: Any) -> object:
    """Create the bureau under the address and the name that were chosen: its first entry bears that name.

    Whoever came over HTTPS, through a proxy that says so, has it switched on. At the machine itself it would lock
    everybody out until a proxy stands.
    """
    https = "true" if is_over_https and address.startswith("https://") else ""
    with site.chosen(address=address, name=record_name, https=https):
        made = organization.create(**told)
    software.deployed(at=told["at"])
    return made


def _left_to_do(*, is_over_https: bool) -> str:
    """Say what an address that begins with https:// still asks of the machine's keeper."""
    if site.is_behind_https():
        return ""
    if is_over_https:
        return gettext("HTTPS is switched on in settings.env. It counts once the site was started again.")
    return gettext(
        "The address begins with https://. Once a proxy speaks HTTPS in front of this site, write PINGYI_HTTPS='true' "
        "into settings.env and start it again (docs/guides/https.md); until then cookies travel unprotected."
    )


def _closed(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    return redirect("bureau:bureau")
