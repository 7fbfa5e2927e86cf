"""A whole year is saved and brought back: the same figures. It takes minutes: with LIANBAN_LONG alone."""

from __future__ import annotations

from pathlib import Path

from deploy.backup.keys import IDENTITY
from deploy.embedded.county.folder import secrets
from tests.journeys.running import figures, runs, supervised, year_of_kills


async def test_a_year_is_brought_back_beside_itself(quick_folder: Path, tmp_path: Path) -> None:
    """Of the county that was killed all through its year, while it runs; the other answers with the same figures."""
    own, other = year_of_kills(quick_folder), tmp_path / "2018"
    async with supervised(own) as county:
        await county.reaches("running")
        status, said = await runs("deploy.commands", "backup", "--to", str(tmp_path), LIANBAN_DATA=str(own))
        assert status == 0, said
    (archive,) = tmp_path.glob("*.age")
    key = str(secrets(own) / IDENTITY)
    status, said = await runs("deploy.commands", "restore", str(archive), "--key", key, LIANBAN_DATA=str(other))
    assert status == 0, said
    async with supervised(other, "--no-year") as county:
        await county.reaches("running")
        status, said = await figures(other)
        assert (status, "31 of 31 figures agree." in said) == (0, True), said
        assert county.asks("/feedback/api/differences")["items"] == []
