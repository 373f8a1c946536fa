"""The system calls of two machines by their numbers: what a sealed child may do, may ask in vain, or dies of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """One machine's numbers; what stands in neither list ends the child."""

    audit: int  # what the kernel calls the machine
    allowed: dict[str, int]
    denied: dict[str, int]  # answered with "not permitted", so that a library can go another way
    mapped: dict[str, int]  # memory, as long as it is not to be executed
    clone: int  # threads yes, processes no
    clone3: int  # said not to exist: its flags lie where no filter can see them


X86_64 = Machine(
    audit=0xC000003E,
    allowed={
        "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "munmap": 11, "brk": 12,
        "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "readv": 19, "writev": 20, "sched_yield": 24,
        "mremap": 25, "madvise": 28, "nanosleep": 35, "getpid": 39, "exit": 60, "uname": 63, "gettimeofday": 96,
        "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108,
        "sigaltstack": 131, "gettid": 186, "time": 201, "futex": 202, "sched_getaffinity": 204,
        "set_tid_address": 218, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229,
        "clock_nanosleep": 230, "exit_group": 231, "set_robust_list": 273, "get_robust_list": 274, "getcpu": 309,
        "getrandom": 318, "membarrier": 324, "rseq": 334,
    },
    denied={
        "open": 2, "stat": 4, "lstat": 6, "ioctl": 16, "access": 21, "pipe": 22, "dup": 32, "dup2": 33, "socket": 41,
        "connect": 42, "accept": 43, "socketpair": 53, "bind": 49, "listen": 50, "fork": 57, "vfork": 58, "kill": 62,
        "fcntl": 72, "getdents": 78, "getcwd": 79, "chdir": 80, "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85,
        "link": 86, "unlink": 87, "symlink": 88, "readlink": 89, "chmod": 90, "prctl": 157, "tkill": 200,
        "sched_setaffinity": 203, "epoll_create": 213, "getdents64": 217, "tgkill": 234, "mbind": 237,
        "set_mempolicy": 238, "get_mempolicy": 239, "openat": 257, "mkdirat": 258, "newfstatat": 262, "unlinkat": 263,
        "renameat": 264, "readlinkat": 267, "faccessat": 269, "accept4": 288, "eventfd2": 290, "epoll_create1": 291,
        "dup3": 292, "pipe2": 293, "prlimit64": 302, "renameat2": 316, "memfd_create": 319, "statx": 332,
        "openat2": 437, "faccessat2": 439,
    },
    mapped={"mmap": 9, "mprotect": 10},
    clone=56,
    clone3=435,
)  # fmt: skip
AARCH64 = Machine(
    audit=0xC00000B7,
    allowed={
        "read": 63, "write": 64, "close": 57, "fstat": 80, "ppoll": 73, "lseek": 62, "munmap": 215, "brk": 214,
        "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "readv": 65, "writev": 66, "sched_yield": 124,
        "mremap": 216, "madvise": 233, "nanosleep": 101, "getpid": 172, "exit": 93, "uname": 160, "gettimeofday": 169,
        "getrusage": 165, "sysinfo": 179, "times": 153, "getuid": 174, "getgid": 176, "geteuid": 175, "getegid": 177,
        "sigaltstack": 132, "gettid": 178, "futex": 98, "sched_getaffinity": 123, "set_tid_address": 96,
        "restart_syscall": 128, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "exit_group": 94,
        "set_robust_list": 99, "get_robust_list": 100, "getcpu": 168, "getrandom": 278, "membarrier": 283, "rseq": 293,
    },
    denied={
        "getcwd": 17, "eventfd2": 19, "epoll_create1": 20, "dup": 23, "dup3": 24, "fcntl": 25, "ioctl": 29,
        "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "faccessat": 48, "chdir": 49,
        "fchmodat": 53, "openat": 56, "pipe2": 59, "getdents64": 61, "readlinkat": 78, "newfstatat": 79,
        "sched_setaffinity": 122, "kill": 129, "tkill": 130, "tgkill": 131, "prctl": 167, "socket": 198,
        "socketpair": 199, "bind": 200, "listen": 201, "accept": 202, "connect": 203, "mbind": 235,
        "get_mempolicy": 236, "set_mempolicy": 237, "accept4": 242, "prlimit64": 261, "renameat2": 276,
        "memfd_create": 279, "statx": 291, "openat2": 437, "faccessat2": 439,
    },
    mapped={"mmap": 222, "mprotect": 226},
    clone=220,
    clone3=435,
)  # fmt: skip
MACHINES = {"x86_64": X86_64, "aarch64": AARCH64}
