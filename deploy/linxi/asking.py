"""What the system answers over HTTP: the only way in which the year and its figures are checked."""

from __future__ import annotations

import os
import ssl
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any, Protocol

import httpx

from deploy.embedded.county import record
from deploy.embedded.county.folder import program
from deploy.embedded.settings import read_settings
from deploy.linxi.county import COUNTY
from shared.events.refusals import reason
from shared.identity.sealing import PublicSealKey

Answer = dict[str, Any]
WITHOUT_KEYS = reason("no-people-keys")["zh"]
"""What a county answers that keeps nobody's particulars."""
PAGE = 200
"""Items that a list is asked for at a time."""


class SystemAsked(Protocol):
    """Whatever answers for the services."""

    def one(self, path: str) -> Answer:
        """One answer."""

    def items(self, path: str) -> Iterator[Answer]:
        """A list's items, page after page."""

    def seal_key(self) -> PublicSealKey | None:
        """The key to which particulars of persons are sealed, if any."""


class System:
    """The services behind the gateway, asked as the county."""

    def __init__(self, gateway_url: str) -> None:
        self._client = httpx.Client(
            base_url=gateway_url, timeout=30.0, trust_env=False, verify=_known(), auth=_CountyAuth()
        )

    def one(self, path: str) -> Answer:
        """One answer; anything but success is raised."""
        return self._get(httpx.URL(path))

    def items(self, path: str) -> Iterator[Answer]:
        """A list's items, page after page."""
        url = httpx.URL(path).copy_merge_params({"limit": PAGE})
        while True:
            page = self._get(url)
            yield from page["items"]
            if not page.get("next"):
                return
            url = url.copy_set_param("after", page["next"])

    def seal_key(self) -> PublicSealKey | None:
        """The key to which particulars of persons are sealed; None of a county that has none."""
        answer = self._client.get("/roster/api/people/seal-key")
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and WITHOUT_KEYS in answer.text:
            return None
        said: Answer = answer.raise_for_status().json()
        return PublicSealKey(said["id"], urlsafe_b64decode(said["key"] + "="))

    def _get(self, url: httpx.URL) -> Answer:
        answer: Answer = self._client.get(url).raise_for_status().json()
        return answer


class _CountyAuth(httpx.Auth):
    """Says who asks anew for each request: what a command shows is good for minutes."""

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        """As every httpx.Auth."""
        yield from httpx.BasicAuth(*_as_county()).auth_flow(request)


def _known() -> ssl.SSLContext:
    """Whom this machine trusts, and the authority that GATEWAY_CA names."""
    context, ca = ssl.create_default_context(), os.environ.get("GATEWAY_CA")
    if ca:
        context.load_verify_locations(ca)
    return context


def _as_county() -> tuple[str, str]:
    """With COUNTY_TOKEN, or with the token of the county that runs from this folder."""
    token = os.environ.get("COUNTY_TOKEN")
    return (COUNTY, token) if token else program(read_settings().data, COUNTY)


def gateway_url() -> str | None:
    """GATEWAY_URL, or the gateway of the county that runs from this folder."""
    url = os.environ.get("GATEWAY_URL")
    if url:
        return url
    running = record.read(read_settings().data)
    return running.addresses.gateway_url if running else None
