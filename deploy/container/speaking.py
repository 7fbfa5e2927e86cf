"""How commands speak with the county in whose container they are typed: with each service on the network of compose."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

from deploy.commands.speaker import AWAY, PATIENCE, Hub, Speaker
from deploy.container.processes import SECRETS as ALL
from deploy.embedded.trouble import Trouble
from deploy.identity.making import token_secret
from shared.identity.invitations import mark_of
from shared.process.config import SECRETS
from shared.services import SERVICES

GATEWAY = "https://gateway:8443"
"""Within compose; what it shows is no secret, and only its mark is taken."""
WHERE = "请在人员名录服务的容器中执行：docker compose exec roster lianban …。 Type this in the roster's container: {}"


def speaker() -> Speaker:
    """Of the county of which this is a container; `Trouble` in one that is not given the county's secret."""
    try:
        secret = (SECRETS / "token_secret").read_text().strip()
    except OSError as error:
        raise Trouble(WHERE.format(f"{SECRETS / 'token_secret'} cannot be read")) from error
    return _with(secret)


def speaking_beside() -> Speaker:
    """Of the county whose secrets all lie here: from the container that runs while an operator's command does."""
    try:
        return _with(token_secret(Path(ALL)))
    except OSError as error:
        raise Trouble(WHERE.format(f"{ALL} cannot be read")) from error


def _with(secret: str) -> Speaker:
    port, county = os.environ.get("HTTP_PORT", "8100"), os.environ.get("COUNTY", "")
    if not county:
        raise Trouble(WHERE.format("COUNTY is not set"))
    services = {name: f"http://{_host(name)}:{port}" for name in SERVICES}
    return Speaker("", county, secret, lambda: shown_by(GATEWAY, os.environ.get("PUBLIC_URL", "")), services)


def _host(service: str) -> str:
    """A service reaches itself whatever it is called from outside."""
    return "127.0.0.1" if os.environ.get("SERVICE") == service else service


def shown_by(gateway: str, public_url: str) -> Hub:
    """The authority whose mark the gateway shows to anybody."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    try:
        with build_opener(ProxyHandler({}), HTTPSHandler(context=anybody)).open(
            f"{gateway}/ca.pem", timeout=PATIENCE
        ) as shown:
            mark = mark_of(shown.read().decode())
    except HTTPError:
        mark = ""
    except OSError as error:
        raise AWAY from error
    return Hub(public_url, mark)
