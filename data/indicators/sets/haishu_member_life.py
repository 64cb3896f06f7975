"""海曙, member indicators 1-13: class A, party life."""

from __future__ import annotations

from data.indicators.entry import Indicator

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="hs_m_member_assembly",
        name="参加支部党员大会",
        english="Member assembly attended",
        level="member",
        unit="times",
        better="up",
        formula="Valid sign-ins of the member at member_assembly in the year to date.",
        source="article 海曙 (每次计1分)",
        reads=("assembly_signins",),
    ),
    Indicator(
        id="hs_m_committee_meeting",
        name="参加支委会",
        english="Committee meeting attended",
        level="member",
        unit="times",
        better="up",
        formula="Valid sign-ins at committee_meeting; na for members holding no committee post.",
        source="article 海曙 (每次计1分)",
        reads=("committee_signins", "on_committee"),
    ),
    Indicator(
        id="hs_m_group_meeting",
        name="参加党小组会",
        english="Group meeting attended",
        level="member",
        unit="times",
        better="up",
        formula="Valid sign-ins at group_meeting; na if the branch has no party group.",
        source="article 海曙 (每次计1分)",
        reads=("group_signins", "group_due"),
    ),
    Indicator(
        id="hs_m_party_lecture",
        name="参加党课",
        english="Party lecture attended",
        level="member",
        unit="times",
        better="up",
        formula="Valid sign-ins at party_lecture.",
        source="proposal",
        reads=("lecture_signins",),
    ),
    Indicator(
        id="hs_m_theme_party_day",
        name="参加主题党日",
        english="Theme party day attended",
        level="member",
        unit="ratio",
        better="up",
        formula=(
            "N = valid sign-ins at theme_party_day with is_required = 1; D = such required rows "
            "without status leave, last 3 closed months. Points by N of the year. na for the light "
            "if D = 0."
        ),
        yellow="N/D < 0.5 with D >= 2",
        red="N/D = 0 with D >= 3",
        source="proposal (article 海曙 参加主题党日当场扫码)",
        reads=("theme_signed", "theme_due"),
    ),
    Indicator(
        id="hs_m_dues",
        name="每月足额缴纳党费",
        english="Dues paid in full each month",
        level="member",
        unit="months unpaid",
        better="down",
        formula=(
            "u = consecutive months ending with m whose obligation (payable_amount > 0) is still not "
            "fully paid at cutoff(m); a = months of the last 12 still not fully paid at cutoff(m). "
            "Months with payable_amount = 0 neither count nor break the run. Points: one per month "
            "paid in full before its own cut-off (make-up payments earn none). na if exempt in m and "
            "a = 0."
        ),
        yellow="1 <= u <= 2, or a >= 1",
        red="u >= 3",
        source="article 海曙 (每月足额…计1分; one month unpaid = yellow); red proposal",
        reads=("dues_owed", "dues_settled"),
    ),
    Indicator(
        id="hs_m_life_meeting",
        name="参加组织生活会",
        english="Life meeting attended",
        level="member",
        unit="0/1",
        better="up",
        formula=(
            "1 if a valid sign-in at the organization_life_meeting of year y exists, else 0; na "
            "until the branch has held it."
        ),
        source="proposal",
        reads=("life_meeting_signins", "life_meeting_due"),
    ),
    Indicator(
        id="hs_m_appraisal",
        name="民主评议结果",
        english="Appraisal grade",
        level="member",
        unit="grade",
        better="up",
        formula=(
            "Latest appraisal_results.grade. na if not appraised because established or joined after "
            "the appraisal."
        ),
        yellow="grade = basic, or not appraised although required",
        red="grade = unqualified",
        source="article 海曙 (民主评议 named); points proposal",
        reads=("grade", "grade_given"),
    ),
    Indicator(
        id="hs_m_life_gap",
        name="过组织生活(连续缺席月数)",
        english="Consecutive months without organization life",
        level="member",
        unit="months",
        better="down",
        formula=(
            "k = consecutive closed months ending with m in which the member had >= 1 required LIFE "
            "row (is_required = 1, status not leave) and no valid sign-in; months without any "
            "required row neither count nor break the run. na for flow_out, aged_infirm, abroad, "
            "other_exempt."
        ),
        yellow="k = 2",
        red="k >= 3",
        source="article 海曙 (过组织生活 named); thresholds proposal in the spirit of the branch rule",
        reads=("life_due", "life_signins", "category"),
    ),
    Indicator(
        id="hs_m_study_hours",
        name="学习学时",
        english="Study hours",
        level="member",
        unit="class hours",
        better="up",
        formula=(
            "h = learning_records.credited_hours completed in the year + sum of "
            "activities.class_hours of valid sign-ins in the year. Target H = 32 × elapsed share of "
            "the year (56 × for committee members). na for the first year of members admitted after "
            "1 July."
        ),
        yellow="h < 0.7 × H at the close of any month from June",
        red="h < 0.5 × H at the close of December",
        source="R26 (32 / 56 hours); points proposal",
        reads=("class_hours", "online_hours", "on_committee"),
    ),
    Indicator(
        id="hs_m_theory_study",
        name="参加理论学习",
        english="Theory study attended",
        level="member",
        unit="times",
        better="up",
        formula="Valid sign-ins at theory_study, fixed_study_day, training, visit_base.",
        source="proposal",
        reads=("study_signins",),
    ),
    Indicator(
        id="hs_m_heart_talk",
        name="谈心谈话",
        english="Heart-to-heart talk",
        level="member",
        unit="times",
        better="up",
        formula="heart_talks in the year with the member as initiator or partner. Required >= 1 a year.",
        yellow="0 at the close of December",
        source="R08; points proposal",
        reads=("talks",),
    ),
    Indicator(
        id="hs_m_lecture_given",
        name="讲党课、宣讲",
        english="Lecture given",
        level="member",
        unit="times",
        better="up",
        formula=(
            "Verified member_deeds lecture_given, or valid party_lecture with speaker_member_id = member."
        ),
        source="proposal",
        reads=("lectures_given", "lectures_held"),
    ),
)
