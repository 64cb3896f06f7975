"""武进, branch items 1-9 of 600 points a year: set-up and management of members."""

from __future__ import annotations

from data.indicators.entry import Indicator
from data.indicators.wujin_totals import item

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
        compute=item("wj_b_org_info"),
        reads=(
            "record_filled",
            "record_fields",
        ),
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
        compute=item("wj_b_leadership"),
        reads=(
            "has_secretary",
            "active",
            "committee_size",
            "full_members",
            "term_days",
            "temporary",
        ),
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
        compute=item("wj_b_group_setup"),
        reads=(
            "full_members",
            "members",
            "joint_units",
            "groups",
            "ungrouped_members",
            "temporary",
        ),
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
        compute=item("wj_b_development"),
        reads=(
            "dev_steps",
            "dev_steps_reviewed",
            "dev_steps_early",
        ),
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
        compute=item("wj_b_dues"),
        reads=(
            "dues_full",
            "dues_owed",
            "dues_broken",
        ),
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
        compute=item("wj_b_ledger"),
        reads=(
            "ledger_dues_entries",
            "ledger_balanced",
            "dues_owed",
            "eligible",
        ),
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
        compute=item("wj_b_member_info"),
        reads=(
            "member_fields_filled",
            "member_fields",
            "abroad_unsettled",
        ),
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
        compute=item("wj_b_floating"),
        reads=(
            "floating_reported",
            "floating_due",
        ),
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
        compute=item("wj_b_transfer"),
        reads=("transfer_overdue_ever",),
    ),
)
