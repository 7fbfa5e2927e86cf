"""The reports: what was made of a period, what is late, and whether every figure still is what its facts add up to."""

from __future__ import annotations

from deploy.grafana.panels import Dashboard, Panel, Row

CHECKED = "time() - (max(lianban_differences_checked_timestamp_seconds) > 0)"
UNLIKE = "sum by (measure) (lianban_measure_differences) or vector(0)"
FOLLOWED = 'lianban:consumer_oldest_pending_seconds:max{consumer="feedback-facts"}'

REPORTS = Dashboard(
    "lianban-reports",
    "联办：报告",
    (
        Row(
            (
                Panel("期满未出报告的期次", "number", {"期次": "max(lianban_periods_overdue)"}, amber=1, red=2),
                Panel("账实不符的月度数据", "number", {"份": "max(lianban_differences)"}, amber=1, red=1),
                Panel("缺少的已办事项", "number", {"项": "sum(max by (of) (lianban_facts_missing))"}, amber=1, red=1),
                Panel("被改动的已签发文件", "number", {"份": "max(lianban_reports_altered)"}, amber=1, red=1),
                Panel("距上次账实核对", "number", {"时长": CHECKED}, "s", amber=3600, red=6 * 3600),
                Panel("汇总落后于办理", "number", {"时长": FOLLOWED}, "s", amber=300, red=1800),
            ),
            height=5,
        ),
        Row(
            (
                Panel(
                    "已出具的报告",
                    "bars",
                    {"{{kind}}": 'max by (kind) (lianban_reports{kind=~"$kind"})'},
                    about="monthly 月反馈，quarterly 季汇总，annual 年考核",
                ),
                Panel(
                    "待更正的报告",
                    "bars",
                    {"{{kind}}": 'max by (kind) (lianban_reports_changed{kind=~"$kind"})'},
                    about="出具以后又有迟到的事实，报告所印的数字已经不同",
                    amber=1,
                    red=10,
                ),
            )
        ),
        Row(
            (
                Panel("不符的数字（按指标）", "table", {"{{measure}}": UNLIKE}),
                Panel("每分钟办成的事实", "lines", {"事实": "sum(rate(lianban_facts_total[5m])) * 60"}),
            )
        ),
    ),
    since="now-7d",
    chosen={"kind": ("报告种类", "lianban_reports")},
)
