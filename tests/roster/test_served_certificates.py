"""When a certificate ends is told as it is served, and nothing where nobody shows one."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from prometheus_client import REGISTRY

from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers.running import bus
from deploy.identity.making import make
from services.roster import served_certificates
from services.roster.enrolment.settings import RosterSettings
from services.roster.served_certificates import Place, certificates, places


def settings(**given: str) -> RosterSettings:
    return RosterSettings(mongo_url="mongodb://database", http_port=1, instance="test", county="123456", **given)  # type: ignore[arg-type]


def shown_end(name: str) -> float | None:
    return REGISTRY.get_sample_value("lianban_certificate_expiry_timestamp_seconds", {"name": name})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"nats_url": "nats://bus:4222"}, {}),
        ({"nats_url": "tls://one:4223,tls://other"}, {"bus": [Place("one", 4223, True), Place("other", 4222, True)]}),
        (
            {"nats_url": "tls://bus", "gateway_address": "gateway:8443"},
            {"bus": [Place("bus", 4222, True)], "gateway": [Place("gateway", 8443)]},
        ),
    ],
)
def test_whom_to_ask_follows_from_the_settings(given: dict[str, str], expected: dict[str, list[Place]]) -> None:
    assert places(settings(**given)) == expected


async def test_the_end_is_that_of_what_the_bus_shows_and_is_unknown_where_nobody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "secrets")
    server = bus(tmp_path, lambda _: any_free(), identity=tmp_path / "secrets")
    await server.start()
    monkeypatch.setattr(served_certificates, "EVERY", 0.0)
    monkeypatch.setattr(served_certificates, "AGAIN", 0.0)
    look = certificates({"bus": [Place(HOST, server.ports[0], True)], "gateway": [Place(HOST, any_free())]})
    try:
        await look()
        held = x509.load_pem_x509_certificate((tmp_path / "secrets" / "bus" / "server.pem").read_bytes())
        assert (shown_end("bus"), shown_end("gateway")) == (held.not_valid_after_utc.timestamp(), None)
    finally:
        await server.stop()
    await look()
    assert shown_end("bus") is None
