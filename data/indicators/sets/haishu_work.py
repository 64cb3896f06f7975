"""海曙, branch indicators 13-26: members, leadership, support and contribution."""

from __future__ import annotations

from data.indicators.entry import Indicator
from data.indicators.shares import floating, share, transfer
from data.indicators.terms import term

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
    ),
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
        reads=("term_days",),
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
        yellow="secretary vacant 1-90 days, or committee < 3 where required",
        red="secretary vacant > 90 days",
        source="proposal + R12, R47",
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
            "registered_on) / (due_on - registered_on) limited to 0..1. Value = largest lag. na if "
            "no project is required (organizations without a row in the year and not on the required "
            "list). Score 100 × (1 - max(0, lag))."
        ),
        yellow="lag > 0.10, or required but not registered by 31 March",
        red="due_on passed with completed_on null",
        source="article 海曙 (书记攻坚项目 named)",
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
    ),
)
