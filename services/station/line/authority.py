"""Whom a station believes that knows no county yet: the authority whose mark its invitation bears.

The authority's certificate is no secret, so it is asked of whoever answers; what does not fit the mark is not believed,
and all that follows is asked of that authority's own.
"""

from __future__ import annotations

import ssl
from urllib.request import HTTPSHandler, Request, build_opener

from services.station.line.county import TIMEOUT, proxies
from shared.identity.invitations import mark_of

MOST = 16 * 1024
"""Bytes of a certificate."""


class Stranger(Exception):
    """Whoever answers is not the county of the invitation."""


def authority(hub_url: str, mark: str) -> str:
    """The certificate of the authority with this mark, from the county itself; `Stranger` when it is another's."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    opener = build_opener(HTTPSHandler(context=anybody), *proxies(hub_url))
    with opener.open(Request(f"{hub_url}/ca.pem"), timeout=TIMEOUT) as answer:
        shown: str = answer.read(MOST).decode(errors="replace")
    try:
        fits = mark_of(shown) == mark
    except ValueError:
        fits = False
    if not fits:
        raise Stranger(hub_url)
    return shown
