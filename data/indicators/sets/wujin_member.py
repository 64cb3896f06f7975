"""武进, 7 member items of 200 points a year."""

from __future__ import annotations

from data.indicators.entry import Indicator

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="wj_m_info",
        name="个人信息维护",
        english="Personal record upkeep",
        level="member",
        unit="points",
        better="up",
        formula=(
            "Share of filled fields (as hs_b_info_quality) at quarter end × 2.5. Accrual: 4 × 2.5 "
            "per quarter."
        ),
        source="proposal; total article 武进",
        reads=("info_share",),
    ),
    Indicator(
        id="wj_m_meetings",
        name="参加“三会一课”",
        english="Meetings and lectures attended",
        level="member",
        unit="points",
        better="up",
        formula=(
            "4 × (valid sign-ins / required rows without leave) over member_assembly, "
            "committee_meeting, group_meeting, party_lecture of the month. na if no required row "
            "remains. Accrual: 12 × 4 per month."
        ),
        source="proposal; total article 武进",
        reads=("meetings_due", "meetings_signed", "proofs_approved", "floating_due"),
    ),
    Indicator(
        id="wj_m_activity_day",
        name="参加统一活动日",
        english="Activity day attended",
        level="member",
        unit="points",
        better="up",
        formula=(
            "4 if a valid sign-in at theme_party_day in the month; na if on leave or none held. "
            "Accrual: 12 × 4 per month."
        ),
        source="proposal; total article 武进",
        reads=("theme_signins", "theme_due", "thoughts_approved", "floating_due"),
    ),
    Indicator(
        id="wj_m_dues",
        name="按月足额缴纳党费",
        english="Dues in full each month",
        level="member",
        unit="points",
        better="up",
        formula="3 if paid in full before the cut-off; na if exempt. Accrual: 12 × 3 per month.",
        source="proposal; total article 武进",
        reads=("dues_owed", "dues_settled"),
    ),
    Indicator(
        id="wj_m_study",
        name="学习教育",
        english="Study",
        level="member",
        unit="points",
        better="up",
        formula=(
            "2 × min(1, hours of the month / (32/12)); hours as hs_m_study_hours. Surplus hours "
            "carry forward inside the year. Accrual: 12 × 2 per month."
        ),
        source="proposal; total article 武进",
        reads=("class_hours", "online_hours"),
    ),
    Indicator(
        id="wj_m_appraisal",
        name="组织生活会与民主评议",
        english="Life meeting and appraisal",
        level="member",
        unit="points",
        better="up",
        formula=(
            "6 if attended the life meeting; 10 for excellent, 8 qualified, 3 basic, 0 unqualified. "
            "Accrual: once a year."
        ),
        source="proposal; total article 武进",
        reads=("life_meeting_due", "life_meeting_signins", "grade_given"),
    ),
    Indicator(
        id="wj_m_volunteer",
        name="志愿服务",
        english="Volunteer service",
        level="member",
        unit="points",
        better="up",
        formula=(
            "1.5 × min(1, verified hours of the month / 2). Surplus hours carry forward inside the "
            "quarter. Accrual: 12 × 1.5 per month."
        ),
        source="proposal; total article 武进",
        reads=("service_hours",),
    ),
)
