"""The county at work: what the committee asks of a morning."""

from __future__ import annotations

from deploy.grafana.panels import Dashboard, Panel, Row

REFUSED = "sort_desc(sum by (service, reason) (increase(lianban_refused_total[24h])) > 0) or vector(0)"
FACTS = "topk(15, sum by (type) (increase(lianban_facts_total[24h])))"
DAY = 86400
TURN = "max(lianban_turn_ends_timestamp_seconds) - time() or vector(0)"

COUNTY = Dashboard(
    "lianban-county",
    "联办：全县运行",
    (
        Row(
            (
                Panel(
                    "今日应查完成率",
                    "number",
                    {"完成率": "max(lianban_patrol_rate_ratio)"},
                    "percentunit",
                    amber=0.9,
                    red=0.8,
                ),
                Panel("待整改问题", "number", {"待整改": 'max(lianban_rectifications{state="open"})'}),
                Panel("整改逾期", "number", {"逾期": 'max(lianban_rectifications{state="overdue"})'}, amber=1, red=10),
                Panel("本期轮值剩余时间", "number", {"天": TURN}, "s", amber=14 * DAY, red=7 * DAY),
                Panel("期满未出报告的期次", "number", {"期次": "max(lianban_periods_overdue)"}, amber=1, red=2),
                Panel("账实不符的月度数据", "number", {"份": "max(lianban_differences)"}, amber=1, red=1),
            ),
            height=5,
        ),
        Row(
            (
                Panel(
                    "已出具的报告",
                    "bars",
                    {"{{kind}}·{{state}}": "max by (kind, state) (lianban_reports)"},
                    about="monthly 月反馈，quarterly 季汇总，annual 年考核",
                ),
                Panel(
                    "每分钟受理的报送",
                    "lines",
                    {"{{service}}": "sum by (service) (rate(lianban_decided_total[5m])) * 60"},
                ),
            )
        ),
        Row(
            (
                Panel(
                    "不予受理的原因",
                    "table",
                    {"{{service}} {{reason}}": REFUSED},
                ),
                Panel("一天内的事实（按类型）", "bars", {"{{type}}": FACTS}),
            )
        ),
    ),
)
