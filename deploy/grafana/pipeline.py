"""The pipeline: whether what is submitted is decided, how fast, and where the time goes."""

from __future__ import annotations

from deploy.grafana.panels import Dashboard, Panel, Row

OF = 'service=~"$service"'
STEP = (
    f"histogram_quantile(%s, sum by (le, point) (rate(lianban_step_seconds_bucket{{{OF}}}[5m]))) >= 0"
    f" or sum by (point) (rate(lianban_step_seconds_count{{{OF}}}[5m])) * 0"
)
"""0 where nothing was decided in the last minutes: a quantile of nothing is no number."""

SUM, COUNT = (f"sum by (service) (rate(lianban_batch_messages_{part}{{{OF}}}[5m]))" for part in ("sum", "count"))
BATCH = f"{SUM} / ({COUNT} > 0) or {SUM}"
"""The mean of the last minutes; 0 where there was no batch."""

PIPELINE = Dashboard(
    "lianban-pipeline",
    "联办：受理流水线",
    (
        Row(
            (
                Panel(
                    "服务在线",
                    "number",
                    {"{{service}}": f'max by (service) (up{{job="lianban", {OF}}})'},
                    amber=1,
                    red=0.5,
                ),
                Panel("待人工处理的报送", "number", {"待处理": "max(lianban_dead_letters_waiting)"}, amber=1, red=10),
                Panel(
                    "最早待办等待",
                    "number",
                    {"{{consumer}}": "lianban:consumer_oldest_pending_seconds:max"},
                    "s",
                    amber=300,
                    red=1800,
                ),
            ),
            height=5,
        ),
        Row(
            (
                Panel("待办件数", "lines", {"{{consumer}}": "max by (consumer) (lianban_consumer_pending_messages)"}),
                Panel(
                    "重复投递", "lines", {"{{consumer}}": "max by (consumer) (lianban_consumer_redelivered_messages)"}
                ),
            )
        ),
        Row(
            (
                Panel(
                    "每秒受理",
                    "lines",
                    {"{{service}} {{verdict}}": f"sum by (service, verdict) (rate(lianban_decided_total{{{OF}}}[5m]))"},
                    "ops",
                ),
                Panel(
                    "每批件数",
                    "lines",
                    {"{{service}}": BATCH},
                ),
            )
        ),
        Row(
            (
                Panel("各步骤用时（中位数）", "lines", {"{{point}}": STEP % "0.5"}, "s"),
                Panel("各步骤用时（99%）", "lines", {"{{point}}": STEP % "0.99"}, "s"),
            )
        ),
        Row(
            (
                Panel(
                    "数据流容量占用",
                    "bars",
                    {"{{stream}}": "lianban:stream_used:ratio"},
                    "percentunit",
                    amber=0.7,
                    red=0.9,
                ),
                Panel(
                    "内存",
                    "lines",
                    {"{{service}}": f'max by (service) (process_resident_memory_bytes{{job="lianban", {OF}}})'},
                    "bytes",
                ),
                Panel("版本", "table", {"{{service}} {{version}} {{revision}}": "lianban_build_info"}),
            )
        ),
    ),
    since="now-3h",
    chosen={"service": ("服务", "lianban_build_info")},
)
