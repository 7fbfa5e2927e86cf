"""The one origin that a browser sees: Caddy in front of the services."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.children.child import Command
from deploy.embedded.ports import HOST
from deploy.embedded.servers.binaries import caddy
from deploy.embedded.settings import ROOT, Settings
from deploy.embedded.trouble import Trouble
from deploy.identity.authorities import OfflineKeysNeeded
from deploy.identity.certificates import gateway_certificate

READS_AGAIN = signal.SIGUSR1
"""Upon which it reads its configuration again, and with it the certificate."""
CADDYFILE = ROOT / "deploy" / "gateway" / "Caddyfile"


@dataclass(frozen=True)
class Front:
    """Where the gateway listens, what it is called from outside, and the folder of its certificate."""

    port: int
    tls_port: int
    tls: Path
    host: str = HOST
    name: str = HOST

    @property
    def url(self) -> str:
        """For the machine itself."""
        return f"http://{HOST}:{self.port}"

    @property
    def public_url(self) -> str:
        """For everybody: the certificate is of this name."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"https://{name}:{self.tls_port}"


def command(store: Path, front: Front, services: Mapping[str, int]) -> Command:
    """Its own files go to the data folder, none to the home of whoever runs it."""
    env = {f"{name.upper()}_ADDRESS": f"{HOST}:{service}" for name, service in services.items()}
    env |= {"GATEWAY_HOST": front.host, "GATEWAY_PORT": str(front.port), "GATEWAY_TLS_PORT": str(front.tls_port)}
    env |= {"GATEWAY_NAME": front.name, "GATEWAY_TLS": str(front.tls), "PUBLIC_URL": front.public_url}
    env |= {"XDG_DATA_HOME": str(store), "XDG_CONFIG_HOME": str(store)}
    return Command("gateway", (caddy(), "run", "--adapter", "caddyfile", "--config", CADDYFILE), env)


def certificate(secrets: Path, settings: Settings) -> tuple[Path, str]:
    """The folder of its certificate, the operator's or one that the county's authority signs; and why an old one."""
    if own := settings.gateway_tls:
        for name in ("server.pem", "server.key"):
            if not (own / name).is_file():
                raise Trouble(f"GATEWAY_TLS: {own / name} is not there: put the certificate and its key into {own}.")
        return own.resolve(), ""
    try:
        return secrets.resolve() / "gateway", gateway_certificate(secrets, [settings.gateway_name])
    except OfflineKeysNeeded as why:
        raise Trouble(str(why)) from why
