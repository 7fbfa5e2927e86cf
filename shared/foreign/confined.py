"""What a process takes from itself before it looks at foreign bytes; nothing of it can be taken back.

It writes no file, starts no process, holds no key (its environment is empty), is the first that the kernel ends when
memory runs short, and ends with its parent.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
FIRST_TO_GO = "1000"
"""The kernel's own most: of all processes this one is ended first."""


def confine(memory: int, parent: int) -> None:
    """Once, after everything that is needed has been imported; `memory` is in bytes, beside what is held already."""
    _tie(parent)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_NPROC, 0)
    _set(resource.RLIMIT_DATA, _held() + memory)
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write(FIRST_TO_GO)


def processor() -> float:
    """Seconds that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def allow_processor(seconds: int) -> None:
    """So much from now on; the kernel ends the process when it is used up (SIGXCPU)."""
    soft = int(processor()) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _tie(parent: int) -> None:
    """A parent that ended before the tie was made is noticed by its pid."""
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((PR_SET_PDEATHSIG, signal.SIGKILL), (PR_SET_NO_NEW_PRIVS, 1)):
        if libc.prctl(option, value, 0, 0, 0) != 0:
            sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:
        sys.exit("The parent has ended.")


def _set(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def _held() -> int:
    """Bytes of private, writable memory that the process has mapped."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmData:"))
    return int(line.split()[1]) * 1024
