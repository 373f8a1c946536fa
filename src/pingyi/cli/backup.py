"""`pingyi backup` and `pingyi restore`: a whole site in one encrypted file, and back."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import pingyi
from pingyi.cli.site import set_up_django

if TYPE_CHECKING:
    from pingyi.backup.creation import Head, Made, Site
    from pingyi.backup.encryption import Keys, Seal
    from pingyi.backup.restoration import Restored

ASKED = "PINGYI_BACKUP_PASSPHRASE"
OWN = {"home", "database_url", "secret_key", "key_file", "debug"}  # of the machine, or kept as files of their own


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to write it; otherwise pingyi-DATE here · 备份文件")
    ] = None,
    to: Annotated[
        list[str] | None, typer.Option("--to", help="age1… or ssh-ed25519 …, once for each · 加密给这些 age 公钥")
    ] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option(help=f"Its first line is the passphrase; or {ASKED} · 口令文件")
    ] = None,
    new_identity: Annotated[
        Path | None, typer.Option(help="Only make a pair of keys, the secret one in this file · 只生成一对密钥")
    ] = None,
) -> None:
    """Write the whole site into one encrypted file, while it runs on · 备份整个网站."""
    with _told():
        if new_identity is not None:
            _make_identity(new_identity)
            return
        seal = _seal(to or [], passphrase_file)
        set_up_django()
        _refuse_other_settings()
        ending = "age" if to else "tar"
        target = file or Path(f"pingyi-{time.strftime('%Y%m%d-%H%M%S')}.{ending}")
        _say_made(_make(target, seal))


def restore(
    file: Annotated[Path, typer.Argument(help="The backup · 备份文件")],
    home: Annotated[Path | None, typer.Option(help="Where the site shall live, PINGYI_HOME otherwise · 文件夹")] = None,
    identity: Annotated[
        str, typer.Option(help="File of the age or OpenSSH identity, - for standard input · 私钥文件")
    ] = "",
    passphrase_file: Annotated[
        Path | None, typer.Option(help=f"Its first line is the passphrase; or {ASKED} · 口令文件")
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="The newest ….keys.age; otherwise that beside it · 密钥文件")
    ] = None,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="Restore nobody's name and telephone · 不要密钥，联系人读不出")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Only try the backup, change nothing · 只检查备份")] = False,
) -> None:
    """Put a backup in the place of a site, once everything in it was checked · 从备份恢复."""
    from pingyi.backup import restoration

    with _told():
        wanted = restoration.Wanted(
            file=file, home=_home(home), keys=_keys(file, identity, passphrase_file),
            database_url=os.environ.get("PINGYI_DATABASE_URL", ""), keys_file=keys, without_keys=without_keys,
        )  # fmt: skip
        if check:
            _say_checked(restoration.check(wanted))
        else:
            _say_restored(restoration.restore(wanted), wanted.home)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell what was refused in both languages, and end with 3."""
    from pingyi.backup.faults import BackupError

    try:
        yield
    except BackupError as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(3) from None


def _make(target: Path, seal: Seal) -> Made:
    from pingyi.backup import creation

    with _frozen() as (head, dump):
        made_at = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")
        return creation.make(_site(head, dump), target, seal=seal, made_at=made_at)


def _refuse_other_settings() -> None:
    """A backup made under another name or key than the site signs with would be refused when it is needed."""
    from django.conf import settings

    from pingyi.backup.faults import BackupError
    from pingyi.record import keys, queries
    from pingyi.rules.note import read_head, read_note, verified

    newest = queries.latest()
    note = read_note(newest.note) if newest else None
    if note is not None and not verified(note, [keys.verifier()], keys.check):
        signed, here = read_head(note.text).origin, keys.verifier().name
        file = Path(settings.PINGYI.home) / "settings.env"
        raise BackupError("other_settings", signed=signed, here=here, settings=file)


@contextlib.contextmanager
def _frozen() -> Iterator[tuple[Head, Any]]:
    """Hold a server's database at one instant, so that its dump and its checkpoint are of the same moment."""
    from django.conf import settings
    from django.db import connection, transaction

    from pingyi.backup.creation import Head
    from pingyi.backup.database import Server
    from pingyi.record.models import Checkpoint

    if connection.vendor != "postgresql":
        yield Head(), None
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
        newest = Checkpoint.objects.order_by("-size").first()
        server = Server.at(settings.PINGYI.database_url)
        head = Head(size=newest.size, note=newest.note) if newest else Head()
        yield head, lambda path: server.dump(path, snapshot=snapshot)


def _site(head: Head, dump: Any) -> Site:
    from django.conf import settings
    from django.db import connection

    from pingyi.backup import archive, creation
    from pingyi.record import keys

    about = {
        "format": archive.FORMAT,
        "version": pingyi.VERSION,
        "engine": connection.vendor,
        "migrations": _migrations(),
        "vkey": str(keys.verifier()),
        "settings": _settings(settings.PINGYI),
    }
    return creation.Site(
        home=Path(settings.PINGYI.home), about=about, record_key=keys.key_file(), secret=settings.SECRET_KEY,
        head=head, dump=dump,
    )  # fmt: skip


def _migrations() -> dict[str, int]:
    """Return the newest step that the database has taken, for each package of ours."""
    from django.db.migrations.recorder import MigrationRecorder

    from pingyi.backup import restoration

    known, taken = restoration.known_migrations(), MigrationRecorder.Migration.objects.values_list("app", "name")
    steps = [(app, int(name[:4])) for app, name in taken if app in known and name[:4].isdigit()]
    return {app: max(number for one, number in steps if one == app) for app in {app for app, _ in steps}}


def _settings(environment: Any) -> dict[str, str]:
    """Return every setting that differs from its default and belongs to the site, not to the machine."""
    said = environment.model_dump(mode="json")
    fields = {name: field for name, field in type(environment).model_fields.items() if name not in OWN}
    chosen = {name: said[name] for name, field in fields.items() if getattr(environment, name) != field.default}
    return {f"PINGYI_{name.upper()}": str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in chosen.items()}  # fmt: skip


def _seal(to: list[str], passphrase_file: Path | None) -> Seal:
    from pingyi.backup.encryption import ByPassphrase, ToRecipients
    from pingyi.backup.faults import BackupError

    if to:
        return ToRecipients(to)
    given = _given_passphrase(passphrase_file)
    if given is None:
        given = typer.prompt("口令 · passphrase", hide_input=True)
        if typer.prompt("再输一次 · once more", hide_input=True) != given:
            raise BackupError("passphrase_twice")
    return ByPassphrase(given)


def _keys(file: Path, identity: str, passphrase_file: Path | None) -> Keys:
    from pingyi.backup.encryption import Keys, asks_for_passphrase, read_identities

    if identity:
        text = sys.stdin.read() if identity == "-" else Path(identity).read_text(encoding="utf-8")
        return Keys(identities=read_identities(text, named=identity))
    if not asks_for_passphrase(file):
        return Keys()
    given = _given_passphrase(passphrase_file)
    return Keys(passphrase=given if given is not None else typer.prompt("口令 · passphrase", hide_input=True))


def _given_passphrase(file: Path | None) -> str | None:
    """Return the passphrase that nobody has to type; None where somebody has to."""
    if file is not None:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    return os.environ.get(ASKED) or None


def _make_identity(file: Path) -> None:
    from pingyi.backup.encryption import new_identity
    from pingyi.backup.faults import BackupError

    identity, recipient = new_identity()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
            opened.write(f"# public key: {recipient}\n{identity}\n")
    except FileExistsError as taken:
        raise BackupError("exists", file=file) from taken
    typer.echo(f"私钥写入 {file}，请离线保管；备份时用 --to {recipient}")
    typer.echo(f"The secret key is in {file}: keep it off this machine. For backups: --to {recipient}")


def _home(given: Path | None) -> Path:
    usual = Path(os.environ.get("PINGYI_ROOT", Path.cwd())) / "var"
    return (given or Path(os.environ.get("PINGYI_HOME") or usual)).resolve()


def _say_made(made: Made) -> None:
    typer.echo(f"备份完成 · backed up: {made.file} ({made.size / 1e6:.1f} MB), 检查点 · checkpoint {made.head.size}")
    if made.keys is not None:
        typer.echo(f"个人资料的密钥另存 · the keys of persons, to be kept apart: {made.keys}")
    for name in made.superseded.removed:
        typer.echo(f"旧密钥文件已删除 · older key file removed: {name}")
    for name in made.superseded.missing:
        typer.echo(f"旧密钥文件不在原处，如有副本请删除 · moved elsewhere, remove any copy: {name}")


def _say_checked(found: Restored) -> None:
    is_server = found.about["engine"] == "postgresql"
    typer.echo(
        f"备份可用 · this backup is sound: {found.about['made_at']}, 检查点 · checkpoint {found.checkpoint['size']}"
    )
    if is_server:
        typer.echo("PostgreSQL 的存证要恢复后才能核对 · the record of a PostgreSQL dump is verified by a restore only")


def _say_restored(found: Restored, home: Path) -> None:
    size = found.checkpoint["size"]
    typer.echo(f"已恢复到 · restored into {home}, {found.about['made_at']}")
    if found.former is not None:
        typer.echo(f"原来的内容在 · what stood there before is kept in {found.former}")
    typer.echo(f"存证公钥 · the record's key: {found.about['vkey']}")
    typer.echo(f"检查点 · checkpoint: {size}")
    typer.echo("在任何人登录之前，请向见证单位索取最新的检查点，并运行：./pingyi verify --held 检查点文件")
    typer.echo("Before anybody signs in, ask the witnesses for their newest checkpoint: ./pingyi verify --held FILE")
    for name, value in _differing(found.about["settings"]):
        typer.echo(f"环境变量与备份不同 · the environment says otherwise than the backup, and counts: {name}={value}")


def _differing(kept: dict[str, str]) -> Iterator[tuple[str, str]]:
    fields = importlib.import_module("pingyi.config.environment").Environment.model_fields
    for name in (f"PINGYI_{field.upper()}" for field in fields if field not in OWN):
        given = os.environ.get(name, "")
        if given and given != kept.get(name):
            yield name, given
    if key := os.environ.get("PINGYI_KEY_FILE", ""):
        yield "PINGYI_KEY_FILE", key
