"""The county that the units of this machine run: how it is spoken to, and how its backup enters it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.backup.saving import Live
from deploy.commands.speaker import Speaker
from deploy.container.live import live_in
from deploy.container.speaking import shown_by
from deploy.embedded.trouble import Trouble
from deploy.identity.making import token_secret
from deploy.systemd.environment import AS_WHOM, environment_of
from shared.services import SERVICES

OPERATOR = "lianban-backup.service"
"""The unit that is given what an operator's command is: all settings, and where all secrets lie."""
GATEWAY = "lianban-gateway.service"
BACKUPS = Path("/var/lib/lianban-backups")
"""Where the units save it."""
NOT_STARTED = "联办还没有启动过，密钥尚未生成：systemctl start lianban.target。 It was never started."


def secrets_folder() -> Path:
    """Of all secrets, with their owner's rights alone."""
    return Path(environment_of(OPERATOR)["SECRETS_OUTSIDE"])


def speaker() -> Speaker:
    """With each service at its own port; `Trouble` where secrets cannot be read, or are not there yet."""
    county, secrets = environment_of(OPERATOR)["COUNTY"], secrets_folder()
    ports = {name: environment_of(f"lianban@{name}.service")["HTTP_PORT"] for name in SERVICES}
    with _entered(secrets):
        secret = token_secret(secrets)
    front, public = environment_of(GATEWAY), environment_of("lianban@roster.service").get("PUBLIC_URL", "")
    gateway = f"https://127.0.0.1:{front['GATEWAY_TLS_PORT']}"
    services = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    return Speaker("", county, secret, lambda: shown_by(gateway, public), services)


def running() -> Live:
    """With all of its own servers up."""
    said, secrets = environment_of(OPERATOR), secrets_folder()
    with _entered(secrets):
        return live_in(secrets, said["COUNTY"], said["NATS_URL"], said.get("LIVE_FROM", ""), str(secrets))


@contextmanager
def _entered(secrets: Path) -> Iterator[None]:
    try:
        (secrets / "token").stat()
        yield
    except FileNotFoundError as error:
        raise Trouble(NOT_STARTED) from error
    except PermissionError as error:
        raise Trouble(AS_WHOM.format(secrets)) from error
