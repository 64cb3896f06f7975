"""海曙, branch indicators 1-12: organisation life and democratic management (weights: profile)."""

from __future__ import annotations

from data.indicators.averages import activities_unknown, below_average, counted
from data.indicators.duties import (
    always,
    group_meeting,
    life_gap,
    monthly,
    openness,
    quarterly,
    with_committee,
)
from data.indicators.entry import Indicator
from data.indicators.reviews import appraisal, life_meeting
from data.indicators.shares import share

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="hs_b_member_assembly",
        name="支部党员大会",
        english="Branch member assembly",
        level="branch",
        unit="times/quarter",
        better="up",
        formula=(
            "n = VA(o, {member_assembly}, quarter of m up to m). Required 1 per quarter. na if the "
            "branch was active < 45 days in the quarter. Score S1."
        ),
        yellow="n = 0 when the 2nd month of the quarter closes",
        red="n = 0 when the quarter closes",
        source="article 海曙 (三会一课 named) + R01",
        compute=quarterly("assemblies"),
        reads=(
            "assemblies",
            "activities",
            "activities_broken",
        ),
    ),
    Indicator(
        id="hs_b_committee_meeting",
        name="支部委员会会议",
        english="Branch committee meeting",
        level="branch",
        unit="times/month",
        better="up",
        formula=(
            "n = VA(o, {committee_meeting}, m). Required 1 per month. na if FULL(o, end of m) < 7 "
            "and the branch has no committee (no party_posts row of a committee type other than "
            "secretary/deputy_secretary in force). Score S1."
        ),
        yellow="n = 0 in m",
        red="n = 0 in m and in the month before",
        source="article 海曙 (三会一课 named) + R02, R12",
        compute=monthly("committee_meetings", with_committee),
        reads=(
            "committee_meetings",
            "has_committee",
            "activities",
            "activities_broken",
        ),
    ),
    Indicator(
        id="hs_b_group_meeting",
        name="党小组会",
        english="Party group meeting",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "N = party groups (children of o with org_type party_group, active at end of m) having "
            "VA(group, {group_meeting}, m) >= 1; D = such groups. Value N/D. na if D = 0. Score S3."
        ),
        yellow="N/D < 1 in m",
        red="N/D < 0.5 in m and in the month before",
        source="article 海曙 (三会一课 named) + R03",
        compute=group_meeting,
        reads=(
            "groups_met",
            "groups",
            "activities",
            "activities_broken",
        ),
        pooled=("groups_met", "groups"),
    ),
    Indicator(
        id="hs_b_party_lecture",
        name="党课",
        english="Party lecture",
        level="branch",
        unit="times/quarter",
        better="up",
        formula=(
            "n = VA(o, {party_lecture}, quarter of m up to m). Required 1 per quarter (frequency: "
            "own proposal). na if active < 45 days in the quarter. Score S1."
        ),
        yellow="n = 0 when the 2nd month of the quarter closes",
        red="n = 0 when the quarter closes",
        source="article 海曙 (三会一课 named); frequency proposal R09",
        compute=quarterly("lectures"),
        reads=(
            "lectures",
            "activities",
            "activities_broken",
        ),
    ),
    Indicator(
        id="hs_b_theme_party_day",
        name="主题党日开展次数",
        english="Theme party day",
        level="branch",
        unit="times/month",
        better="up",
        formula=(
            "n = VA(o, {theme_party_day}, m). Required 1 per month. na if active < 15 days in m. Score S1."
        ),
        yellow="n = 0 in m",
        red="n = 0 in m and in the month before",
        source="article 海曙 (screen content 主题党日活动开展次数) + R04",
        compute=monthly("theme_days", always),
        reads=(
            "theme_days",
            "activities",
            "activities_broken",
        ),
    ),
    Indicator(
        id="hs_b_life_gap",
        name="组织生活连续未开展月数",
        english="Consecutive months without organization life",
        level="branch",
        unit="months",
        better="down",
        formula=(
            "k = number of consecutive closed months ending with m in each of which VA(o and its "
            "party groups, LIFE_TYPES, month) = 0, counted from the month after established_on. "
            "Score S5. Never na for an active branch older than one full month."
        ),
        yellow="k = 1",
        red="k >= 2",
        source="article 海曙 (red: 连续2个月未开展)",
        compute=life_gap,
        reads=(
            "life_activities",
            "activities",
            "activities_broken",
        ),
    ),
    Indicator(
        id="hs_b_life_meeting",
        name="组织生活会",
        english="Annual organization-life meeting",
        level="branch",
        unit="0/1",
        better="up",
        formula=(
            "Year y = calendar year of m if m >= October, else previous year. Value 1 if an "
            "appraisals row (kind life_meeting, appraisal_year = y, recorded_at before the close of "
            "the month of held_on) exists with held_on in [1 Jan y, last day of Feb y+1], else 0. na "
            "if established after 30 September of y. Score S4; from October to the close of February "
            "an undone meeting is na for the score."
        ),
        yellow="0 at the close of December y",
        red="0 at the close of February y+1",
        source="article 江宁 (completed by end of February) + R05",
        compute=life_meeting,
        reads=(
            "life_meeting_this_year",
            "life_meeting_last_year",
        ),
    ),
    Indicator(
        id="hs_b_attendance_rate",
        name="组织生活参与率",
        english="Attendance rate",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "N = PRES(o, m); D = REQ(o, m). Value N/D. na if D = 0. Leave counts in D, not in N. Score S3."
        ),
        yellow="N/D < 0.80",
        red="N/D < 0.50",
        source="article 海曙 (50 %: 江宁 活动签到率低于50%); 80 % proposal",
        compute=share("present", "required", "attendance_broken", "attendance"),
        reads=(
            "present",
            "required",
            "attendance_broken",
        ),
        pooled=("present", "required"),
    ),
    Indicator(
        id="hs_b_theory_study",
        name="理论学习次数",
        english="Theory study sessions",
        level="branch",
        unit="times/3 months",
        better="up",
        formula=(
            "v = VA(o, STUDY_TYPES, last 3 closed months); avg = AVG_D(v). Value v, compared with "
            "avg. na if avg = 0 or branch active < 3 months. Score S2."
        ),
        yellow="v < 0.5 × avg (hint, no light, if v < avg)",
        red="v = 0",
        source="article 海曙 (学习次数少于全区平均水平 → hint); light thresholds proposal",
        compute=below_average(counted("study_sessions"), 3, activities_unknown),
        reads=(
            "study_sessions",
            "activities",
            "activities_broken",
        ),
    ),
    Indicator(
        id="hs_b_deliberation",
        name="民主协商议事",
        english="Democratic deliberation",
        level="branch",
        unit="times/3 months",
        better="up",
        formula=(
            "v = number of valid activities of o with is_deliberation = 1 or activity_type = "
            "deliberation in the last 3 closed months; avg = AVG_D(v). na if avg = 0 or active < 3 "
            "months. Score S2."
        ),
        yellow="v < 0.5 × avg (hint, no light, if v < avg)",
        red="v = 0 in the last 6 closed months",
        source="article 海曙 (民主协商议事开展还不够多 → hint); light thresholds proposal",
        compute=below_average(counted("deliberations"), 6, activities_unknown),
        reads=(
            "deliberations",
            "activities",
            "activities_broken",
        ),
    ),
    Indicator(
        id="hs_b_appraisal",
        name="民主评议党员开展情况",
        english="Democratic appraisal of members",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Year y as in hs_b_life_meeting. N = members with an appraisal_results row of the "
            "branch's democratic_appraisal of y; D = MEM(o, date held, or last day of Feb y+1 if not "
            "held) without category abroad and without an open lost_contact_cases row. Value N/D. na "
            "before October of y (for y = current year) and for branches established after 30 "
            "September of y. Score S3."
        ),
        yellow="N/D < 0.90 at the close of December y",
        red="not held, or N/D < 0.60, at the close of February y+1",
        source="article 海曙 (screen content 民主评议) + R06",
        compute=appraisal,
        reads=(
            "appraisal_this_year",
            "appraised_this_year",
            "appraisable_this_year",
            "appraisal_last_year",
            "appraised_last_year",
            "appraisable_last_year",
            "members",
        ),
    ),
    Indicator(
        id="hs_b_openness",
        name="党务公开",
        english="Disclosure of party affairs",
        level="branch",
        unit="posts/quarter",
        better="up",
        formula=(
            "n = posts of o with post_kind = disclosure, status = published, published_at in the "
            "quarter of m up to m. Required 1 per quarter. Score S1."
        ),
        yellow="n = 0 when the 2nd month of the quarter closes",
        red="n = 0 in two consecutive closed quarters",
        source="proposal (R44)",
        compute=openness,
        reads=("disclosures",),
    ),
)
