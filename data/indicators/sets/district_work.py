"""The district at work: activities, dues, development, transfers, study, service."""

from __future__ import annotations

from data.indicators.entry import Indicator

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="d_activity_total",
        name="组织活动数",
        english="Activities held",
        level="area",
        unit="activities",
        better="none",
        formula="Valid activities in the period, by activity_type.",
        source="article",
        reads=("activities", "activities_by_type"),
    ),
    Indicator(
        id="d_signin_total",
        name="签到人次",
        english="Sign-ins",
        level="area",
        unit="sign-ins",
        better="none",
        formula="Valid sign-ins in the period, by sign_method.",
        source="article 武进, 江宁",
        reads=("signins", "signins_by_method"),
    ),
    Indicator(
        id="d_attendance_rate",
        name="全区参与率",
        english="Attendance rate",
        level="area",
        unit="ratio",
        better="none",
        formula="Pooled: sum of PRES ÷ sum of REQ over eligible branches in the month.",
        source="article",
        reads=("present", "required"),
    ),
    Indicator(
        id="d_life_fulfilment",
        name="组织生活落实率",
        english="Organization life fulfilled",
        level="area",
        unit="ratio",
        better="none",
        formula="N = eligible branches with VA(o and groups, LIFE_TYPES, m) >= 1; D = eligible branches.",
        source="article",
        reads=("life_activities", "eligible"),
    ),
    Indicator(
        id="d_dues_collected",
        name="本月党费收缴",
        english="Dues collected",
        level="area",
        unit="CNY, ratio",
        better="none",
        formula=(
            "Sum of allocations to obligations of the month paid before now; and rate = members in "
            "full ÷ members with an obligation. District and committee level only."
        ),
        source="article 武进",
        reads=("dues_collected", "dues_full", "dues_owed"),
    ),
    Indicator(
        id="d_dues_state",
        name="党费缴纳状态",
        english="Dues by state",
        level="area",
        unit="members",
        better="none",
        formula="Obligations of the month by full / short / unpaid, and makeup payments of the month.",
        source="article 武进 (少缴补缴未缴)",
        reads=("dues_full", "dues_short", "dues_unpaid", "dues_makeup"),
    ),
    Indicator(
        id="d_dev_funnel",
        name="发展党员五阶段人数",
        english="Development funnel",
        level="area",
        unit="persons",
        better="none",
        formula=(
            "Cases with status in_progress or extended by stage_no; cumulative funnel: reached stage "
            "s in the year."
        ),
        source="article 武进",
        reads=("development_funnel",),
    ),
    Indicator(
        id="d_dev_admitted",
        name="本年发展党员",
        english="Admitted this year",
        level="area",
        unit="persons",
        better="none",
        formula=(
            "Cases whose step 15 of the 25 list (branch meeting) was done in the year and later "
            "approved; with share aged <= 35, junior college and above, frontline, women."
        ),
        source="R40",
        reads=("development_admitted",),
    ),
    Indicator(
        id="d_transfer_flow",
        name="组织关系流向",
        english="Transfer flows",
        level="area",
        unit="transfers",
        better="none",
        formula=(
            "Completed transfers of the period by direction × town or external_region; flows < 5 "
            "merged into 其他."
        ),
        source="article 江宁",
        reads=("transfer_flow",),
    ),
    Indicator(
        id="d_lost_total",
        name="失联党员累计、已找到、纳入管理",
        english="Lost, found, integrated",
        level="area",
        unit="members",
        better="none",
        formula=(
            "lost_contact_cases total; found = found_on not null; integrated = status integrated; "
            "rate integrated ÷ total, na if 0."
        ),
        source="article (350, 313)",
        reads=("lost_contact",),
    ),
    Indicator(
        id="d_floating_total",
        name="流动党员(流出/流入)",
        english="Floating members",
        level="area",
        unit="members",
        better="none",
        formula="Open floating_registrations by direction.",
        source="article",
        reads=("floating",),
    ),
    Indicator(
        id="d_floating_report_rate",
        name="流出党员季度汇报率",
        english="Floating report rate",
        level="area",
        unit="ratio",
        better="none",
        formula="Pooled hs_b_floating over branches.",
        source="article 武进",
        reads=("floating_reported", "floating_due"),
    ),
    Indicator(
        id="d_study_hours_avg",
        name="党员人均学时",
        english="Study hours per member",
        level="area",
        unit="class hours",
        better="none",
        formula="Sum of study hours (hs_m_study_hours) of the year ÷ d_member_total.",
        source="R26",
        reads=("study_hours", "members"),
    ),
    Indicator(
        id="d_volunteer_hours",
        name="志愿服务总时长、参与率",
        english="Volunteer hours, participation",
        level="area",
        unit="hours, ratio",
        better="none",
        formula=(
            "Sum of verified hours in the period; share of members (without aged_infirm, abroad, "
            "flow_out) with >= 1 record."
        ),
        source="article",
        reads=("volunteer_hours", "served_in_month", "normal_members"),
    ),
)
