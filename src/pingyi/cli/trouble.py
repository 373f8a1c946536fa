"""What the machine refuses (a full disk, a taken port, a folder that is read-only), told in both languages."""

from __future__ import annotations

import errno
import sys

SENTENCES = {
    "full": (
        "磁盘已满。请清理磁盘后重新运行；已完成的操作都还在，没有完成的不会留下半截。",
        "The disk is full. Make room and run this again: what was finished is kept, what was not left nothing behind.",
    ),
    "unwritable": (
        "无法写入 {what}。请以其所有者身份运行，或用 PINGYI_HOME 指定一个可写的文件夹。",
        "Cannot write to {what}. Run this as its owner, or set PINGYI_HOME to a folder that you may write to.",
    ),
    "taken": (
        "端口已被占用，可能评议网站已经在运行。请换一个端口，例如 --port 8001。",
        "The port is taken, perhaps by Pingyi itself. Choose another one, for example --port 8001.",
    ),
    "low_port": (
        "1024 以下的端口要有管理员权限。请用 --port 8000，再由代理服务器转发。",
        "Ports below 1024 need an administrator. Use --port 8000 behind a proxy.",
    ),
    "no_address": (
        "本机没有这个地址，或无法解析。本机访问用 --host 127.0.0.1，对外服务用 --host 0.0.0.0。",
        "This machine has no such address. Use --host 127.0.0.1 for yourself, --host 0.0.0.0 for others.",
    ),
    "busy": (
        "数据库正被另一个程序占用。请等它结束再试；演练和导入同时只能有一个。",
        "Another program holds the database. Wait until it has finished and try again.",
    ),
    "damaged": (
        "数据库文件已损坏（{what}）。请停止网站，用备份恢复，再运行 pingyi verify 核对。",
        "The database file is damaged ({what}). Stop the site, restore a backup, then run pingyi verify.",
    ),
    "server": (
        "连不上数据库服务器：{what}。请检查它是否在运行，以及 PINGYI_DATABASE_URL 是否正确。",
        "The database server cannot be reached: {what}. Check that it runs, and PINGYI_DATABASE_URL.",
    ),
    "unprepared": (
        "数据库还没有准备好（{what}）。请先运行 pingyi serve，或者 pingyi manage migrate。",
        "The database is not prepared ({what}). Run pingyi serve first, or pingyi manage migrate.",
    ),
    "setting": (
        "环境变量有误：{what}",
        "A setting in the environment is wrong: {what}",
    ),
}
FAULTS = {
    errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EROFS: "unwritable", errno.EACCES: "unwritable",
    errno.EPERM: "unwritable", errno.EAGAIN: "busy", errno.EADDRINUSE: "taken", errno.EADDRNOTAVAIL: "no_address",
}  # fmt: skip
# What the databases' own words begin with or hold; the first that fits is told.
SAID = {
    "disk is full": "full", "No space left": "full", "readonly database": "unwritable",
    "unable to open database": "unwritable", "is locked": "busy", "malformed": "damaged",
    "not a database": "damaged", "disk I/O error": "damaged", "connect": "server",
    "no such table": "unprepared", "no such column": "unprepared", "does not exist": "unprepared",
}  # fmt: skip


def told(error: BaseException) -> bool:
    """Print the sentence for an error that the reader can do something about; False for any other."""
    code = _code(error)
    if code is None:
        return False
    filename = getattr(error, "filename", None)
    what = filename or _said(error)
    for sentence in SENTENCES[code]:
        print(sentence.format(what=what), file=sys.stderr)  # noqa: T201 - before any console exists
    return True


def _said(error: BaseException) -> str:
    wrong = getattr(error, "errors", None)
    if callable(wrong):  # pydantic's, one for each setting
        return "; ".join(f"PINGYI_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong())
    return " ".join(str(error).split()).rstrip("?.")


def _code(error: BaseException) -> str | None:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, OSError):
        return FAULTS.get(error.errno or 0)
    if "DatabaseError" in kinds:
        return next((code for words, code in SAID.items() if words in str(error)), None)
    # Settings are read by pydantic, which is not loaded for a command that needs none.
    return "setting" if kinds & {"SettingError", "ValidationError"} else None
