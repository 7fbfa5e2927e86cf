"""The one origin that a browser sees: Caddy in front of the services."""

from collections.abc import Mapping
from pathlib import Path

from deploy.embedded.children.child import Command
from deploy.embedded.ports import HOST
from deploy.embedded.servers.binaries import caddy
from deploy.embedded.settings import ROOT

CADDYFILE = ROOT / "deploy" / "gateway" / "Caddyfile"


def command(store: Path, port: int, services: Mapping[str, int]) -> Command:
    """Its own files go to the data folder, none to the home of whoever runs it."""
    env = {f"{name.upper()}_ADDRESS": f"{HOST}:{service}" for name, service in services.items()}
    env |= {"GATEWAY_HOST": HOST, "GATEWAY_PORT": str(port)}
    env |= {"XDG_DATA_HOME": str(store), "XDG_CONFIG_HOME": str(store)}
    return Command("gateway", (caddy(), "run", "--adapter", "caddyfile", "--config", CADDYFILE), env)
