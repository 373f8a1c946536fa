"""Django's settings, all derived from the typed environment."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from pingyi.config.environment import environment
from pingyi.storage import read_only

PINGYI = environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = PINGYI.secret()
DEBUG = PINGYI.debug
# One whose address was chosen while it runs answers to that too: `AddressMiddleware`.
ALLOWED_HOSTS = [host.strip() for host in PINGYI.hosts.split(",") if host.strip()]
ROOT_URLCONF = "pingyi.config.urls"
WSGI_APPLICATION = "pingyi.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "pingyi.web",
    "pingyi.rehearsal",
    "pingyi.stations.publication",
    "pingyi.stations.results",
    "pingyi.stations.commitments",
    "pingyi.stations.cases",
    "pingyi.stations.plans",
    "pingyi.bureau",
    "pingyi.record",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "pingyi.web.middleware.AddressMiddleware",
    "pingyi.web.middleware.MethodMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pingyi.web.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pingyi.bureau.middleware.LimitMiddleware",
    "pingyi.bureau.middleware.ActorMiddleware",
    "pingyi.bureau.beginning.FirstRunMiddleware",
    "pingyi.web.middleware.NotKeptMiddleware",
    "pingyi.web.middleware.ReadableMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pingyi.web.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": {**PINGYI.database(), "ATOMIC_REQUESTS": False}}
LIMITS_FILE = PINGYI.home / "limits.sqlite3"  # what the processes of a host count together (pingyi.limits)

COMMITS_INLINE = False  # only tests, which run inside a transaction, commit without the queue

AUTH_USER_MODEL = "bureau.Login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["pingyi.bureau.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "pingyi.bureau.accounts.InvitedOnly"
ACCOUNT_RATE_LIMITS = False  # each process would count for itself; pingyi.bureau.attempts counts for all
ACCOUNT_FORMS = {"change_password": "pingyi.bureau.forms.account.ChangePassword"}
MFA_FORMS = {
    "authenticate": "pingyi.bureau.forms.account.SecondFactor",
    "reauthenticate": "pingyi.bureau.forms.account.SecondFactorAgain",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_SECURE = True, "Lax", PINGYI.https
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = PINGYI.home / "static"
if not read_only.is_looking():
    with contextlib.suppress(OSError):  # an auditor's read-only copy is read without it
        STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {
        "BACKEND": "pingyi.storage.folder.SyncedStorage",
        "OPTIONS": {"location": PINGYI.home / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

CSRF_FAILURE_VIEW = "pingyi.web.views.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PINGYI.https
SECURE_SSL_REDIRECT = PINGYI.https
SECURE_HSTS_SECONDS = 31_536_000 if PINGYI.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PINGYI.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Without a mail server nothing is mailed: invitations are printed.
EMAIL_HOST, EMAIL_PORT = PINGYI.mail_host, PINGYI.mail_port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = PINGYI.mail_user, PINGYI.mail_password
EMAIL_USE_TLS, EMAIL_USE_SSL = PINGYI.mail_tls == "starttls", PINGYI.mail_tls == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = PINGYI.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
