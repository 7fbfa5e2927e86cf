"""The stations: who is heard from, who is not, and what waits on their own machines."""

from __future__ import annotations

from deploy.grafana.panels import Dashboard, Panel, Row

SILENCE = "topk(20, time() - max by (station) (lianban_station_last_contact_timestamp_seconds))"
FACTS = 'sum by (type) (increase(lianban_facts_total{service="inspection"}[24h]))'

STATIONS = Dashboard(
    "lianban-stations",
    "联办：站点联络",
    (
        Row(
            (
                Panel("在线", "number", {"在线": 'max(lianban_stations{state="connected"})'}),
                Panel("失联", "number", {"失联": 'max(lianban_stations{state="silent"})'}, amber=1, red=10),
                Panel("从未联系", "number", {"从未联系": 'max(lianban_stations{state="never"})'}),
                Panel("各站点待发送合计", "number", {"件": "max(lianban_outbox_waiting_submissions)"}),
                Panel(
                    "待发送最久",
                    "number",
                    {"时长": "max(lianban_outbox_oldest_seconds)"},
                    "s",
                    amber=4 * 3600,
                    red=86400,
                ),
            ),
            height=5,
        ),
        Row((Panel("站点状态", "lines", {"{{state}}": "max by (state) (lianban_stations)"}),)),
        Row(
            (
                Panel(
                    "最久没有联系的站点",
                    "table",
                    {"{{station}}": SILENCE},
                    "s",
                ),
                Panel("一天内站点报送的事实", "bars", {"{{type}}": FACTS}),
            ),
            height=10,
        ),
    ),
)
