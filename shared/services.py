"""The table of services: what must be known of each outside its own folder.

Streams, consumers, rights, programs, ports, databases, navigation and the published contract derive from it; a file
that cannot (gateway, compose, Prometheus, pyproject.toml) is held to it by `tests/shared/test_services.py`. What a
service decides is not written here: its submissions and facts say so by `service=` in `shared/events/<name>`.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.shown_pages import SHOWN, ShownPage

EVERY_FACT = ("*",)


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
    beside: tuple[str, ...] = ()
    """Further databases, `lianban_<each>`, that it alone reaches."""

    @property
    def shown(self) -> tuple[ShownPage, ...]:
        """Its pages that people look for."""
        return SHOWN.get(self.name, ())


TABLE = (
    Listed(
        "roster",
        "轮值与联席会议",
        "Organisations, the hall, the service guide, duty turns, joint meetings, learning.",
        8101,
    ),
    Listed(
        "inspection",
        "站点巡查",
        "The daily patrol; findings and opinions of documents, and their rectification.",
        8102,
        follows=("opinion-required", "opinion-dropped"),
        beside=("photos",),
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
    ),
    Listed(
        "feedback",
        "考核反馈",
        "Monthly, quarterly and annual reports; awards.",
        8104,
        follows=EVERY_FACT,
    ),
)
SERVICES = tuple(one.name for one in TABLE)


def listed(name: str) -> Listed:
    """The row of a service."""
    for one in TABLE:
        if one.name == name:
            return one
    raise LookupError(f"{name} is no service that shared/services.py lists")
