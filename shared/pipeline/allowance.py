"""What the operator allows beyond what the rules say: how old a submission may be, and where a camera's link leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from shared.hosts import Hosts
from shared.identity.loading import LoadingPass

PRIVATE_ONLY = Hosts()


@dataclass(frozen=True, slots=True)
class Allowance:
    """As the settings of a process say; `oldest` of None bounds nothing, without `loading` no pass is taken."""

    oldest: timedelta | None = None
    cameras: Hosts = PRIVATE_ONLY
    loading: LoadingPass | None = None

    def was_loaded(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the county itself brought it in, as of a time before it went live."""
        return self.loading is not None and self.loading.is_borne(headers, body)
