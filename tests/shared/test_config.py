"""What a process is told by its environment; a mistake is one sentence that names it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

import pytest
from pydantic import ValidationError

from shared.process.config import NOT_LET_IN, SECRETS, Settings, read_settings

RIGHT = {
    "NATS_URL": "nats://127.0.0.1:4222",
    "MONGO_URL": "mongodb://127.0.0.1:27017",
    "HTTP_PORT": "8101",
    "INSTANCE": "roster-1",
    "COUNTY": "150424",
}
OTHERS = ("NATS_CREDS", "NATS_CA", "HTTP_HOST", "TOKEN_SECRET", "LIVE_FROM")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in OTHERS:
        monkeypatch.delenv(name, raising=False)
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_what_is_not_told_has_no_default_that_is_a_secret() -> None:
    settings = read_settings(Settings)
    assert (settings.http_host, settings.http_port, settings.county) == ("127.0.0.1", 8101, "150424")
    assert (settings.token_secret, settings.live_from) == (None, None)


class Refused(Protocol):
    """Reads the settings, which are not right; what is said then."""

    def __call__(self, secrets: Path = SECRETS) -> str:
        """One sentence."""


@pytest.fixture
def refused(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    def read(secrets: Path = SECRETS) -> str:
        with pytest.raises(SystemExit) as ended:
            read_settings(Settings, secrets)
        assert ended.value.code == NOT_LET_IN
        (sentence,) = capsys.readouterr().err.splitlines()
        assert "does not start: " in sentence
        return sentence.partition("does not start: ")[2]

    return read


def test_a_service_serves_no_county_that_nobody_named(environment: pytest.MonkeyPatch, refused: Refused) -> None:
    environment.delenv("COUNTY")
    assert "COUNTY: Field required" in refused()


def test_everything_can_be_told(environment: pytest.MonkeyPatch) -> None:
    for name, value in {"COUNTY": "150425", "TOKEN_SECRET": "5" * 64, "LIVE_FROM": "2018-01-01"}.items():
        environment.setenv(name, value)
    settings = read_settings(Settings)
    assert (settings.county, settings.token_secret, settings.live_from) == ("150425", "5" * 64, date(2018, 1, 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NATS_URL", "127.0.0.1:4222"),
        ("NATS_URL", "nats://one:4222,tls://other:4222"),
        ("NATS_URL", "nats://one:4222,"),
        ("NATS_URL", "nats://one:4222,other:4222"),
        ("NATS_URL", "nats://one:port"),
        ("NATS_URL", "nats://"),
        ("MONGO_URL", "postgres://127.0.0.1"),
        ("HTTP_PORT", "0"),
        ("HTTP_PORT", "many"),
        ("INSTANCE", ""),
        ("COUNTY", "林西"),
        ("COUNTY", "150424100"),
        ("TOKEN_SECRET", "short"),
        ("LIVE_FROM", "yesterday"),
    ],
)
def test_a_mistake_ends_the_process_with_its_name(
    environment: pytest.MonkeyPatch, refused: Refused, name: str, value: str
) -> None:
    environment.setenv(name, value)
    assert name in refused()


def test_all_that_is_missing_is_named_at_once(environment: pytest.MonkeyPatch, refused: Refused) -> None:
    for name in RIGHT:
        environment.delenv(name)
    sentence = refused()
    assert all(name in sentence for name in RIGHT)


def test_a_secret_that_cannot_be_read_ends_the_process_and_so_does_one_that_is_missing_among_them(
    tmp_path: Path, refused: Refused
) -> None:
    (tmp_path / "mongo_url").write_text("mongodb://127.0.0.1:27017")
    assert refused(tmp_path).startswith(f"TOKEN_SECRET: {tmp_path}/token_secret is not there")
    (tmp_path / "token_secret").symlink_to("/proc/self/mem")  # a file that root, too, may not read
    assert refused(tmp_path).startswith(f"{tmp_path} cannot be read")


@pytest.mark.usefixtures("environment")
def test_settings_do_not_change_while_a_process_runs() -> None:
    with pytest.raises(ValidationError):
        read_settings(Settings).__setattr__("county", "150425")
    assert Settings.model_config["frozen"]
