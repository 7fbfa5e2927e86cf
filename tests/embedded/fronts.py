"""A gateway on ports of its own, with a certificate of a county's authority."""

from __future__ import annotations

from pathlib import Path

from deploy.embedded.ports import any_free
from deploy.embedded.servers.gateway import Front
from deploy.identity.certificates import gateway_certificate


def front_at(port: int, folder: Path, *names: str, host: str = "127.0.0.1") -> Front:
    """It calls itself by the first of the names."""
    assert gateway_certificate(folder / "secrets", names) == ""
    return Front(port, any_free(), folder / "secrets" / "gateway", host, *names[:1])
