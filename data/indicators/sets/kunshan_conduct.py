"""昆山, members, development in steps, exams and transfers."""

from __future__ import annotations

from data.indicators import kunshan, platform
from data.indicators.entry import Indicator
from data.indicators.shares import over_months

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="ks_member_points",
        name="党员积分",
        english="Member points",
        level="member",
        unit="points",
        better="up",
        formula=(
            "Sum of five parts, full mark 100 a year: 组织活动 20 (valid sign-ins at all activities "
            "other than the four 三会一课 types ÷ required rows × 20), 两学一做学习教育 20 (min(1, "
            "hours ÷ 32) × 20), 三会一课 30 (valid sign-ins at member_assembly, committee_meeting, "
            "group_meeting, party_lecture ÷ required rows without leave × 30), 党费缴纳 12 (1 per "
            "month in full), 志愿服务 18 (min(1, hours ÷ 24) × 18); na parts rescaled."
        ),
        yellow="< 60 at mid-year or year end",
        red="< 40",
        source="article 昆山 (自动核算党员积分排名); parts from article 昆山, points proposal",
        reads=(
            "others_due",
            "class_hours",
            "online_hours",
            "meetings_due",
            "dues_owed",
            "dues_settled",
            "service_hours",
            "others_signed",
            "meetings_signed",
        ),
    ),
    Indicator(
        id="ks_member_rank",
        name="党员积分排名",
        english="Member rank",
        level="member",
        unit="rank",
        better="down",
        formula=(
            "Competition rank of ks_member_points within the branch, and percentile within the "
            "city/district (share of scored members with fewer points)."
        ),
        source="article 昆山",
        reads=(
            "others_due",
            "class_hours",
            "online_hours",
            "meetings_due",
            "dues_owed",
            "dues_settled",
            "service_hours",
            "others_signed",
            "meetings_signed",
        ),
    ),
    Indicator(
        id="ks_long_absent",
        name="长期不参加组织活动党员数",
        english="Members long absent",
        level="branch",
        unit="members",
        better="down",
        formula="Members with hs_m_life_gap >= 3.",
        yellow=">= 1",
        red=">= 3 or >= 10 % of members",
        source="article 昆山 (长期不参加组织活动); thresholds proposal",
        compute=kunshan.long_out("long_absent"),
        reads=("long_absent", "members"),
    ),
    Indicator(
        id="ks_long_unpaid",
        name="长期不缴纳党费党员数",
        english="Members long unpaid",
        level="branch",
        unit="members",
        better="down",
        formula="Members with u >= 3 (hs_m_dues).",
        yellow=">= 1",
        red=">= 3 or >= 10 % of members",
        source="article 昆山 (不缴纳党费的党员)",
        compute=kunshan.long_out("long_unpaid"),
        reads=("long_unpaid", "members"),
    ),
    Indicator(
        id="ks_dev_on_time_rate",
        name="发展党员步骤按时率",
        english="Development steps on time",
        level="branch",
        unit="ratio",
        better="up",
        formula="Steps with due_on in the last 12 months: N = done_on <= due_on; D = all. na if D = 0.",
        yellow="< 0.95",
        red="< 0.80",
        source="article 昆山 (工作时限); thresholds proposal",
        compute=over_months("dev_steps_on_time", "dev_steps", 12, "development", "step_records"),
        reads=("dev_steps_on_time", "dev_steps"),
        pooled=("dev_steps_on_time", "dev_steps"),
    ),
    Indicator(
        id="ks_dev_due_soon",
        name="临期步骤数",
        english="Steps due soon",
        level="branch",
        unit="steps",
        better="none",
        formula="Open steps with due_on in the next 7 days.",
        yellow=">= 1",
        source="article 昆山 (时限临近短信)",
        compute=platform.amount("dev_due_soon", "step_records"),
        reads=("dev_due_soon",),
    ),
    Indicator(
        id="ks_dev_overdue",
        name="超期步骤数",
        english="Steps overdue",
        level="branch",
        unit="steps",
        better="down",
        formula="Open steps with due_on < today.",
        yellow=">= 1",
        red="any > 30 days",
        source="article 昆山",
        compute=kunshan.overdue_steps,
        reads=("dev_overdue", "dev_overdue_30"),
    ),
    Indicator(
        id="ks_dev_upload_rate",
        name="重要节点图片上传率",
        english="Key nodes with upload",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Done steps whose definition requires_upload: N = with >= 1 development_documents row; D "
            "= all, last 12 months."
        ),
        yellow="< 1",
        red="< 0.90",
        source="article 昆山 (上传图片验证)",
        compute=kunshan.upload_rate,
        reads=("dev_uploads_due", "dev_uploads_missing"),
    ),
    Indicator(
        id="ks_exam_passed_total",
        name="机考认证人数",
        english="Exams passed",
        level="area",
        unit="persons",
        better="up",
        formula="Distinct case_id with a passed development exam, cumulative, and by gate_stage.",
        source="article 昆山 (2200多名)",
        reads=("exams",),
    ),
    Indicator(
        id="ks_exam_pass_rate",
        name="机考通过率",
        english="Exam pass rate",
        level="area",
        unit="ratio",
        better="up",
        formula=(
            "Over distinct (case_id, gate_stage) with an attempt in the year: N = passed in the "
            "first attempt; D = all. na if D = 0."
        ),
        yellow="< 0.80",
        red="< 0.60",
        source="article 昆山; thresholds proposal",
        reads=("exams",),
    ),
    Indicator(
        id="ks_transfers_total",
        name="关系转接办结数",
        english="Transfers completed",
        level="area",
        unit="transfers",
        better="none",
        formula="transfers with state completed and completed_at in the period, by direction.",
        source="article 昆山 (3198名)",
        reads=("transfers_done",),
    ),
    Indicator(
        id="ks_transfer_days",
        name="转接平均用时",
        english="Days to complete a transfer",
        level="area",
        unit="days",
        better="down",
        formula=(
            "Median of completed_at - applied_at in days over transfers completed in the period. na if none."
        ),
        yellow="> 15",
        red="> 30",
        source="article 昆山 (一站一次性办结); thresholds proposal",
        reads=("transfer_days",),
    ),
    Indicator(
        id="ks_online_rate",
        name="网上办理率",
        english="Share handled online",
        level="area",
        unit="ratio",
        better="up",
        formula=(
            "N = within-district transfers completed with all steps decided in the system; D = "
            "within-district transfers completed. na if D = 0."
        ),
        yellow="< 1",
        red="< 0.95",
        source="article 昆山 (全部网上办理)",
        reads=("transfers_online",),
    ),
)
