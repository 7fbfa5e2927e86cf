"""An operator founds an empty county with a table: before it commands say so, after it tokens are issued."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from deploy.commands.listed import EXAMPLE
from deploy.linxi.county import COUNTY
from shared.services import SERVICES
from tests.journeys.running import runs, supervised

TABLE = EXAMPLE.replace("123456", COUNTY)
VILLAGE, WINDOW, ISSUED = "150424100202", "150424-D02", re.compile("[0-9a-f]{12}\\.[0-9a-f]{64}\n").fullmatch


async def test_a_county_that_is_empty_is_founded_by_a_command(tmp_path: Path) -> None:
    table, data = tmp_path / "units.csv", tmp_path / "county"

    async def types(command: str, *arguments: str) -> tuple[int, str]:
        return await runs("deploy.commands", command, *arguments, LIANBAN_DATA=str(data))

    status, example = await types("found", "--example")
    assert status == 0, example
    table.write_text(example.replace("123456", COUNTY))
    async with supervised(data, "--no-year") as county:
        await county.reaches("running")
        first = ("token", "list", COUNTY), ("token", "issue", COUNTY, "--holder", "试用"), ("invite", VILLAGE)
        for typed in first:
            status, said = await types(*typed)
            assert (status, "lianban found" in said) == (1, True), typed
        for _ in range(2):
            status, said = await types("found", str(table))
            assert (status, "已登记6个单位。" in said) == (0, True), said
        sheet = ("invite", "--township", VILLAGE[:9], "--sheet", str(tmp_path / "one.pdf"))
        status, said = await types(*sheet)
        assert (status, "已发放1个站点的登记码" in said, (tmp_path / "one.pdf").stat().st_mode & 0o777) == (
            0,
            True,
            0o600,
        )
        status, said = await types("check")
        assert (status, said.count("正常"), "还没有备份" in said) == (0, len(SERVICES), True), said
        assert await types("letters", "list") == (0, "没有待人工处理的报送。\n")
        assert (await types("letters", "close", "5", "--reason", "已另行报送"))[1].startswith("没有第5号报送")
        assert (await types("invite", VILLAGE))[0] == 0
        assert (await types("invite", "150424100203"))[1].strip() == "单位名录中没有这个单位，请核对单位编号。"
        status, token = await types("token", "issue", COUNTY, "--holder", "试用")
        assert (status, bool(ISSUED(token))) == (0, True), token
        async with httpx.AsyncClient(base_url=county.gateway, trust_env=False, auth=(COUNTY, token.strip())) as client:
            window = (await client.get(f"/roster/api/organisations/{WINDOW}")).raise_for_status().json()
            assert window["history"][-1]["stationed"] == "hall"
        table.write_text(TABLE.replace("150424100,,,,,,,", "150424999,,,,,,,"))
        status, said = await types("found", str(table))
        assert (status, "向阳村便民服务站（150424100202）没有登记" in said) == (1, True), said
