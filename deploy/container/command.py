"""`python -m deploy.container.command register | account | invite | rebuild | revoke | ...`, typed in its container.

`make` does so. It has the county's secret and speaks with the service beside it; see `deploy/commands`.
"""

from __future__ import annotations

import os
import ssl
import sys
from urllib.error import HTTPError
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

from deploy.commands.running import COMMANDS, carried_out
from deploy.commands.speaker import AWAY, PATIENCE, Hub, Speaker
from deploy.embedded.trouble import Trouble
from shared.identity.invitations import mark_of
from shared.process.config import SECRETS

GATEWAY = "https://gateway:8443"
"""Within compose; what it shows is no secret, and only its mark is taken."""


def speaker() -> Speaker:
    """Of the county whose roster runs in this container."""
    try:
        secret = (SECRETS / "token_secret").read_text().strip()
    except OSError as error:
        raise Trouble(f"{SECRETS / 'token_secret'} cannot be read: type this in the roster's container.") from error
    port, county = os.environ.get("HTTP_PORT", "8100"), os.environ.get("COUNTY", "")
    if not county:
        raise Trouble("COUNTY is not set: type this in the roster's container.")
    return Speaker(f"http://127.0.0.1:{port}", county, secret, _hub)


def _hub() -> Hub:
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    try:
        with build_opener(ProxyHandler({}), HTTPSHandler(context=anybody)).open(
            f"{GATEWAY}/ca.pem", timeout=PATIENCE
        ) as shown:
            mark = mark_of(shown.read().decode())
    except HTTPError:
        mark = ""
    except OSError as error:
        raise AWAY from error
    return Hub(os.environ.get("PUBLIC_URL", ""), mark)


def main() -> int:
    """The exit status."""
    name, *typed = sys.argv[1:] or [""]
    if name not in COMMANDS:
        print(f"{name or 'nothing'} is no command: one of {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    return carried_out(name, speaker, typed)


if __name__ == "__main__":
    sys.exit(main())
