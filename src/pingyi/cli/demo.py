"""`pingyi demo`: a year rehearsed for a made-up bureau, its verdict printed, and the site with ready logins."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from pingyi.cli.kept import kept, worker
from pingyi.cli.server import run_server
from pingyi.cli.site import free_port, prepare, reader
from pingyi.home import REHEARSAL, is_rehearsal
from pingyi.shipped import shipped
from pingyi.storage import files

NOT_OURS = (
    "PINGYI_HOME 指向的 {home} 里有别的内容，不是演练。请指定空文件夹，或取消 PINGYI_HOME；原有内容没有改动。",
    "PINGYI_HOME names {home}, which holds something other than a rehearsal. Name an empty folder or unset it; nothing"
    " was touched.",
)
STEPS = {
    "founding": "建立机构、科室和人员 · bureau, sections, people",
    "adopting": "通过方案，分解任务 · the plan is adopted",
    "evidence": "导入佐证 · evidence comes in",
    "verdict": "汇总、预告、申诉、确认 · settled, previewed, confirmed",
    "publication": "公布结果 · the verdict is published",
    "seeing": "看全局：热点和建议 · hot matters, proposals",
    "record": "存证入树 · the record is sealed",
    "done": "完成 · done",
}


def demo(
    host: Annotated[str, typer.Option(help="Address to listen on · 监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on · 端口")] = 8000,
    again: Annotated[bool, typer.Option("--again", help="Play the year anew · 重新演练")] = False,
    only_play: Annotated[bool, typer.Option("--only-play", help="Do not serve · 只演练不启动网站")] = False,
) -> None:
    """Rehearse a whole year for a made-up bureau, print the verdict, serve the site · 演练一整年并启动网站."""
    root = Path(os.environ.get("PINGYI_ROOT", Path.cwd()))
    home = _own_folder(root / "var" / "demo")
    if not only_play:
        free_port(host, port)
    _stay_apart(home)
    with _alone(home / REHEARSAL) as hold:
        if again or not (home / "played").exists():
            hold(fcntl.LOCK_EX)
            _play_anew(home, shipped("plans") / "demo-2026.yaml")
            hold(fcntl.LOCK_SH)
        prepare()
        _print_verdict()
        _print_logins(host, port)
        if not only_play:
            with reader(), kept(worker()):
                run_server(host, port)


def _own_folder(usual: Path) -> Path:
    """Return where the rehearsal lives: PINGYI_HOME where it is set, but never a folder that holds anything else."""
    home = Path(os.environ.get("PINGYI_HOME") or usual).resolve()
    is_ours = home == usual.resolve() or is_rehearsal(home) or not home.is_dir() or not any(home.iterdir())
    if not is_ours:
        for sentence in NOT_OURS:
            typer.echo(sentence.format(home=home), err=True)
        raise typer.Exit(3)
    return home


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[Callable[[int], None]]:
    """Hold a lock that ends with this process, so that nobody plays the year anew while another shows it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:

        def hold(kind: int) -> None:
            fcntl.flock(file, kind | fcntl.LOCK_NB)

        hold(fcntl.LOCK_SH)
        yield hold


def _play_anew(home: Path, plan: Path) -> None:
    """Play into an empty folder; a year that was killed in the middle has no mark and is played again."""
    for one in home.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one, ignore_errors=True)
        elif one.name != REHEARSAL:
            one.unlink()
    prepare()
    _play(plan)
    files.put(home / "played", b"")


def _stay_apart(home: Path) -> None:
    """A rehearsal has its own folder; the mark in it says the rest, whatever the environment says of a real one."""
    os.environ["PINGYI_HOME"] = str(home)


def _play(plan: Path) -> None:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from pingyi.rehearsal.year import play
    from pingyi.storage.hurry import hurry

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress, hurry():
        bar = progress.add_task("演练 · rehearsal", total=1.0)

        def told(step: str, share: float) -> None:
            words = STEPS.get(step, f"{step.removeprefix('month-')} 月 · month {step.removeprefix('month-')}")
            progress.update(bar, completed=share, description=words)

        play(plan.read_text(encoding="utf-8"), told=told)


def _print_verdict() -> None:
    from rich.console import Console
    from rich.table import Table

    from pingyi.rules.actor import machine
    from pingyi.stations.plans import queries as plans
    from pingyi.stations.results.queries import ranking, verdict

    round_ = plans.current_round()
    final = verdict.standing(round_) if round_ else None
    if round_ is None or final is None:
        return
    table = Table(title=f"{round_.year} 年评议结果（演练） · verdict of the rehearsal")
    for head in ("名次 Rank", "科室 Section", "得分 Score", "名次区间 Ranks", "等次 Grade", "触发 Triggers"):
        table.add_column(head, overflow="fold")
    found = verdict.results(final, seen_by=machine("demo"))
    assessment = verdict.assessment(final)
    for group in ranking.classes(found, plan=plans.plan(round_), assessment=assessment):
        for line in group.lines:
            table.add_row(*_cells(line))
    Console().print(table)


def _cells(line: Any) -> tuple[str, ...]:
    fired = "\n".join(f"{one.name}（{one.state_word}）" if one.state_word else one.name for one in line.fired)
    score = f"{line.score} ± {line.half}" if line.half else line.score
    name = "\n".join([line.name, *(f"※ {one}" for one in line.vetoes)])
    return str(line.rank or "–"), name, score, line.ranks or "–", line.grade, fired or "–"


def _print_logins(host: str, port: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from pingyi.rehearsal.cast import FIRST_OFFICER, PASSWORD, PEOPLE, SECOND

    table = Table(title=f"http://{host}:{port}/  密码 password: {PASSWORD}")
    for head in ("用户名 User", "姓名 Name", "职务 Post", "角色 Role"):
        table.add_column(head, overflow="fold")
    for person in (FIRST_OFFICER, SECOND, *PEOPLE):
        table.add_row(person.username, person.name, person.title, person.role.value.replace("_", " "))
    Console().print(table)
