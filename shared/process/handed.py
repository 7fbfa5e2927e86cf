"""What a process is handed that is started to answer alone: the port, the door of the one that decides, and its pid."""

from __future__ import annotations

import os
import socket
import sys
from typing import NamedTuple

VARIABLE = "LIANBAN_ANSWERS_FOR"


class Handed(NamedTuple):
    """By the process that decides, whose child this one is."""

    parent: int
    port: int
    door: bytes

    @classmethod
    def here(cls) -> Handed | None:
        """None in a process that nobody started to answer alone; what it starts itself is told nothing."""
        said = os.environ.pop(VARIABLE, "")
        if not said:
            return None
        parent, port, door = said.split(",")
        return cls(int(parent), int(port), bytes.fromhex(door))

    @property
    def listening(self) -> socket.socket:
        """The port, taken already."""
        return socket.socket(fileno=self.port)


def started(port: socket.socket, door: bytes) -> int:
    """The pid of this same program, started again to answer alone."""
    handed = Handed(os.getpid(), port.fileno(), door)
    said = f"{handed.parent},{handed.port},{handed.door.hex()}"
    command = [sys.executable, *sys.orig_argv[1:]]
    port.set_inheritable(True)
    try:
        return os.posix_spawn(sys.executable, command, {**os.environ, VARIABLE: said})
    finally:
        port.set_inheritable(False)
