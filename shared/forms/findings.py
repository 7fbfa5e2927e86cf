"""The rows in which a patrol says what it found: the same on a phone of the county and at a station."""

from __future__ import annotations

from shared.forms.declared import Field, Rows
from shared.pages.chinese import SEVERITIES


def finding_rows(count: int) -> Rows:
    """Of `LogInspection.findings`, so many offered; what is usual stands there already."""
    fields = (
        Field("item", "发现的问题"),
        Field("severity", "程度", choices=SEVERITIES, default="minor"),
        Field("rectify_within", "整改期限", unit="工作日", default="3"),
        Field("note", "说明"),
    )
    return Rows("findings", "问题", count, fields, note="没有发现问题的，不必填写。")
