"""The table of services: what must be known of each outside its own folder.

Streams, consumers, rights, programs, ports, databases, navigation and the published contract derive from it; a file
that cannot (gateway, compose, Prometheus, pyproject.toml) is held to it by `tests/shared/test_services.py`. What a
service decides is not written here: its submissions and facts say so by `service=` in `shared/events/<name>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from shared.identity.audience import To

EVERY_FACT = ("*",)


class ShownPage(NamedTuple):
    """A page of a service in the navigation of all: its turn in the row, which leaves room between for others.

    `to` says to whom it opens, as its route does. One that lies `below` another, which leads to it, is there only for
    those to whom the other does not open.
    """

    turn: int
    key: str
    name: str
    path: str = ""
    to: To = To.SIGNED_IN
    below: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A service; `services.<name>` runs it, its pages lie below `/<name>/`, its documents in `lianban_<name>`."""

    name: str
    chinese: str
    owns: str
    """What it decides, in a sentence of the published contract."""
    port: int
    """Where it listens when all run on one machine; a container has its own."""
    follows: tuple[str, ...] = ()
    """The types of the facts it follows."""
    shown: tuple[ShownPage, ...] = ()


TABLE = (
    Listed(
        "roster",
        "轮值与联席会议",
        "Organisations, the hall, the service guide, duty turns, joint meetings, learning.",
        8101,
        shown=(ShownPage(40, "roster", "轮值与联席会议", to=To.ANYBODY),),
    ),
    Listed(
        "inspection",
        "站点巡查",
        "The daily patrol, findings and their rectification.",
        8102,
        shown=(
            ShownPage(30, "stations", "窗口和站点"),
            ShownPage(35, "excellence", "四优窗口", "excellence", To.ANYBODY, below="stations"),
        ),
    ),
    Listed(
        "greenchannel",
        "绿色通道",
        "Green-channel services, and cases under process limits.",
        8103,
        follows=(
            "guide-item-published",
            "guide-item-withdrawn",
            "process-limit-changed",
            "process-limit-withdrawn",
        ),
        shown=(ShownPage(50, "greenchannel", "绿色通道", to=To.ANYBODY),),
    ),
    Listed(
        "feedback",
        "考核反馈",
        "Monthly, quarterly and annual reports; awards.",
        8104,
        follows=EVERY_FACT,
        shown=(
            ShownPage(10, "overview", "全县概况", to=To.ANYBODY),
            ShownPage(20, "organisations", "机构与报告", "organisations"),
            ShownPage(60, "dead-letters", "待人工处理", "dead-letters", To.COUNTY),
            ShownPage(70, "health", "系统状况", "health", To.COUNTY),
        ),
    ),
)
SERVICES = tuple(one.name for one in TABLE)


def listed(name: str) -> Listed:
    """The row of a service."""
    for one in TABLE:
        if one.name == name:
            return one
    raise LookupError(f"{name} is no service that shared/services.py lists")


def navigation() -> list[tuple[ShownPage, str]]:
    """Every place in the navigation with its address, in its order."""
    row = sorted((one, service.name) for service in TABLE for one in service.shown)
    return [(one, f"/{service}/{one.path}") for one, service in row]
