"""What is set and cannot be is said in a sentence before anything is started: what a service would end by, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.embedded.demonstrated import DEMONSTRATED
from deploy.embedded.settings import read_settings
from deploy.embedded.trouble import Trouble
from tests.journeys.running import runs


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FIRST_TOKENS_UNTIL", "soon", "FIRST_TOKENS_UNTIL: "),
        ("GATEWAY_NAME", "a name", "GATEWAY_NAME: "),
        ("CAMERA_HOSTS", "no host!", "no host! is no host, no .domain and no network"),
        ("OLDEST_DAYS", "0", "OLDEST_DAYS: "),
        ("LOG_LEVEL", "loud", "LOG_LEVEL: "),
        ("OIDC_ISSUER", "http://identity.example", "OIDC_ISSUER: "),
        ("OIDC_ISSUER", "https://identity.example", "OIDC_ISSUER: Value error, needs OIDC_CLIENT_ID as well"),
        ("OIDC_SCOPE", "phone", "OIDC_SCOPE: "),
        ("CAMERA_HOST", "10.0.0.1", "CAMERA_HOST is no setting, is CAMERA_HOSTS meant?"),
    ],
)
async def test_a_setting_that_is_not_right_starts_nothing(tmp_path: Path, name: str, value: str, said: str) -> None:
    data = tmp_path / "county"
    status, line = await runs("deploy.embedded", "--no-year", **{name: value, "LIANBAN_DATA": str(data)})
    assert (status, said in line, line.count("\n"), data.exists()) == (1, True, 1, False), line


async def test_a_command_says_so_as_well(tmp_path: Path) -> None:
    status, line = await runs("deploy.embedded.token", "150424", FIRST_TOKENS_UNTIL="soon", LIANBAN_DATA=str(tmp_path))
    assert (status, "FIRST_TOKENS_UNTIL: " in line, "Traceback" in line) == (1, True, False), line


def test_a_county_that_is_named_is_another_than_the_demonstrated_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COUNTY", raising=False)
    assert read_settings().county == DEMONSTRATED
    monkeypatch.setenv("COUNTY", "150423")
    assert read_settings().county == "150423"
    monkeypatch.setenv("COUNTY", "a county")
    with pytest.raises(Trouble, match="COUNTY"):
        read_settings()
