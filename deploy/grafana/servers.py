"""The machine and its servers, and whoever watches them; what no exporter says has no value here."""

from __future__ import annotations

from deploy.grafana.panels import Dashboard, Panel, Row

BUSY = '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))'
SENT = "sum by (way, outcome) (increase(lianban_alert_messages_total[24h]))"
OPLOG = "mongodb_mongod_replset_oplog_head_timestamp - mongodb_mongod_replset_oplog_tail_timestamp"
GROWTH = "deriv(max(lianban_photos_stored_bytes)[30d:1h]) * 2592000"
"""Bytes in thirty days, at the pace of the last thirty."""
MIB = 1024 * 1024

SERVERS = Dashboard(
    "lianban-servers",
    "联办：服务器与监测",
    (
        Row(
            (
                Panel(
                    "总线和数据库应答", "number", {"{{part}}": "min by (part) (lianban:ready:min)"}, amber=1, red=0.5
                ),
                Panel(
                    "磁盘剩余",
                    "number",
                    {"{{mountpoint}}": "lianban:disk_available:ratio"},
                    "percentunit",
                    amber=0.15,
                    red=0.05,
                ),
                Panel(
                    "可用内存",
                    "number",
                    {"{{instance}}": "min by (instance) (node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)"},
                    "percentunit",
                    amber=0.2,
                    red=0.1,
                ),
                Panel(
                    "距上次备份",
                    "number",
                    {"时长": "time() - max(lianban_backup_timestamp_seconds)"},
                    "s",
                    amber=26 * 3600,
                    red=3 * 86400,
                ),
                Panel(
                    "证书剩余",
                    "number",
                    {"{{name}}": "min by (name) (lianban_certificate_expiry_timestamp_seconds) - time()"},
                    "s",
                    amber=30 * 86400,
                    red=7 * 86400,
                ),
                Panel(
                    "时钟误差",
                    "number",
                    {"{{instance}}": "max by (instance) (abs(node_timex_offset_seconds))"},
                    "s",
                    amber=0.5,
                    red=1,
                ),
            ),
            height=5,
        ),
        Row(
            (
                Panel("正在告警", "table", {"{{alertname}} {{service}}": 'ALERTS{alertstate="firing"}'}),
                Panel("一天内的告警消息", "bars", {"{{way}} {{outcome}}": SENT}),
            )
        ),
        Row(
            (
                Panel("处理器", "lines", {"{{instance}}": BUSY}, "percentunit"),
                Panel(
                    "总线内存", "lines", {"{{server_id}}": "gnatsd_varz_mem"}, "bytes", amber=600 * MIB, red=800 * MIB
                ),
                Panel("总线连接数", "lines", {"{{server_id}}": "gnatsd_varz_connections"}),
            )
        ),
        Row(
            (
                Panel("照片", "lines", {"已存": "max(lianban_photos_stored_bytes)"}, "bytes"),
                Panel("照片三十天增长", "lines", {"按近三十天": GROWTH}, "bytes"),
                Panel("照片所在磁盘剩余", "lines", {"剩余": "lianban:photos_disk_available_bytes:min"}, "bytes"),
            )
        ),
        Row(
            (
                Panel(
                    "数据库副本落后",
                    "lines",
                    {"{{name}}": "max by (name) (mongodb_mongod_replset_member_replication_lag)"},
                    "s",
                ),
                Panel("数据库操作日志所存时间", "lines", {"{{instance}}": OPLOG}, "s"),
                Panel("数据库在线", "number", {"{{instance}}": "max by (instance) (mongodb_up)"}, amber=1, red=0.5),
            )
        ),
    ),
)
