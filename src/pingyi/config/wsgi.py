"""The web server's entry."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from pingyi import home
from pingyi.web.warm import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingyi.config.settings")

home.keep_to_oneself()
application = get_wsgi_application()
home.tighten(settings.PINGYI.home)
home.occupy(settings.PINGYI.home)
warm()
