"""What a service is put together from."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from shared.pipeline.loops import Loop
from shared.process.clock import Clock
from shared.process.gauges import Look
from shared.process.running import Running
from shared.process.watchdog import AtWork


def nothing(parts: Running) -> Sequence[Any]:
    """A service need not have anything beside its loops, its pages and its clock."""
    return ()


@dataclass(frozen=True)
class Service:
    """What a service is put together from; each part is made from what a started process has."""

    name: str
    loops: Sequence[Loop]
    pages: Callable[[FastAPI, Running], None]
    clock: Clock | Callable[[Running], Coroutine[Any, Any, Any]]
    beside: Callable[[Running], Sequence[Coroutine[Any, Any, Any]]] = nothing
    """Tasks that decide nothing and take no time: cancelled at the end, as the clock is."""
    looks: Callable[[Running], Sequence[Look]] = nothing
    """What is looked up when Prometheus asks, beside how far its own consumers are."""
    keeps: Callable[[Running], Sequence[AtWork]] = nothing
    """Loops that take in what is no event."""
    checks: Callable[[Running], Sequence[Coroutine[Any, Any, Any]]] = nothing
    """Tasks that read and compute at length, where pages are answered."""
