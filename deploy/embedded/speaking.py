"""How commands speak with the county that `make run` has started on this machine: through its gateway."""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from deploy.commands.speaker import AWAY, PATIENCE, Hub, Speaker
from deploy.embedded.county import record
from deploy.embedded.county.folder import county_of, token_secret
from deploy.embedded.county.record import Addresses
from deploy.embedded.settings import read_settings
from deploy.embedded.trouble import Trouble
from shared.identity.invitations import mark_of


def speaker() -> Speaker:
    """Of the county that runs on this machine; `Trouble` when none does."""
    addresses = _addresses()
    assert addresses.gateway_url is not None
    settings = read_settings()
    county = county_of(settings.data, settings.county)
    secret = token_secret(settings.data)
    return Speaker(addresses.gateway_url, county, secret, lambda: _hub(addresses), addresses.services)


def _hub(addresses: Addresses) -> Hub:
    try:
        with build_opener(ProxyHandler({})).open(f"{addresses.gateway_url}/ca.pem", timeout=PATIENCE) as shown:
            mark = mark_of(shown.read().decode())
    except HTTPError:
        mark = ""
    except (OSError, HTTPException) as error:
        raise AWAY from error
    return Hub(addresses.public_url or "", mark)


def _addresses() -> Addresses:
    running = record.read(read_settings().data)
    if running is None or running.addresses.gateway_url is None:
        raise Trouble("联办尚未运行：请先执行 make run，再执行本命令。")
    return running.addresses
