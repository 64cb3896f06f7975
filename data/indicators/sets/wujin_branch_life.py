"""武进, branch items 10-17 of 600 points a year: activities and guarantee."""

from __future__ import annotations

from data.indicators.entry import Indicator
from data.indicators.wujin_totals import item, reviews

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="wj_b_assembly",
        name="支部党员大会",
        english="Member assembly",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "10 if VA(o, {member_assembly}, quarter) >= 1, else 0. Accrual: 4 × 10 per quarter; na "
            "if active < 45 days in the quarter."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
        compute=item("wj_b_assembly"),
        reads=(
            "assemblies",
            "activities_broken",
            "activities",
        ),
    ),
    Indicator(
        id="wj_b_committee_group",
        name="支委会与党小组会",
        english="Committee and group meetings",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "2.5 if a valid committee_meeting was held; 1.5 × hs_b_group_meeting. Accrual: 12 × 4 "
            "per month; each part na as in the hs_b_ items."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
        compute=item("wj_b_committee_group"),
        reads=(
            "committee_meetings",
            "has_committee",
            "groups_met",
            "groups",
        ),
    ),
    Indicator(
        id="wj_b_lecture",
        name="党课",
        english="Party lecture",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "10 if VA(o, {party_lecture}, quarter) >= 1, else 0. Accrual: 4 × 10 per quarter; na if "
            "active < 45 days in the quarter."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
        compute=item("wj_b_lecture"),
        reads=(
            "lectures",
            "activities_broken",
            "activities",
        ),
    ),
    Indicator(
        id="wj_b_activity_day",
        name="统一活动日",
        english="Unified activity day",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "5 if VA(o, {theme_party_day}, m) >= 1, else 0. Accrual: 12 × 5 per month; na if active "
            "< 15 days in the month."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
        compute=item("wj_b_activity_day"),
        reads=("theme_days",),
    ),
    Indicator(
        id="wj_b_participation",
        name="活动参与率",
        english="Participation (sign-in) rate",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "With r = hs_b_attendance_rate of the month: 5 if r >= 0.90; 4 if >= 0.80; 3 if >= 0.70; "
            "2 if >= 0.60; 1 if >= 0.50; else 0. Accrual: 12 × 5 per month; na if nobody was "
            "required."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
        compute=item("wj_b_participation"),
        reads=(
            "present",
            "required",
            "attendance_broken",
        ),
    ),
    Indicator(
        id="wj_b_life_meeting",
        name="组织生活会与民主评议",
        english="Life meeting and appraisal",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "16 if the life meeting of year y was held in time; 16 × hs_b_appraisal. Booked to the "
            "score year y, so the year's score is final at the close of February y+1. Accrual: once "
            "a year, booked in the month held, at the latest February; na if established after 30 "
            "September."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
        compute=reviews,
        reads=(
            "life_meeting_this_year",
            "life_meeting_last_year",
            "appraised_this_year",
            "appraisable_this_year",
            "appraised_last_year",
            "appraisable_last_year",
        ),
    ),
    Indicator(
        id="wj_b_study_service",
        name="学习教育与志愿服务",
        english="Study and volunteer service",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "1 if a valid STUDY_TYPES activity was held in the month; 1 if >= 20 % of the members "
            "required to attend have a verified volunteer record in the month (× reached share / "
            "0.20). Accrual: 12 × 2 per month; volunteer part na if nobody is required."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
        compute=item("wj_b_study_service"),
        reads=(
            "study_sessions",
            "served_in_month",
            "normal_members",
        ),
    ),
    Indicator(
        id="wj_b_login_venue",
        name="平台维护与阵地保障",
        english="Platform upkeep and venue",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "2 × share of full weeks (Monday-Sunday, by the Sunday's month) with >= 2 logins by "
            "accounts of the branch (counted once per day: proposal); 1 if a venue is accessible "
            "with no open inspection issue. Accrual: 12 × 3 per month; login part na in the first "
            "month of a branch."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
        compute=item("wj_b_login_venue"),
        reads=(
            "login_weeks",
            "venue_access",
            "venue_issues",
        ),
    ),
)
