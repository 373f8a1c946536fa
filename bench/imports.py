"""The import of a hotline's table, record included, against reading the same file and inserting plain rows."""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import measure
import servers

ROWS = 60_000
CHANNEL = "hotline_12345"
AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
HEAD = [
    "工单编号", "受理时间", "诉求类型", "标题", "诉求内容", "地址", "一级分类", "二级分类", "承办单位",
    "办结期限", "办结时间", "办理状态", "答复意见",
]  # fmt: skip
STORY = "工地每天夜里十一点以后仍在浇筑混凝土，已经影响孩子上学，请尽快到现场查看并答复。"
REPLY = "经现场监测，夜间噪声未超过标准，已要求工地二十二时后停工。"


def book(rows: int = ROWS) -> Path:
    """Write the table once; the same every time."""
    import xlsxwriter

    path = Path(tempfile.gettempdir()) / f"pingyi-bench-hotline-{rows}.xlsx"
    if path.exists():
        return path
    written = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    sheet = written.add_worksheet("工单")
    sheet.write_row(0, 0, HEAD)
    for number in range(rows):
        sheet.write_row(number + 1, 0, _row(number))
    written.close()
    return path


def _row(number: int) -> list[str]:
    received = datetime(2026, 1, 4, 8, 0, tzinfo=UTC) + timedelta(minutes=number * 3)
    closed = received + timedelta(days=number % 12 + 1, minutes=number % 50)
    return [
        f"GD{number:08}", f"{received:%Y-%m-%d %H:%M:%S}", ("投诉", "咨询", "建议")[number % 3],
        f"夜间施工噪声扰民（第{number}件）", STORY, f"某路{number % 900}号", "环境保护",
        ("噪声", "油烟", "扬尘")[number % 3], f"第{number % 17}街道综合执法队",
        f"{received + timedelta(days=10):%Y-%m-%d}",
        f"{closed:%Y-%m-%d %H:%M}", "已办结", REPLY,
    ]  # fmt: skip


def _django() -> None:
    os.environ["PINGYI_HOME"] = tempfile.mkdtemp(prefix="pingyi-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingyi.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _bureau() -> Any:
    from pingyi.bureau.tests.cast import assemble
    from pingyi.stations.plans.actions import round as rounds

    plan = measure.ROOT / "plans" / "demo-2026.yaml"
    cast = assemble()
    rounds.open_round("demo", text=plan.read_text(encoding="utf-8"), by=cast.actor("zhou"), at=AT)
    return cast.actor("zhou")


class Ready:
    """A database with an ordered table, so that only the import itself is timed."""

    def __init__(self, content: bytes, *, name: str = "热线.xlsx") -> None:
        """Make the database."""
        _django()
        from pingyi.stations.cases.actions import looking, tables
        from pingyi.stations.cases.queries import tables as queries

        by = _bureau()
        table = tables.keep(name, content=content, channel_id=CHANNEL, by=by, at=AT)
        list(looking.look_on(now=lambda: AT))
        tables.settle_columns(table.token, mapping=queries.opened(table).mapping, by=by, at=AT)
        list(looking.look_on(now=lambda: AT))
        tables.start(table.token, by=by, at=AT)

    def take(self) -> int:
        """Import it."""
        from pingyi.stations.cases.actions import importing

        return sum(importing.carry_on(now=lambda: AT))


def ours(rows: str, address: str) -> dict[str, float]:
    """Import the table; the time is taken inside, without making the database."""
    own(address)
    ready = Ready(book(int(rows)).read_bytes())
    return clocked(ready.take, address)


def plain(rows: str, address: str) -> dict[str, float]:
    """Read the same file and insert its cells as they are, all at once."""
    own(address)
    _django()
    path = book(int(rows))
    from django.db import connection, models
    from python_calamine import CalamineWorkbook

    fields = {f"c{place}": models.TextField() for place in range(len(HEAD))}
    inner = type("Meta", (), {"app_label": "bench"})
    model: Any = type("PlainRow", (models.Model,), {**fields, "Meta": inner, "__module__": __name__})
    with connection.schema_editor() as editor:
        editor.create_model(model)

    def work() -> int:
        cells = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python()
        made = [model(**{f"c{place}": cell for place, cell in enumerate(row)}) for row in cells[1:]]
        return len(model.objects.bulk_create(made))

    return clocked(work, address)


def own(address: str) -> None:
    """Let this process have a database of its own on the server, where there is one."""
    if address:
        os.environ["PINGYI_DATABASE_URL"] = servers.own_database(address)


def clocked(work: Callable[[], int], address: str) -> dict[str, float]:
    """Return the time that a piece of work took by the wall, and of the processor, the server's too."""
    served, begun = servers.seconds_used(address), time.process_time()
    seconds, taken = measure.timed(work)
    cpu = time.process_time() - begun
    return {
        "wall": seconds, "cpu": cpu + servers.seconds_used(address) - served, "rows": float(taken),  # type: ignore[arg-type]
    }  # fmt: skip


def figures(rows: int = ROWS) -> list[measure.Figure]:
    """Return the ratios, on each database that can be started here."""
    book(rows)
    found = [_figure("SQLite", "", rows)]
    with servers.postgres() as address:
        return [*found, _figure("PostgreSQL", address, rows)] if address else found


def _figure(engine: str, address: str, rows: int) -> measure.Figure:
    turns = [
        {name: measure.alone("imports", name, rows, address, times=1) for name in ("ours", "plain")} for _ in range(3)
    ]
    wall, cpu = (
        {name: median(turn[name].answer[clock] for turn in turns) for name in ("ours", "plain")}  # type: ignore[index]
        for clock in ("wall", "cpu")
    )
    each = sorted(turn["ours"].answer["cpu"] / turn["plain"].answer["cpu"] for turn in turns)  # type: ignore[index]
    most = max(turn["ours"].peak_mb for turn in turns)
    served = ", the server's too" if address else ""
    return measure.Figure(
        name=f"imports/{engine}",
        what=(
            f"{engine}, {servers.DURABLE[engine]}: import of {rows:,} hotline rows, record included, against reading"
            " them and one bulk insert"
        ),
        ratio=f"{cpu['ours'] / cpu['plain']:.1f} ×",
        detail=(
            f"{cpu['ours']:.1f} s : {cpu['plain']:.1f} s of processor{served}; {each[0]:.1f} to {each[-1]:.1f} in"
            f" {len(turns)} turns; {wall['ours']:.1f} s : {wall['plain']:.1f} s by the wall,"
            f" {wall['ours'] / wall['plain']:.1f} ×; goal 5 × or less; cases, entries, search marks, against the"
            f" file's cells in a bare table; most memory {most:.0f} MB; {measure.load()}"
        ),
    )
