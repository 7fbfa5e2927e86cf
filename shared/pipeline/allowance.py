"""What the operator allows beyond what the rules say: how old a submission may be, and where a camera's link leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from shared.hosts import Hosts
from shared.identity.loading import LoadingPass

PRIVATE_ONLY = Hosts()


class Opens(Protocol):
    """The roster's keys for what persons' particulars are sealed with."""

    def open(self, sealed: str, person: str, organisation: str) -> bytes:
        """What was sealed for a person of an organisation; ValueError when it was not."""

    def marks(self, kind: str, value: str) -> Iterator[str]:
        """The keyed hashes under which a value may lie, the newest key's first."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """As the settings of a process say; `oldest` of None bounds nothing, without `loading` no pass is taken.

    `seals` are the roster's alone: without them nobody is registered.
    """

    oldest: timedelta | None = None
    cameras: Hosts = PRIVATE_ONLY
    loading: LoadingPass | None = None
    seals: Opens | None = None

    def was_loaded(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the county itself brought it in, as of a time before it went live."""
        return self.loading is not None and self.loading.is_borne(headers, body)
