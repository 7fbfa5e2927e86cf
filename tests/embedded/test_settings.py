"""What is set and cannot be is said in a sentence before anything is started: what a service would end by, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.embedded.county.folder import county_of, live_from
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
        ("AUDIT_DAYS", "5", "AUDIT_DAYS: "),
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
    status, line = await runs(
        "deploy.commands", "token", "first", "150424", FIRST_TOKENS_UNTIL="soon", LIANBAN_DATA=str(tmp_path)
    )
    assert (status, "FIRST_TOKENS_UNTIL: " in line, "Traceback" in line) == (78, True, False), line


def test_a_folder_holds_the_county_that_its_first_run_was_told_and_no_other(tmp_path: Path) -> None:
    assert [county_of(tmp_path, "150423"), county_of(tmp_path, None), county_of(tmp_path, "150423")] == ["150423"] * 3
    with pytest.raises(
        Trouble, match="holds the county 150423: leave COUNTY out, or type `COUNTY=150424 LIANBAN_DATA="
    ):
        county_of(tmp_path, DEMONSTRATED)
    assert county_of(tmp_path, None) == "150423"


def test_a_new_folder_is_the_demonstrated_countys_where_nobody_names_another(tmp_path: Path) -> None:
    assert [county_of(tmp_path, None), county_of(tmp_path, DEMONSTRATED)] == [DEMONSTRATED] * 2


def test_a_folder_of_before_is_the_demonstrated_countys(tmp_path: Path) -> None:
    live_from(tmp_path)
    with pytest.raises(Trouble, match=f"holds the county {DEMONSTRATED}"):
        county_of(tmp_path, "150423")
    assert county_of(tmp_path, None) == DEMONSTRATED


@pytest.mark.parametrize("code", ["a county", "15042", "150424100", "150424-D02"])
def test_what_is_no_countys_code_is_refused(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A township's is none either."""
    monkeypatch.setenv("COUNTY", code)
    with pytest.raises(Trouble, match="COUNTY"):
        read_settings()
