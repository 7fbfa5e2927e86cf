"""What a process is told by its environment; a mistake is one sentence that names it."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from shared.process.config import Settings, read_settings

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


def test_a_service_serves_no_county_that_nobody_named(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("COUNTY")
    with pytest.raises(SystemExit, match="COUNTY: Field required"):
        read_settings(Settings)


def test_everything_can_be_told(environment: pytest.MonkeyPatch) -> None:
    for name, value in {"COUNTY": "150425", "TOKEN_SECRET": "5" * 64, "LIVE_FROM": "2018-01-01"}.items():
        environment.setenv(name, value)
    settings = read_settings(Settings)
    assert (settings.county, settings.token_secret, settings.live_from) == ("150425", "5" * 64, date(2018, 1, 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NATS_URL", "127.0.0.1:4222"),
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
def test_a_mistake_ends_the_process_with_its_name(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(SystemExit, match=rf"does not start: .*{name}"):
        read_settings(Settings)


def test_all_that_is_missing_is_named_at_once(environment: pytest.MonkeyPatch) -> None:
    for name in RIGHT:
        environment.delenv(name)
    with pytest.raises(SystemExit) as ended:
        read_settings(Settings)
    assert all(name in str(ended.value) for name in RIGHT)


@pytest.mark.usefixtures("environment")
def test_settings_do_not_change_while_a_process_runs() -> None:
    with pytest.raises(ValidationError):
        read_settings(Settings).__setattr__("county", "150425")
    assert Settings.model_config["frozen"]
