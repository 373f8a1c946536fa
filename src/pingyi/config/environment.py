"""Every setting of the house, typed, from the environment; without any it runs on SQLite in `var/`."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from pingyi.home import LOCK, is_rehearsal
from pingyi.storage import files, read_only

# Opening the database anew for each request costs more than most questions to it; a connection that broke is renewed.
KEPT: dict[str, object] = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def _default_home() -> Path:
    return Path(os.environ.get("PINGYI_ROOT", Path.cwd())) / "var"


SETTINGS_FILE = "settings.env"  # in home: what a restore brought along; the environment counts above it

REHEARSED: dict[str, Any] = {
    "origin": "pingyi.example",
    "address": "",
    "database_url": "",
    "secret_key": "",
    "key_file": None,
    "signer": None,
}


class SettingError(ValueError):
    """A setting that cannot be used; its sentence says what to do."""


class Environment(BaseSettings):
    """Settings named PINGYI_…; each has a default that a first start can live with."""

    model_config = SettingsConfigDict(env_prefix="PINGYI_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(default_factory=_default_home, description="Folder for the database, keys and uploads.")
    database_url: str = Field(default="", description="postgresql://user:password@host/name; empty means SQLite.")
    origin: str = Field(
        default="pingyi.example", description="The record's name in its checkpoints; the first run asks for it."
    )
    address: str = Field(
        default="",
        description="The address that people reach the site by, such as https://pingyi.example.gov: links and codes "
        "on paper begin with it. The first run asks for it.",
    )
    hosts: str = Field(default="127.0.0.1,localhost,[::1]", description="Host names the site answers to.")
    secret_key: str = Field(default="", description="Django's secret; empty means a file in home, made on first use.")
    key_file: Path | None = Field(default=None, description="The record's signing key; default home/record-key.")
    signer: Path | None = Field(
        default=None, description="Socket of the signer (`pingyi sign`); empty: the site signs by itself."
    )
    https: bool = Field(default=False, description="The site is reached by HTTPS only.")
    rehearsal: bool = Field(
        default=False, description="A rehearsal (演练): movable clock, never mixed with a real round."
    )
    processes: int = Field(
        default=0, ge=0, description="Processes that answer; 0 means one for each core, eight at most."
    )
    calls_a_minute: int = Field(
        default=600,
        ge=0,
        description="Calls that a channel's key may make in a minute, in all processes together; 0 means any.",
    )
    mail_host: str = Field(default="", description="The mail server that invitations go out by; empty prints them.")
    mail_port: int = Field(default=25, ge=1, le=65535, description="The mail server's port.")
    mail_user: str = Field(default="", description="The name to sign in with at the mail server, if it asks.")
    mail_password: str = Field(default="", description="The password to sign in with at the mail server.")
    mail_tls: Literal["", "starttls", "tls"] = Field(
        default="", description="How mail is encrypted on its way: starttls, tls, or empty for a server at hand."
    )
    mail_from: str = Field(default="pingyi@localhost", description="The address that mail comes from.")
    debug: bool = Field(default=False, description="Django's debug pages; never on a real site.")

    def secret(self) -> str:
        """Return the secret key, made and kept in `home` on first use."""
        return self.secret_key or _kept_secret(self.home / "secret-key")

    def database(self) -> dict[str, object]:
        """Return Django's database settings."""
        return _server(self.database_url) if self.database_url else _sqlite(self.home / "pingyi.sqlite3")


def _kept_secret(path: Path) -> str:
    if read_only.is_looking() and not path.exists():
        return secrets.token_urlsafe(48)  # an audit signs nothing, and makes nothing
    if path.exists() and not path.stat().st_size:
        path.unlink()  # what an older version's killed start left behind
    if not path.exists():
        files.put_first(path, secrets.token_urlsafe(48).encode("ascii"))  # of two that start at once, one's stands
    return path.read_text(encoding="ascii").strip()


def _sqlite(path: Path) -> dict[str, object]:
    if read_only.is_looking():
        return {**read_only.database(path, lock=path.with_name(LOCK)), **KEPT}
    path.parent.mkdir(parents=True, exist_ok=True)
    # FULL: a commit that was answered is on the disk. Without it a power cut takes back the last seconds of promises,
    # and may set the record behind a checkpoint that witnesses hold.
    pragmas = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "pingyi.storage.sqlite", "NAME": str(path), "OPTIONS": options, **KEPT}


def _server(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError("PINGYI_DATABASE_URL must begin with postgresql:// · 数据库地址须以 postgresql:// 开头")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        **KEPT,
    }


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the settings, read once.

    A home that says of itself that it is a rehearsal's keeps its own name, database and key, whatever the environment
    says of a real site: every command that opens it then reads it as whoever played it wrote it.
    """
    home = Environment().home
    if is_rehearsal(home):
        return Environment(home=home, rehearsal=True, **REHEARSED)
    return Environment(_env_file=home / SETTINGS_FILE, home=home)
