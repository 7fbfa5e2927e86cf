"""Becomes another program that ends when its parent ends: tied.py <parent's pid> <signal> <program> <arguments...>

A program of its own rather than a function between fork and exec, which is unsafe once the parent has threads.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """A parent that ended before the tie was made is noticed by its pid."""
    parent, signal = int(sys.argv[1]), int(sys.argv[2])
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:
        sys.exit("The parent has ended.")
    os.execv(sys.argv[3], sys.argv[3:])


if __name__ == "__main__":
    main()
