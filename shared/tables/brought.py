"""A file that a page's form brings, as rows; and rows that the page carries until they are entered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from starlette.requests import Request

from shared.foreign.apart import Apart, Exhausted, Limits
from shared.process.running import Running
from shared.web.heavy import taking_turns
from shared.web.posted import Posted, posted

MIB = 1024 * 1024
MOST_FILE, MOST_CARRIED, MOST_ROWS = 2 * MIB, 200 * 1024, 2_100
"""Bytes of a file, and of its rows in a page's field; rows with the empty ones among them."""
LIMITS = Limits(processor=10, time=20, memory=128 * MIB)
ROWS, FILE = "rows", "file"
WRONG: Mapping[str, str] = {
    "table-missing": "没有选择文件，请选择填写好的表格。",
    "table-too-large": "文件超过2MB，请删去图片和多余的工作表，或者分成几个文件。",
    "table-too-long": "表中内容超过500行或者文字过多，请分成几个文件。",
    "table-unreadable": "文件不能读取：应当是XLSX或者CSV表格，没有损坏。请用模板填写后重新选择。",
    "table-old-or-locked": "文件是旧格式（XLS）或者设有密码，请取消密码并另存为XLSX后重新选择。",
}


class Brought(NamedTuple):
    """The name of a file, a digest of its rows, and the rows."""

    file: str
    digest: str
    rows: list[list[str]]

    @property
    def carried(self) -> str:
        """As a page carries them: whoever brought them has them anyway."""
        return json.dumps(self.rows, ensure_ascii=False, separators=(",", ":"))


async def brought(request: Request, parts: Running) -> Brought | str:
    """What was chosen; or the sentence that says why it is none. Such files are read in turns."""
    async with posted(request, MOST_FILE + MIB // 8) as sent:
        chosen = next(iter(sent.chosen), None)
        if chosen is None:
            return WRONG["table-missing"]
        content = await chosen.read(MOST_FILE + 1)
        name = (chosen.filename or "")[-80:]
    if len(content) > MOST_FILE:
        return WRONG["table-too-large"]
    async with taking_turns(request, parts):
        return await _read(name, content)


async def carried(sent: Posted) -> Brought | None:
    """What a page carried, looked through as if it came from anywhere; None of anything else."""
    fields = dict(sent.fields)
    try:
        rows = json.loads(fields.get(ROWS, ""))
    except ValueError:
        return None
    return _of(fields.get(FILE, "")[-80:], rows) if _are_rows(rows) else None


def _are_rows(rows: object) -> bool:
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ROWS:
        return False
    return all(isinstance(row, list) and all(isinstance(one, str) for one in row) for row in rows)


async def _read(name: str, content: bytes) -> Brought | str:
    apart = Apart("shared.tables.work", LIMITS)
    try:
        answer = await apart.ask({"file": content})
    except Exhausted:
        return WRONG["table-unreadable"]
    finally:
        await apart.close()
    if wrong := answer.get("wrong"):
        return WRONG[str(wrong)]
    found = _of(name, [[str(cell) for cell in row] for row in answer["rows"]])
    return found if len(found.carried.encode()) <= MOST_CARRIED else WRONG["table-too-long"]


def _of(name: str, rows: list[list[str]]) -> Brought:
    said = json.dumps(rows, ensure_ascii=False)
    return Brought(name, sha256(said.encode()).hexdigest(), rows)
