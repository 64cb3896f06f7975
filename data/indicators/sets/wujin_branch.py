"""武进, 17 branch items of 600 points a year."""

from __future__ import annotations

from data.indicators.entry import Indicator

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="wj_b_org_info",
        name="组织信息维护",
        english="Organization record upkeep",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "Share of filled fields among {short_name, org_type, sector, division_id, town_id, lng, "
            "lat, established_on, address} of organizations at quarter end, times 5. town_id is "
            "skipped for directly subordinate units. Accrual: 4 × 5 per quarter; never na."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
    Indicator(
        id="wj_b_leadership",
        name="班子配备与按期换届",
        english="Leadership and term",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "4 points if a secretary was in force on every month end of the quarter (else × share of "
            "month ends); 2 points if the committee is complete (as in hs_b_leadership); 1.5 points "
            "if the term has not expired at quarter end. Accrual: 4 × 7.5 per quarter; committee "
            "part na if FULL < 7; term part na for temporary_branch."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
    Indicator(
        id="wj_b_group_setup",
        name="党小组设置与支部规模",
        english="Groups and branch size",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "3 points if 3 <= FULL and MEM <= 50 (joint_branch: joint_unit_count <= 5); 2 points if "
            "MEM < 15, or at least one active party group exists and every member required to attend "
            "belongs to one. Accrual: 4 × 5 per quarter; never na."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
    Indicator(
        id="wj_b_development",
        name="发展党员全程纪实",
        english="Development recorded in full",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "10 × share of development_steps with due_on in the quarter that are done on time with "
            "required documents and superior review. Any step done before its min_days sets the "
            "quarter to 0. Accrual: 4 × 10 per quarter; na if no step fell due in the quarter."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
    Indicator(
        id="wj_b_dues",
        name="党费按月足额收缴",
        english="Dues in full each month",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "5 × hs_b_dues_collection of the month (paid in full before the cut-off). Make-up later "
            "earns nothing. Accrual: 12 × 5 per month; na if no obligation > 0."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
    Indicator(
        id="wj_b_ledger",
        name="党费收支记账",
        english="Dues ledger kept",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "3 points × share of months of the quarter with a collect or remit_up entry recorded "
            "before the cut-off; 2 points if collected (allocations) and booked (collect entries) "
            "differ by <= 1 % at quarter end. Accrual: 4 × 5 per quarter; na if no obligation > 0."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
    Indicator(
        id="wj_b_member_info",
        name="党员信息与分类管理",
        english="Member records and categories",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "1.5 × hs_b_info_quality + 0.5 if every abroad member has procedure_completed_on "
            "(member_category_history). Accrual: 12 × 2 per month; never na."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
    Indicator(
        id="wj_b_floating",
        name="流动党员季度管理",
        english="Quarterly floating-member work",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "7 × share of flow_out members with at least one approved floating_reports row "
            "(activity_proof or thought_report) for the quarter. Accrual: 4 × 7 per quarter; na if "
            "no flow_out member."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
    Indicator(
        id="wj_b_transfer",
        name="组织关系接转",
        english="Transfers on time",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "1.5 if no step of the branch was overdue at any time in the month, else 0. Accrual: 12 "
            "× 1.5 per month; never na."
        ),
        yellow="attained ÷ attainable of the year to date < 0.80",
        red="< 0.60",
        source="proposal; total, monthly accrual and no back-filling article 武进",
    ),
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
    ),
)
