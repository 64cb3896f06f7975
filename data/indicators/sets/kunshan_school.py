"""昆山, mobile school, cadres, venues and rectification."""

from __future__ import annotations

from data.indicators import kunshan, platform
from data.indicators.entry import Indicator
from data.indicators.shares import over_months, share

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="ks_lessons_total",
        name="课程课时总量",
        english="Lessons published",
        level="area",
        unit="lessons",
        better="up",
        formula="Number of courses published (and sum of class_hours), by course_category.",
        source="article 昆山 (150课时)",
        reads=("courses",),
    ),
    Indicator(
        id="ks_under45_registered",
        name="45岁以下党员注册数、注册率",
        english="Members under 45 registered",
        level="branch",
        unit="members, ratio",
        better="up",
        formula=(
            "Members with age < 45 on the last day of the period: D; N = of these with an "
            "app_registrations row mobile_school."
        ),
        yellow="< 0.80",
        red="< 0.50",
        source="article 昆山 (2万多名45岁以下)",
        compute=share("under_45_registered", "under_45", None, "member_lights"),
        reads=("under_45_registered", "under_45"),
        pooled=("under_45_registered", "under_45"),
    ),
    Indicator(
        id="ks_hours_per_head",
        name="人均学时",
        english="Hours per head",
        level="branch",
        unit="class hours",
        better="up",
        formula="Sum of credited_hours in the year ÷ registered members (mobile_school). na if none.",
        yellow="< 0.7 × district average",
        red="< 0.4 × district average",
        source="article 昆山 (人均28学时); thresholds proposal",
        compute=kunshan.hours_per_head,
        reads=("online_hours", "registered_members"),
        pooled=("online_hours", "registered_members"),
    ),
    Indicator(
        id="ks_in_service_study_rate",
        name="在职党员上线学习率",
        english="In-service members studying online",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Members with is_in_service = 1: D; N = of these with learning_records progress in the "
            "month. na if D = 0."
        ),
        yellow="< 0.60",
        red="< 0.30",
        source="article 昆山 (定期通报支部在职党员上线学习情况)",
        compute=share("in_service_online", "in_service_members", None, "online_study", "member_lights"),
        reads=("in_service_online", "in_service_members"),
        pooled=("in_service_online", "in_service_members"),
    ),
    Indicator(
        id="ks_political_birthdays",
        name="政治生日人数",
        english="Political birthdays",
        level="branch",
        unit="members",
        better="none",
        formula=(
            "Members in party whose joined_on has today's month and day (29 February counts on 28 "
            "February in common years)."
        ),
        source="article 昆山",
        compute=platform.amount("political_birthdays", "birthdays"),
        reads=("political_birthdays",),
    ),
    Indicator(
        id="ks_greeting_sent_rate",
        name="政治生日祝贺发送率",
        english="Greetings sent",
        level="area",
        unit="ratio",
        better="up",
        formula=(
            "N = of yesterday's political birthdays with a notifications political_birthday on that "
            "day; D = all. na if D = 0."
        ),
        yellow="< 1",
        red="< 0.95",
        source="article 昆山",
        reads=("greetings",),
    ),
    Indicator(
        id="ks_cadre_avg_age",
        name="基层干部平均年龄",
        english="Mean cadre age",
        level="area",
        unit="years",
        better="none",
        formula="Mean completed years of age of active cadres, by cadre_kind. na if none.",
        yellow="village secretaries > 50",
        red="> 55",
        source="article 昆山 (年龄结构); thresholds proposal",
        reads=("cadres",),
    ),
    Indicator(
        id="ks_cadre_age_bands",
        name="基层干部年龄结构",
        english="Cadre age bands",
        level="area",
        unit="persons",
        better="none",
        formula=(
            "Active cadres by bands <= 30, 31-35, 36-40, 41-45, 46-50, 51-55, 56-60, >= 61, by cadre_kind."
        ),
        source="article 昆山",
        reads=("cadres",),
    ),
    Indicator(
        id="ks_cadre_education",
        name="基层干部学历分布",
        english="Cadre education",
        level="area",
        unit="persons, ratio",
        better="up",
        formula="Active cadres by education; share junior_college and above.",
        yellow="village secretaries < 0.60",
        red="< 0.40",
        source="article 昆山; thresholds proposal",
        reads=("cadres",),
    ),
    Indicator(
        id="ks_cadre_reserve_ratio",
        name="后备梯队配备率",
        english="Reserve ratio",
        level="area",
        unit="persons per unit",
        better="up",
        formula=(
            "N = active reserve cadres (is_reserve = 1); D = villages and communities in scope. na "
            "if D = 0. Target 2 per village/community."
        ),
        yellow="< 2",
        red="< 1",
        source="article 昆山 (后备梯队); target proposal",
        reads=("cadres",),
    ),
    Indicator(
        id="ks_cadre_update_rate",
        name="干部信息按季更新率",
        english="Quarterly cadre update",
        level="area",
        unit="ratio",
        better="up",
        formula=(
            "Last closed quarter: N = active cadres with all four *_updated flags and submitted_at "
            "within the quarter or 10 days after; D = active cadres. na if D = 0."
        ),
        yellow="< 1",
        red="< 0.90",
        source="article 昆山 (按季度更新)",
        reads=("cadre_updates",),
    ),
    Indicator(
        id="ks_cadre_training_hours",
        name="基层干部年度培训学时",
        english="Cadre training hours",
        level="area",
        unit="class hours",
        better="up",
        formula=(
            "Mean cadre_trainings.class_hours of the year over active cadres; target 56 for "
            "secretaries × elapsed share."
        ),
        yellow="< 0.7 × target",
        red="< 0.5 × target",
        source="article 昆山 (培训情况) + R26",
        reads=("cadre_training", "cadres"),
    ),
    Indicator(
        id="ks_graduate_cadres",
        name="大学生干部人数",
        english="Graduate cadres",
        level="area",
        unit="persons",
        better="up",
        formula="Active cadres with cadre_kind graduate_cadre.",
        source="article 昆山",
        reads=("cadres",),
    ),
    Indicator(
        id="ks_venue_open_issues",
        name="阵地待整改项",
        english="Open venue issues",
        level="branch",
        unit="issues",
        better="down",
        formula="Number of *_ok = 0 flags in the latest inspection per venue with rectified_on null.",
        yellow=">= 1",
        red="any past rectify_due_on",
        source="article 昆山 (设施不齐、制度不全、环境不好、作用发挥不到位)",
        compute=kunshan.venue_issues,
        reads=("own_venue_issues", "own_venue_issues_overdue"),
    ),
    Indicator(
        id="ks_rectified_rate",
        name="整改完成率",
        english="Rectified on time",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "warnings with rectify_due_on in the last 3 closed months: N = rectified_at not null and "
            "<= end of rectify_due_on; D = all except invalid. na if D = 0."
        ),
        yellow="< 0.90",
        red="< 0.70",
        source="article 昆山 (及时进行整改)",
        compute=over_months("warnings_rectified_in_time", "warnings_due", 3, "warnings"),
        reads=("warnings_rectified_in_time", "warnings_due"),
        pooled=("warnings_rectified_in_time", "warnings_due"),
    ),
)
