"""海曙, branch indicators 13-19: management of members."""

from __future__ import annotations

from data.indicators.entry import Indicator
from data.indicators.procedures import development, unqualified
from data.indicators.shares import floating, share, transfer
from data.indicators.standing import red_members

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="hs_b_transfer",
        name="组织关系接转",
        english="Transfer handling",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Steps with handler_org_id = o and due_at in the last 12 months: N = decided_at not null "
            "and decided_at <= due_at; D = all of them. Open overdue = steps with decided_at null "
            "and due_at < end of m. Value N/D. na if D = 0. Score S3 minus 20 per open overdue step, "
            "floor 0."
        ),
        yellow="at least 1 open overdue step",
        red="an open step overdue > 30 days, or >= 3 open overdue steps",
        source="article 海曙 (组织关系接转 named)",
        compute=transfer,
        reads=(
            "transfer_steps_on_time",
            "transfer_steps",
            "transfer_overdue",
            "transfer_overdue_30",
        ),
        pooled=("transfer_steps_on_time", "transfer_steps"),
    ),
    Indicator(
        id="hs_b_dues_collection",
        name="党费收缴率",
        english="Dues collected in full and on time",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Over OBL(o, m): N = obligations with PAID(before cutoff(m)) >= payable_amount; D = all. "
            "Value N/D. na if D = 0. Score S3."
        ),
        yellow="N/D < 0.95",
        red="N/D < 0.85",
        source="article 海曙 (screen content 缴纳党费); thresholds proposal",
        compute=share("dues_full", "dues_owed", "dues_broken", "dues"),
        reads=(
            "dues_full",
            "dues_owed",
            "dues_broken",
        ),
        pooled=("dues_full", "dues_owed"),
    ),
    Indicator(
        id="hs_b_development",
        name="发展党员程序规范",
        english="Development procedure",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Steps of cases of o with due_on in the last 12 months and <= end of m: N = done_on <= "
            "due_on with the required upload present (development_documents) where requires_upload; "
            "D = all such steps. Value N/D. na if D = 0. Score S3 minus 20 per open overdue step."
        ),
        yellow="at least 1 step overdue 1-30 days, or a required upload missing",
        red="a step overdue > 30 days, or any step done before its min_days",
        source="article 海曙 (发展党员是不是程序到位)",
        compute=development,
        reads=(
            "dev_steps_proper",
            "dev_steps",
            "dev_overdue",
            "dev_overdue_30",
            "dev_steps_early",
            "dev_uploads_missing",
        ),
        pooled=("dev_steps_proper", "dev_steps"),
    ),
    Indicator(
        id="hs_b_floating",
        name="流动党员管理",
        english="Floating member management",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Last closed quarter q: D = members of o whose category was flow_out on the last day of "
            "q for >= 45 days; N = of these with at least one floating_reports row for q with "
            "review_result = approve. Value N/D. na if D = 0. Score S3."
        ),
        yellow="N/D < 1",
        red="N/D < 0.60",
        source="article 武进 (按季度汇报) + R22",
        compute=floating,
        reads=(
            "floating_reported",
            "floating_due",
        ),
        pooled=("floating_reported", "floating_due"),
    ),
    Indicator(
        id="hs_b_unqualified",
        name="不合格党员处置",
        english="Handling of unqualified members",
        level="branch",
        unit="members",
        better="down",
        formula=(
            "Members of o with the latest grade unqualified, or with an open member_dispositions "
            "row: overdue = those without any disposition 60 days after the grade, or whose due_on < "
            "end of m with closed_on null. Value = overdue. na if there is no such member. Score 100 "
            "if 0, else 0."
        ),
        yellow=">= 1 member without disposition after 60 days",
        red=">= 1 overdue > 90 days",
        source="article 海曙 (不合格党员处置是不是依法依规)",
        compute=unqualified,
        reads=(
            "unqualified_overdue",
            "unqualified_overdue_90",
            "unqualified_members",
        ),
    ),
    Indicator(
        id="hs_b_red_members",
        name="红灯党员占比",
        english="Share of red-light members",
        level="branch",
        unit="ratio",
        better="down",
        formula=(
            "N = members in SCORED(o, m) whose member light is red; D = SCORED(o, m). Value N/D. na "
            "if D = 0. Score S6. The seed rule is applied literally; with D <= 4 one red member is "
            "enough and the list marks the branch 小支部."
        ),
        yellow="N/D >= 0.10",
        red="N/D >= 0.20",
        source="article 海曙 (red: 20%以上); 10 % proposal",
        compute=red_members,
        reads=(
            "red_members",
            "scored_members",
        ),
        pooled=("red_members", "scored_members"),
    ),
    Indicator(
        id="hs_b_info_quality",
        name="党员信息完整率",
        english="Completeness of member records",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Over MEM(o, end of m): N = filled fields among {birthday, education, occupation, "
            "joined_on, full_member_on (full members only), home_division_id, category}; D = all "
            "these fields. Value N/D. na if no member. Score S3."
        ),
        yellow="N/D < 0.98",
        red="N/D < 0.90",
        source="proposal (武进 信息维护)",
        compute=share("member_fields_filled", "member_fields", None, "members"),
        reads=(
            "member_fields_filled",
            "member_fields",
        ),
        pooled=("member_fields_filled", "member_fields"),
    ),
)
