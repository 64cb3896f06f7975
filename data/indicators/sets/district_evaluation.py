"""The district judged: index, lights, warnings, reports; and how much administrators and the library are used."""

from __future__ import annotations

from data.indicators.entry import Indicator

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="d_index_avg",
        name="锋领指数平均分",
        english="Average pioneer index",
        level="area",
        unit="points",
        better="none",
        formula="Mean of the index of scored members, by town and committee; median and the 8 count bands.",
        source="article",
        reads=(
            "index_points",
            "scored_members",
            "index_below_10",
            "index_from_10",
            "index_from_20",
            "index_from_30",
            "index_from_50",
            "index_from_75",
            "index_from_100",
            "index_from_150",
        ),
    ),
    Indicator(
        id="d_red_branches",
        name="红灯支部数、占比",
        english="Red branches",
        level="area",
        unit="branches, ratio",
        better="none",
        formula="Branches whose branch light is red ÷ eligible branches, in the last closed month.",
        source="article",
        reads=("red_branches", "eligible"),
    ),
    Indicator(
        id="d_yellow_branches",
        name="黄灯支部数、占比",
        english="Yellow branches",
        level="area",
        unit="branches, ratio",
        better="none",
        formula="As d_red_branches for yellow.",
        source="article",
        reads=("yellow_branches", "eligible"),
    ),
    Indicator(
        id="d_red_members",
        name="红灯党员数、占比",
        english="Red members",
        level="area",
        unit="members, ratio",
        better="none",
        formula="Members whose light is red ÷ scored members (aggregate only).",
        source="article",
        reads=("red_members", "scored_members"),
    ),
    Indicator(
        id="d_three_no_members",
        name="“三不党员”数",
        english="Three-no members",
        level="area",
        unit="members",
        better="none",
        formula=(
            "Distinct members with u >= 3 (hs_m_dues), or hs_m_life_gap >= 3, or hs_m_task red; "
            "shown by kind and total."
        ),
        source="article 海曙",
        reads=("three_no", "long_unpaid", "long_absent", "task_red"),
    ),
    Indicator(
        id="d_reports_pushed",
        name="月度报告推送与打开率",
        english="Reports pushed and opened",
        level="area",
        unit="reports, ratio",
        better="none",
        formula="diagnosis_reports of the month: pushed ÷ generated; opened ÷ pushed.",
        source="article 海曙",
        reads=("reports",),
    ),
    Indicator(
        id="d_warning_closed_rate",
        name="预警销号率",
        english="Warnings closed",
        level="area",
        unit="ratio, days",
        better="none",
        formula=(
            "Warnings raised in the last 3 closed months: closed ÷ all except invalid; median days "
            "raised → closed."
        ),
        source="article",
        reads=("warnings_closed", "warnings_raised"),
    ),
    Indicator(
        id="d_login_compliance",
        name="管理员登录达标率",
        english="Login compliance",
        level="area",
        unit="ratio",
        better="none",
        formula=(
            "Last full week: organizations with logins on >= 2 days ÷ organizations with an enabled "
            "main account."
        ),
        source="article 武进 (每周2次)",
        reads=("logins",),
    ),
    Indicator(
        id="d_resource_use",
        name="资料库资源与使用",
        english="Library and use",
        level="area",
        unit="items, times",
        better="none",
        formula=(
            "Active resources by kind (lecturer, lecture, video); resource_bookings used in the period."
        ),
        source="article (132, 88, 96)",
        reads=("resources", "resource_use"),
    ),
)
