"""The watchdog's beats: an alert that always fires, so that its silence says that nobody watches any more."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

from prometheus_client import Gauge

from deploy.alerts.message import Notice
from deploy.alerts.sending import Messenger
from shared.dates import time_text

BEAT = Gauge("lianban_watchdog_timestamp_seconds", "When the watchdog was heard last, or since when it is awaited.")
MISSED_AFTER = 900.0
"""Seconds; it beats every few minutes."""
LOOK_EVERY = 15.0
LOST = "【紧急】联办监测中断"
BACK = "【已恢复】联办监测"
TO_DO = "处理：请查看Prometheus和Alertmanager是否运行（docker compose ps）；恢复之前任何告警都不会发出。"
RUNBOOK = "手册：deploy/runbooks/LianbanWatchdog.md"


class Heart:
    """Says once that the beats ceased, and once that they are back."""

    def __init__(self, missed_after: float = MISSED_AFTER) -> None:
        self._missed_after, self._is_lost = missed_after, False
        self._heard = time.monotonic()
        self._since = datetime.now(UTC)
        BEAT.set(self._since.timestamp())

    def beat(self) -> None:
        """It was heard now."""
        self._heard, self._since = time.monotonic(), datetime.now(UTC)
        BEAT.set(self._since.timestamp())

    def news(self, now: float) -> Notice | None:
        """What is to be said at a moment of the monotonic clock, and was not yet."""
        is_missed = now - self._heard > self._missed_after
        if is_missed == self._is_lost:
            return None
        self._is_lost = is_missed
        since = time_text(self._since)
        return (
            Notice(LOST, (f"自{since}以来没有收到监测心跳。", TO_DO, RUNBOOK))
            if is_missed
            else Notice(BACK, (f"{since}恢复。",))
        )

    async def keep_listening(self, sender: Messenger) -> None:
        """Until it is cancelled."""
        while True:
            if news := self.news(time.monotonic()):
                await sender.everywhere(news)
            await asyncio.sleep(LOOK_EVERY)
