"""Sends a message by one way; what a log says of it is never the address, in which the robot's key stands."""

from __future__ import annotations

import time
from collections.abc import Mapping

import httpx
import structlog
from prometheus_client import Counter

from deploy.alerts.channels import Way, refused
from deploy.alerts.message import Notice

log = structlog.get_logger()
PATIENCE = 10.0
"""Seconds for an answer: less than Alertmanager's own."""
SENT = Counter("lianban_alert_messages_total", "Messages to people, by way and by what came of it.", ["way", "outcome"])
OUTCOMES = ("sent", "failed")


class Messenger:
    """The ways that are set up."""

    def __init__(self, ways: Mapping[str, Way], client: httpx.AsyncClient) -> None:
        self._ways, self._http = ways, client
        for way in ways:
            for outcome in OUTCOMES:
                SENT.labels(way, outcome)

    async def send(self, way: str, notice: Notice) -> str:
        """Why it was not sent; empty when it was, or when this way is not set up."""
        if way not in self._ways:
            return ""
        why = await self._tried(way, notice)
        SENT.labels(way, "failed" if why else "sent").inc()
        if why:
            log.warning("not sent", way=way, why=why)
        return why

    async def everywhere(self, notice: Notice) -> None:
        """By all ways; what one of them refuses keeps no other."""
        for way in self._ways:
            await self.send(way, notice)

    async def _tried(self, way: str, notice: Notice) -> str:
        request = self._ways[way](notice, time.time_ns() // 1_000_000)
        try:
            answer = await self._http.request(
                request.method, request.url, content=request.body, headers=request.headers, timeout=PATIENCE
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return type(error).__name__
        return refused(answer.status_code, answer.content)
