"""By which names and addresses bus and gateway of a county in containers are reached, as its settings say."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from deploy.identity.certificates import nothing_dropped

WITHIN = tuple((os.environ.get("BUS_WITHIN") or "nats").split(","))
"""By which names the services reach the bus; a gateway that bore its certificate for a while needs them no more."""
OF_CONTAINERS = ("nats", "nats-2", "nats-3")
"""What the bus's servers are called among a county's containers, one or three: nobody outside knows these names."""


@dataclass(frozen=True, slots=True)
class CountyHosts:
    """What each certificate is to bear, and what neither needs any longer."""

    bus: tuple[str, ...]
    gateway: tuple[str, ...]
    dropped: tuple[str, ...] = ()

    @property
    def dropped_of_gateway(self) -> tuple[str, ...]:
        """Also what it has of the bus's."""
        return (*OF_CONTAINERS, *WITHIN, *self.dropped)

    def keep_theirs(self, folder: Path) -> None:
        """`HostsDropped` where a certificate there would lose a name that nobody said may go.

        That of three servers does, brought back on one, and bears the names of the other two on.
        """
        nothing_dropped(folder / "bus" / "server.pem", self.bus, (*OF_CONTAINERS, *self.dropped))
        nothing_dropped(folder / "gateway" / "server.pem", self.gateway, self.dropped_of_gateway)


def hosts_asked(program: str, means: str) -> tuple[Path, CountyHosts]:
    """The folder of secrets and the names, from the command that compose.yml gives."""
    parser = argparse.ArgumentParser(prog=program, description=means)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", action="append", default=[], help="a name or address by which stations reach the bus")
    parser.add_argument("--gateway", action="append", default=[], help="one by which others reach the pages")
    parser.add_argument("--also", default="", help="further names of both, with commas")
    parser.add_argument("--drop-host", default="", help="names that neither needs any longer, with commas")
    asked = parser.parse_args()
    also = _listed(asked.also)
    hosts = CountyHosts((*WITHIN, *asked.host, *also), (*asked.gateway, *also), _listed(asked.drop_host))
    return asked.folder, hosts


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())
