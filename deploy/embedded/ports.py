"""Which ports of the loopback interface the children listen on."""

import random
import socket
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from shared.services import TABLE

HOST = "127.0.0.1"

Choose = Callable[[str], int]
"""Gives the port for a name such as `nats` or `gateway`."""

USUAL = {
    "nats": 4222,
    "nats-monitor": 8222,
    "mongod": 27017,
    "gateway": 8080,
    "gateway-tls": 8443,
    **{service.name: service.port for service in TABLE},
}


def is_free(port: int) -> bool:
    """Free means nobody listens; connections that linger after a restart do not count."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
        return True


LOCAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
"""From where on the kernel gives ports to connections that go out."""
FIRST_OF_ANY, USUAL_LOCAL = 10_000, 32_768
_drawn = random.SystemRandom().randrange


def any_free(name: str = "") -> int:
    """A free port below those that the kernel gives away, so that no connection has taken it when it is listened on.

    It is drawn by lot and claimed: nothing else that asks here, in this process or beside it, is given the same one.
    """
    end = int(LOCAL.read_text().split()[0]) if LOCAL.exists() else USUAL_LOCAL
    while True:
        port = _drawn(FIRST_OF_ANY, max(end, FIRST_OF_ANY + 1_000))
        if is_free(port) and (claim := claimed(port)):
            claim.detach()  # held until the process ends
            return port


def claimed(port: int) -> socket.socket | None:
    """A name in the kernel (an abstract socket) that one process can have; None when another has it."""
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0lianban-port-{port}")
    except OSError:
        claim.close()
        return None
    return claim


class UsualOrNext:
    """The usual port of each name or, when it is taken, the next free one, which is said in a line.

    Counties that start at the same moment do not choose the same port: each claims its own, until the block is left or
    the process ends, however it ends.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._claims = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._claims.close()

    def __call__(self, name: str) -> int:
        usual = USUAL[name]
        others = set(USUAL.values()) - {usual}
        near = (port for port in range(usual, usual + 200) if port not in others)
        chosen = next((port for port in near if is_free(port) and self._claim(port)), None) or any_free()
        if chosen != usual:
            self._say(f"Port {usual} is taken: {name} uses {chosen}.")
        return chosen

    def _claim(self, port: int) -> bool:
        claim = claimed(port)
        if claim is not None:
            self._claims.enter_context(claim)
        return claim is not None
