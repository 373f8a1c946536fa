"""What the public's form is held against: Django with one form of the same fields and one insert, nothing else.

`bare.serve(port, processes, threads)` serves it by the same server, with kept connections and the same disk setting.
"""

from __future__ import annotations

import os
from typing import Any

import django
from django.conf import settings

HERE = "bare"


def set_up() -> None:
    """Configure Django by hand; the database is the one that the product's own settings name."""
    from pingyi.config.environment import environment

    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=HERE,
        DATABASES={"default": {**environment().database(), "ENGINE": _engine()}},
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {}}],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def _engine() -> str:
    """Django's own, without our turns."""
    is_server = bool(os.environ.get("PINGYI_DATABASE_URL"))
    return "django.db.backends.postgresql" if is_server else "django.db.backends.sqlite3"


if not settings.configured:
    set_up()

from django import forms
from django.db import connection, connections, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template import Context, Template
from django.urls import path
from django.utils import timezone
from django.utils.crypto import get_random_string


class Told(models.Model):
    """One row."""

    code = models.CharField(max_length=12, unique=True)
    once = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=24)
    told = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """An app that is none."""

        app_label = HERE


class Tell(forms.Form):
    """The same fields as the public form."""

    kind = forms.ChoiceField(choices=[("complaint", "complaint"), ("inquiry", "inquiry")])
    text = forms.CharField(max_length=5000)
    place = forms.CharField(max_length=200, required=False)
    title = forms.CharField(max_length=200, required=False)
    name = forms.CharField(max_length=60, required=False)
    phone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(required=False)
    once = forms.CharField(max_length=64)


PAGE = Template(
    "<form method=post><input type=hidden name=csrfmiddlewaretoken value={{ token }}>{{ form.as_p }}</form>"
)


def tell(request: HttpRequest) -> HttpResponse:
    """Take what was told, and go on."""
    form = Tell(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        code = get_random_string(12)
        Told.objects.create(code=code, once=given["once"], kind=given["kind"], told=given, at=timezone.now())
        return HttpResponseRedirect(f"/follow/{code}/receipt/")
    return HttpResponse(PAGE.render(Context({"form": form, "token": get_token(request)})))


urlpatterns = [path("tell/", tell)]


def load() -> Any:
    """Return the site to the process that answers."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def serve(port: str, processes: str, threads: str) -> None:
    """Make the table and serve."""
    from granian import Granian
    from granian.constants import Interfaces

    with connection.schema_editor() as editor:
        editor.create_model(Told)
    connections.close_all()
    Granian(
        f"{HERE}:application", address="127.0.0.1", port=int(port), interface=Interfaces.WSGI, workers=int(processes),
        blocking_threads=int(threads), runtime_threads=1, log_enabled=False,
    ).serve(target_loader=load, wrap_loader=False)  # fmt: skip
