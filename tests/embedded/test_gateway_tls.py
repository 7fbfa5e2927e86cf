"""The gateway over TLS: who is believed, who is sent where, and what is never built from what the sender says."""

from __future__ import annotations

import shutil
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509

from deploy.embedded.children.child import Child
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers import gateway
from deploy.embedded.servers.gateway import Front
from deploy.embedded.servers.readiness import listening
from deploy.embedded.settings import Settings
from deploy.embedded.trouble import Trouble
from deploy.identity.certificates import gateway_certificate
from deploy.identity.making import make
from shared.services import SERVICES
from tests.embedded.fronts import front_at

NAME = "lianban.linxi.example"
AT_HOME = ("127.0.0.1", "localhost")


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    """Nothing behind it; every interface of this machine leads to it."""
    made = front_at(any_free(), tmp_path, NAME, host="0.0.0.0")
    caddy = Child(gateway.command(tmp_path, made, dict.fromkeys(SERVICES, any_free())), tmp_path / "gateway.log")
    caddy.start()
    await listening(made.port)
    await listening(made.tls_port)
    yield made
    await caddy.stop()


def address_of_this_machine() -> str:
    """Another than loopback's, without a packet that leaves."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as looking:
        looking.connect(("192.0.2.1", 9))
        return str(looking.getsockname()[0])


def trusting(front: Front) -> httpx.AsyncClient:
    known = ssl.create_default_context(cafile=str(front.tls / "ca.pem"))
    return httpx.AsyncClient(verify=known, trust_env=False)


async def test_whoever_trusts_the_authority_is_answered_over_tls_and_nobody_else_believes_it(front: Front) -> None:
    async with trusting(front) as client:
        answer = await client.get(f"https://{HOST}:{front.tls_port}/gateway.css")
        authority = await client.get(f"https://localhost:{front.tls_port}/ca.pem")
    assert (answer.status_code, answer.headers["strict-transport-security"]) == (200, "max-age=31536000")
    assert authority.text == (front.tls / "ca.pem").read_text()
    assert "strict-transport-security" not in authority.headers
    async with httpx.AsyncClient(trust_env=False) as stranger:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await stranger.get(f"https://{HOST}:{front.tls_port}/gateway.css")


async def test_of_the_certificates_folder_only_the_authority_can_be_had(front: Front) -> None:
    async with trusting(front) as client:
        for path in ("/server.key", "/server.pem", "/ca.pem/", "/ca.pem/../server.key", "/%2e%2e/gateway/server.key"):
            assert (await client.get(f"https://{HOST}:{front.tls_port}{path}")).status_code == 404, path


async def test_without_tls_only_the_machine_itself_is_answered_and_all_others_go_where_is_configured(
    front: Front,
) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:

        async def asked(address: str, host: str, path: str = "/gateway.css?a=1") -> tuple[int, str | None]:
            answer = await client.get(f"http://{address}:{front.port}{path}", headers={"host": host})
            return answer.status_code, answer.headers.get("location")

        there = f"https://{NAME}:{front.tls_port}/gateway.css?a=1"
        assert {await asked(HOST, name) for name in (*AT_HOME, f"{HOST}:{front.port}")} == {(200, None)}
        for host in ("evil.example", f"{HOST}.evil.example", NAME):
            assert await asked(HOST, host) == (308, there), host
        elsewhere = address_of_this_machine()
        for host in (*AT_HOME, elsewhere, "evil.example"):
            assert await asked(elsewhere, host) == (308, there), host
        where = (await asked(elsewhere, "evil.example", "//evil.example/"))[1]
        assert where == f"https://{NAME}:{front.tls_port}//evil.example/"


async def test_whoever_asks_by_another_name_is_shown_the_same_certificate(front: Front) -> None:
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    shown = set()
    for name in (None, NAME, "another.example"):
        with (
            socket.create_connection((address_of_this_machine(), front.tls_port)) as plain,
            anybody.wrap_socket(plain, server_hostname=name) as secure,
        ):
            shown.add(secure.getpeercert(binary_form=True))
    held = x509.load_pem_x509_certificate((front.tls / "server.pem").read_bytes())
    assert len(shown) == 1
    assert x509.DNSName(NAME) in held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value


def test_with_the_offline_keys_away_a_gateway_bears_the_certificate_of_the_bus(tmp_path: Path) -> None:
    make(tmp_path)
    shutil.move(tmp_path / "offline", tmp_path / "away")
    assert "ca.key" in gateway_certificate(tmp_path, [NAME])
    own, bus = tmp_path / "gateway", tmp_path / "bus"
    assert (own / "server.pem").read_text() == (bus / "server.pem").read_text()
    shutil.move(tmp_path / "away", tmp_path / "offline")
    assert gateway_certificate(tmp_path, [NAME]) == ""
    assert (own / "server.pem").read_text() != (bus / "server.pem").read_text()
    assert (own / "server.key").stat().st_mode & 0o777 == 0o600


def test_an_operators_own_certificate_takes_its_place_and_half_of_it_is_a_sentence(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    settings = Settings(data=tmp_path, gateway_tls=own)
    (own / "server.pem").write_text("")
    with pytest.raises(Trouble, match=r"server\.key is not there"):
        gateway.certificate(tmp_path / "secrets", settings)
    (own / "server.key").write_text("")
    assert gateway.certificate(tmp_path / "secrets", settings) == (own.resolve(), "")
    assert not (tmp_path / "secrets").exists()
