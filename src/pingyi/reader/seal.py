"""The closed box: a child computes on what it was given, and can do nothing else (§5.4).

No right is needed for it, so that it holds for root and for nobody, on a bare host and in a container.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

from pingyi.reader.calls import MACHINES, Machine
from pingyi.reader.limits import MEGABYTE, Limit

SET_PARENT_SIGNAL, SET_SECCOMP, NO_NEW_PRIVILEGES = 1, 22, 38
FILTER = 2
LOAD, EQUAL, AT_LEAST, HAS_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
NOT_PERMITTED, NO_SUCH_CALL = 0x00050000 | 13, 0x00050000 | 38
NUMBER, ARCHITECTURE, FIRST, THIRD = 0, 4, 16, 32  # where a filter finds a call's number, machine and arguments
THREAD, EXECUTE, OTHER_NUMBERS = 0x10000, 4, 0x40000000


class NoSealError(Exception):
    """This machine does not let a process shut itself in."""


def program(machine: Machine) -> bytes:
    """Return the filter that the kernel asks before each call."""
    made = [_step(LOAD, ARCHITECTURE), _step(EQUAL, machine.audit, 1, 0), _step(RETURN, KILL), _step(LOAD, NUMBER)]
    made += [_step(AT_LEAST, OTHER_NUMBERS, 0, 1), _step(RETURN, KILL)]  # the same calls under other numbers
    for number in machine.allowed.values():
        made += [_step(EQUAL, number, 0, 1), _step(RETURN, ALLOW)]
    made += _argument(machine.clone, FIRST, THREAD, where_set=ALLOW, where_not=NOT_PERMITTED)
    for number in machine.mapped.values():
        made += _argument(number, THIRD, EXECUTE, where_set=NOT_PERMITTED, where_not=ALLOW)
    made += [_step(EQUAL, machine.clone3, 0, 1), _step(RETURN, NO_SUCH_CALL)]
    for number in machine.denied.values():
        made += [_step(EQUAL, number, 0, 1), _step(RETURN, NOT_PERMITTED)]
    return b"".join([*made, _step(RETURN, KILL)])


def close_in(machine: Machine | None = None) -> None:
    """Shut this process in for good; raise `NoSealError` where the machine does not do that."""
    machine = machine or MACHINES.get(platform.machine())
    if machine is None or not sys.platform.startswith("linux"):
        raise NoSealError(f"{platform.system()} on {platform.machine()}")
    filter_ = program(machine)
    held = ctypes.create_string_buffer(filter_, len(filter_))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    whole = Program(len(filter_) // 8, ctypes.cast(held, ctypes.c_void_p))
    _control(NO_NEW_PRIVILEGES, 1)
    _control(SET_SECCOMP, FILTER, ctypes.addressof(whole))


def limit(most: Limit) -> None:
    """Bound what this process may use: memory beyond what it has, computing, no file to write, no core."""
    if resting := resting_bytes():
        _bound(resource.RLIMIT_AS, resting + most.megabytes * MEGABYTE)
    _bound(resource.RLIMIT_CPU, most.cpu)
    _bound(resource.RLIMIT_NOFILE, 16)
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_CORE, 0)


def end_with_parent() -> None:
    """Let this process be killed when the one that forked it ends."""
    if sys.platform.startswith("linux"):
        _control(SET_PARENT_SIGNAL, signal.SIGKILL)


def refusal() -> str:
    """Return why this machine cannot close a child in; empty where it can, which a child of the trial has shown."""
    child = os.fork()
    if not child:
        os._exit(_tried())
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == 0:
        return ""
    return f"no seal on {platform.system()} {platform.machine()}"


def _tried() -> int:
    try:
        close_in()
    except (NoSealError, OSError):
        return 2
    try:
        os.open("/", os.O_RDONLY)
    except PermissionError:
        return 0
    return 3


def resting_bytes() -> int:
    """Return how much address space this process has; 0 where the machine does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _bound(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _control(what: int, value: int, more: int = 0) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(what, ctypes.c_ulong(value), ctypes.c_ulong(more), ctypes.c_ulong(0), ctypes.c_ulong(0)):
        raise OSError(ctypes.get_errno(), "prctl")


def _argument(number: int, at: int, bit: int, *, where_set: int, where_not: int) -> list[bytes]:
    """Judge one call by a bit of one argument."""
    return [
        _step(EQUAL, number, 0, 4),
        _step(LOAD, at), _step(HAS_BIT, bit, 0, 1), _step(RETURN, where_set), _step(RETURN, where_not),
    ]  # fmt: skip


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, if_not, value)
