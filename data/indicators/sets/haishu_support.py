"""海曙, branch indicators 20-26: leadership, support and contribution."""

from __future__ import annotations

from data.indicators.averages import below_average, per_head, service_unknown
from data.indicators.entry import Indicator
from data.indicators.procedures import condolence, secretary_project
from data.indicators.standing import leadership, star, venue
from data.indicators.terms import term

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="hs_b_term",
        name="按期换届",
        english="Committee term",
        level="branch",
        unit="days",
        better="up",
        formula=(
            "d = expires_on (or extension_until if later) of the latest org_terms row minus end of "
            "m. Value d. na for temporary_branch and for branches without a first term in their "
            "first year. Score 100 if d > 0, 0 otherwise."
        ),
        yellow="0 <= d <= 90",
        red="d < 0",
        source="proposal + R14",
        compute=term,
        reads=(
            "term_days",
            "temporary",
        ),
    ),
    Indicator(
        id="hs_b_leadership",
        name="班子配备",
        english="Leadership filled",
        level="branch",
        unit="days",
        better="down",
        formula=(
            "vacancy = days since the last day on which a party_posts row secretary was in force (0 "
            "if one is in force at end of m); committee = committee members in force. Required: a "
            "secretary always; >= 3 committee members if FULL >= 7. Score 100 if both met, 50 if "
            "only the secretary, 0 without secretary."
        ),
        yellow="secretary vacant 31-90 days, or committee < 3 where required",
        red="secretary vacant > 90 days",
        source="proposal + R12, R47",
        compute=leadership,
        reads=(
            "vacancy_days",
            "committee_size",
            "full_members",
        ),
    ),
    Indicator(
        id="hs_b_venue",
        name="活动阵地",
        english="Venue",
        level="branch",
        unit="issues",
        better="down",
        formula=(
            "The branch has access to a venue (managed by itself or by an ancestor below the "
            "district, venue_kind in service_center, activity_room, open_life_base). Latest "
            "venue_inspections within 12 months: issues = number of the four *_ok flags that are 0 "
            "and not rectified. Score 100 if access and issues = 0; 60 if access without inspection; "
            "100 - 25 × issues; 0 without access."
        ),
        yellow="issues >= 1 past rectify_due_on, or no inspection within 12 months",
        red="no access to any venue",
        source="article 昆山 (场所照片整改); proposal",
        compute=venue,
        reads=(
            "venue_access",
            "venue_inspected",
            "venue_issues",
            "venue_issues_overdue",
        ),
    ),
    Indicator(
        id="hs_b_condolence",
        name="年底慰问党员",
        english="Year-end visits",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "Season y: 1 December y to last day of February y+1. D = members of o with category "
            "aged_infirm, or 50 or more years since full_member_on, on 1 December; N = of these with "
            "a condolence_visits row in the season. Value N/D. na if D = 0. Outside "
            "December-February the last season's value is shown. Score S3."
        ),
        yellow="N/D < 1 at the close of January",
        red="N/D < 0.50 at the close of February",
        source="article 海曙 (年底慰问党员是不是有序开展)",
        compute=condolence,
        reads=(
            "condolence_visited",
            "condolence_due",
        ),
    ),
    Indicator(
        id="hs_b_star",
        name="党组织星级考评",
        english="Star rating",
        level="branch",
        unit="stars",
        better="up",
        formula=(
            "s = rating_value of the latest org_ratings star row; weak = a weak_lax row with "
            "rating_value 1 for the current or last year. na if unrated. Score 20 × s."
        ),
        yellow="s lower than the year before",
        red="s <= 2, or weak_lax listed",
        source="article 海曙 (党组织星级考评 named) + R45",
        compute=star,
        reads=(
            "stars",
            "stars_before",
            "weak_lax",
        ),
    ),
    Indicator(
        id="hs_b_secretary_project",
        name="书记攻坚项目",
        english="Secretary's key project",
        level="branch",
        unit="ratio",
        better="down",
        formula=(
            "For projects of year(m): lag = expected - progress, expected = (end of m - "
            "registered_on) / (due_on - registered_on) limited to 0..1. Value = largest lag, at least 0. na if "
            "no project is required (organizations without a row in the year and not on the required "
            "list). Score 100 × (1 - lag)."
        ),
        yellow="lag > 0.10, or required but not registered by 31 March",
        red="due_on passed with completed_on null",
        source="article 海曙 (书记攻坚项目 named)",
        compute=secretary_project,
        reads=(
            "project_lag",
            "projects_overdue",
        ),
    ),
    Indicator(
        id="hs_b_volunteer",
        name="志愿服务人均时长",
        english="Volunteer hours per member",
        level="branch",
        unit="hours/person",
        better="up",
        formula=(
            "v = sum of volunteer_records.hours (verified, service_on in the last 3 closed months, "
            "recorded before the cut-off) of members of o divided by MEM(o, end of m) without "
            "aged_infirm, abroad, flow_out; avg = AVG_D(v). na if the divisor is 0 or avg = 0. Score "
            "S2."
        ),
        yellow="v < 0.5 × avg",
        red="v = 0 in two consecutive quarters",
        source="article 海曙 (作用发挥, 志愿服务)",
        compute=below_average(per_head("volunteer_hours", "service_members"), 6, service_unknown),
        reads=(
            "volunteer_hours",
            "service_members",
        ),
    ),
)
