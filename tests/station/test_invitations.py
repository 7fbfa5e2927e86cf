"""An invitation says whom to believe: a station that knows no county yet is not led astray, nor heard on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest

from services.station.commands.enrolment import IN_CLEAR, STRANGER, NotEnrolled, enrol, look
from services.station.folder import Folder, Hub
from services.station.line import county as line
from services.station.line.county import ask, over_tls
from shared.identity.invitations import Invitation, mark_of, new_code
from tests.station.certificates import Authority
from tests.station.commands import ENROLLED, types
from tests.station.serving import serving

CODE = "7KQM-3XTP-9HRB-W2CN"


@contextmanager
def hub(shown: str, tls: SSLContext | None = None, moved: str = "") -> Iterator[tuple[str, list[str]]]:
    """A county's front that shows an authority, enrols everybody and notes what it was sent: codes and tokens."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            heard.append(self.headers.get("Authorization") or "")
            self._answer(308 if moved else 200, shown.encode() if self.path == "/ca.pem" else b"{}")

        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["code"])
            self._answer(200, json.dumps(ENROLLED | {"ca": shown}).encode())

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response_only(status)
            if moved:
                self.send_header("Location", moved + self.path)
            self.end_headers()
            self.wfile.write(body)

    with serving(Handler, tls) as url:
        yield url, heard


def certified(folder: Path, by: Authority) -> SSLContext:
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(by.certifies(folder))
    return context


def test_an_invitation_bears_code_and_mark_and_one_without_a_mark_is_read_as_ever() -> None:
    mark = mark_of(Authority().pem)
    whole = Invitation(new_code(), mark)
    assert len(whole.text.split("-")) == 9
    assert Invitation.read(whole.text.lower().replace("-", "  ")) == whole
    assert Invitation.read(CODE) == Invitation(CODE)
    assert Invitation.read(whole.text[:-1]).mark == ""


@pytest.mark.parametrize("shown", ["", "no certificate", "two"])
def test_only_one_certificate_and_nothing_beside_it_has_a_mark(shown: str) -> None:
    text = Authority().pem + Authority().pem if shown == "two" else shown
    with pytest.raises(ValueError, match="not one certificate"):
        mark_of(text)


def test_the_county_of_the_invitation_is_believed_without_a_file_and_known_afterwards(
    folder: Folder, tmp_path: Path
) -> None:
    ours = Authority()
    with hub(ours.pem, certified(tmp_path, ours)) as (url, heard):
        enrol(folder, url, Invitation(CODE, mark_of(ours.pem)).text)
    assert heard == ["", CODE]
    assert (folder.ca.read_text(), folder.invited_by.exists()) == (ours.pem, False)


@pytest.mark.parametrize("shows_ours", [True, False], ids=["with the county's own certificate shown", "with its own"])
def test_whoever_answers_instead_is_not_believed_and_hears_no_code(
    folder: Folder, tmp_path: Path, shows_ours: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, others = Authority(), Authority()
    with hub((ours if shows_ours else others).pem, certified(tmp_path, others)) as (url, heard):
        assert types(folder, "enrol", "--hub", url, Invitation(CODE, mark_of(ours.pem)).text) == 1
    said = capsys.readouterr().err
    assert ("不是本机信任的机构签发" in said) if shows_ours else (said.strip() == STRANGER)
    assert set(heard) == {""}
    assert (folder.hub(), folder.ca.exists()) == (None, False)


@pytest.mark.parametrize("url", ["http://lianban.linxi.example", "HTTP://10.1.2.3:8080", "ftp://127.0.0.2"])
def test_nothing_is_sent_in_the_clear_but_to_this_pc_itself(folder: Folder, url: str) -> None:
    with pytest.raises(NotEnrolled, match="https"):
        enrol(folder, url, CODE)
    assert look(folder, url, CODE) == ""
    assert "明文" in IN_CLEAR
    with hub("") as (own, heard):
        assert enrol(folder, own, CODE).hub.url == own
    assert heard == [CODE]


def test_a_station_enrolled_before_there_was_tls_sends_its_token_to_the_new_front_only(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Authority()
    folder.ca.write_text(ours.pem)
    with hub(ours.pem, certified(tmp_path, ours)) as (front, there), hub("", moved=front) as (old, here):
        monkeypatch.setattr(line, "is_loopback", lambda url: False)
        ask(f"{old}/roster/api/desk", folder.ca, None, Hub("1", "", old, (), "token"))
        assert over_tls(f"{old}/x?y=1") == f"{front}/x?y=1"
    assert (set(here), [bool(one) for one in there]) == ({""}, [True])


def test_a_front_that_sends_on_without_tls_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    ours = Authority()
    folder.ca.write_text(ours.pem)
    front = hub(ours.pem, certified(tmp_path, ours), moved="http://lianban.linxi.example")
    with front as (url, _), pytest.raises(OSError, match="without TLS"):
        ask(f"{url}/roster/api/desk", folder.ca, None, Hub("1", "", url, (), "token"))
