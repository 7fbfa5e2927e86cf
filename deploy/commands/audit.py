"""`make audit-verify [FILE=]`: whether the audit's chain holds, in an exported file or in the database here."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deploy.embedded.county.folder import secrets
from deploy.embedded.settings import read_settings
from services.roster.audit.model import AuditRow
from shared.database import mongo
from shared.identity.audit import faults_in, unexplained


def in_file(path: Path) -> Iterator[Mapping[str, Any]]:
    """The rows of an export, a line each."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


async def in_database(url: str) -> list[Mapping[str, Any]]:
    """Those that the roster keeps."""
    client = mongo.connect(url)
    try:
        found = mongo.database(client, "roster")[AuditRow.collection].find({}, {"_id": 0, "version": 0}).sort("n", 1)
        return [row async for row in found]
    finally:
        client.close()


def verified(rows: list[Mapping[str, Any]]) -> int:
    """The exit status: every fault is a line."""
    faults = [*faults_in(rows), *unexplained(rows)]
    for fault in faults:
        print(f"审计记录有误：{fault}")
    if rows and not faults:
        print(f"审计记录{len(rows)}条，第{rows[0]['n']}至{rows[-1]['n']}条，校验无误；末条校验值{rows[-1]['sum']}。")
    if not rows:
        print("没有审计记录。")
    return 1 if faults else 0


def main() -> int:
    """Of the file that is named, else of the county that runs here."""
    if len(sys.argv) > 1:
        return verified([*in_file(Path(sys.argv[1]))])
    url = (secrets(read_settings().data) / "setup" / "mongo_url").read_text().strip()
    return verified(asyncio.run(in_database(url)))


if __name__ == "__main__":
    sys.exit(main())
