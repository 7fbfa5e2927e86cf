"""The bus: one real nats-server with JetStream on the disk."""

import json
import signal
from pathlib import Path

from deploy.embedded.children.child import Command
from deploy.embedded.ports import HOST
from deploy.embedded.servers.binaries import nats_server
from deploy.embedded.servers.readiness import answering
from deploy.embedded.settings import ROOT

PLAIN = ROOT / "deploy" / "nats" / "server.conf"
"""Without identities: whoever reaches it may do anything."""


def command(store: Path, port: int, monitor: int, configuration: Path) -> Command:
    """Orphaned, it is asked to end rather than killed: it writes its state first."""
    env = {
        "NATS_SERVER_NAME": "lianban-1",
        "NATS_HOST": json.dumps(HOST),
        "NATS_PORT": str(port),
        "NATS_MONITOR_PORT": str(monitor),
        "NATS_STORE": json.dumps(str(store)),
    }
    return Command("nats", (nats_server(), "-c", configuration), env, orphaned=signal.SIGTERM)


def url(port: int, scheme: str = "nats") -> str:
    """What a client connects to."""
    return f"{scheme}://{HOST}:{port}"


async def ready(monitor: int) -> None:
    """Returns when JetStream has its streams back."""
    await answering(f"http://{HOST}:{monitor}/healthz")
