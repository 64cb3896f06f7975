"""江宁, radar of the five basics and the six-strong / six-solid programme."""

from __future__ import annotations

from data.indicators.entry import Indicator
from data.indicators.strong import mean_score, solid_share

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="jn_r_team",
        name="基本队伍",
        english="Basic team",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula=(
            "mean of the scores of hs_b_leadership, hs_b_term, hs_b_info_quality, hs_b_development, "
            "hs_b_floating"
        ),
        yellow="< 70",
        red="< 50",
        source="five names article 江宁; components proposal",
    ),
    Indicator(
        id="jn_r_activity",
        name="基本活动",
        english="Basic activities",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula=(
            "mean of jn_eight_x_rate × 100, the score of hs_b_attendance_rate, the score of hs_b_volunteer"
        ),
        yellow="< 70",
        red="< 50",
        source="five names article 江宁; components proposal",
    ),
    Indicator(
        id="jn_r_venue",
        name="基本阵地",
        english="Basic venues",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula=(
            "mean of the score of hs_b_venue, 100 × share of valid activities of the last 3 closed "
            "months with venue_id not null, 100 × min(1, posts of the quarter / 3)"
        ),
        yellow="< 70",
        red="< 50",
        source="five names article 江宁; components proposal",
    ),
    Indicator(
        id="jn_r_system",
        name="基本制度",
        english="Basic institutions",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula=(
            "mean of the scores of hs_b_life_meeting, hs_b_appraisal, hs_b_openness, "
            "hs_b_dues_collection, hs_b_transfer"
        ),
        yellow="< 70",
        red="< 50",
        source="five names article 江宁; components proposal",
    ),
    Indicator(
        id="jn_r_guarantee",
        name="基本保障",
        english="Basic guarantee",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula=(
            "mean of 100 × share of full weeks of the quarter with >= 2 logins, 100 × share of "
            "months of the quarter with a dues_ledger_entries row, 100 × min(1, secretary's class "
            "hours of the year / (56 × elapsed share of the year)), 100 × ks_rectified_rate of the "
            "organization"
        ),
        yellow="< 70",
        red="< 50",
        source="five names article 江宁; components proposal",
    ),
    Indicator(
        id="jn_s_political",
        name="政治功能强",
        english="Strong political function",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="mean of scores hs_b_theory_study, hs_b_party_lecture, hs_b_theme_party_day",
        source="name article 江宁; dimensions and contents proposal",
        compute=mean_score("hs_b_theory_study", "hs_b_party_lecture", "hs_b_theme_party_day"),
    ),
    Indicator(
        id="jn_s_leadership",
        name="支部班子强",
        english="Strong leadership",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="mean of scores hs_b_leadership, hs_b_term, hs_b_committee_meeting, hs_b_secretary_project",
        source="name article 江宁; dimensions and contents proposal",
        compute=mean_score(
            "hs_b_leadership", "hs_b_term", "hs_b_committee_meeting", "hs_b_secretary_project"
        ),
    ),
    Indicator(
        id="jn_s_members",
        name="党员队伍强",
        english="Strong membership",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="mean of scores hs_b_red_members, hs_b_dues_collection, hs_b_floating, hs_b_info_quality",
        source="name article 江宁; dimensions and contents proposal",
        compute=mean_score("hs_b_red_members", "hs_b_dues_collection", "hs_b_floating", "hs_b_info_quality"),
    ),
    Indicator(
        id="jn_s_life",
        name="组织生活强",
        english="Strong organization life",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula=(
            "mean of scores hs_b_member_assembly, hs_b_group_meeting, hs_b_life_gap, "
            "hs_b_life_meeting, hs_b_attendance_rate"
        ),
        source="name article 江宁; dimensions and contents proposal",
        compute=mean_score(
            "hs_b_member_assembly",
            "hs_b_group_meeting",
            "hs_b_life_gap",
            "hs_b_life_meeting",
            "hs_b_attendance_rate",
        ),
    ),
    Indicator(
        id="jn_s_service",
        name="服务作用强",
        english="Strong service",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="mean of scores hs_b_volunteer, hs_b_deliberation, hs_b_condolence",
        source="name article 江宁; dimensions and contents proposal",
        compute=mean_score("hs_b_volunteer", "hs_b_deliberation", "hs_b_condolence"),
    ),
    Indicator(
        id="jn_s_system",
        name="制度保障强",
        english="Strong institutions",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="mean of scores hs_b_openness, hs_b_appraisal, hs_b_transfer, hs_b_development, hs_b_venue",
        source="name article 江宁; dimensions and contents proposal",
        compute=mean_score(
            "hs_b_openness", "hs_b_appraisal", "hs_b_transfer", "hs_b_development", "hs_b_venue"
        ),
    ),
    Indicator(
        id="jn_g_politics",
        name="政治过硬",
        english="Solid politics",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="100 × share of scored members without a red light on hs_m_life_gap and hs_m_appraisal",
        source="name article 江宁; dimensions and contents proposal",
        compute=solid_share("solid_politics"),
        reads=("solid_politics", "scored_members"),
        pooled=("solid_politics", "scored_members"),
    ),
    Indicator(
        id="jn_g_study",
        name="学习过硬",
        english="Solid study",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="100 × share of scored members not yellow or red on hs_m_study_hours",
        source="name article 江宁; dimensions and contents proposal",
        compute=solid_share("solid_study"),
        reads=("solid_study", "scored_members"),
        pooled=("solid_study", "scored_members"),
    ),
    Indicator(
        id="jn_g_discipline",
        name="纪律过硬",
        english="Solid discipline",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="100 × share of scored members without light on hs_m_dues and hs_m_discipline",
        source="name article 江宁; dimensions and contents proposal",
        compute=solid_share("solid_discipline"),
        reads=("solid_discipline", "scored_members"),
        pooled=("solid_discipline", "scored_members"),
    ),
    Indicator(
        id="jn_g_duty",
        name="履职过硬",
        english="Solid duty",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="100 × share of scored members not yellow or red on hs_m_task",
        source="name article 江宁; dimensions and contents proposal",
        compute=solid_share("solid_duty"),
        reads=("solid_duty", "scored_members"),
        pooled=("solid_duty", "scored_members"),
    ),
    Indicator(
        id="jn_g_service",
        name="服务过硬",
        english="Solid service",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula=(
            "100 × share of scored members (without aged_infirm, flow_out) with > 0 verified "
            "volunteer hours in the quarter"
        ),
        source="name article 江宁; dimensions and contents proposal",
        compute=solid_share("solid_service", "service_scored"),
        reads=("solid_service", "service_scored"),
        pooled=("solid_service", "service_scored"),
    ),
    Indicator(
        id="jn_g_style",
        name="作风过硬",
        english="Solid style",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="100 × share of scored members without light on hs_m_complaint and hs_m_rectification",
        source="name article 江宁; dimensions and contents proposal",
        compute=solid_share("solid_style"),
        reads=("solid_style", "scored_members"),
        pooled=("solid_style", "scored_members"),
    ),
)
