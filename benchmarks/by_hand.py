"""What somebody who knows PostgreSQL would write for the measures of the heaviest families: one statement each.

Bound: ``first`` and ``last`` month, ``since`` (date) and ``until`` (moment) of the window, ``year``: its first January,
``today``.
"""

from __future__ import annotations

from data.contract import LIFE_TYPES

# Activities that count, with the moments their sign-ins are measured by; shared by two statements.
_MONTHS = """
    SELECT to_char(d, 'YYYY-MM') AS m, d::timestamp AS opens, d::timestamp + interval '1 month' AS ends
    FROM generate_series(CAST(:since AS date), CAST(:until AS timestamp) - interval '1 day', interval '1 month') AS d
"""
_CLOSES = """CASE WHEN a.ended_at >= m.ends - interval '2 hours' THEN m.ends + interval '12 hours' ELSE m.ends END"""
_LIFE = f"""({", ".join(f"'{code}'" for code in LIFE_TYPES)})"""

STATEMENTS = {
    "activities": f"""
        SELECT org_id, period_month, count(*) FILTER (WHERE whole AND in_time) AS activities,
               count(*) FILTER (WHERE whole AND NOT in_time) AS backfilled,
               count(*) FILTER (WHERE NOT whole) AS activities_broken,
               count(venue_id) FILTER (WHERE whole AND in_time) AS activities_at_venue,
               count(*) FILTER (WHERE whole AND in_time AND activity_type IN {_LIFE}) AS life_activities,
               count(*) FILTER (WHERE whole AND in_time AND activity_type = 'group_meeting') AS group_meetings,
               count(*) FILTER (WHERE whole AND in_time AND activity_type = 'member_assembly') AS assemblies,
               count(*) FILTER (WHERE whole AND in_time AND activity_type = 'party_lecture') AS lectures,
               count(*) FILTER (WHERE whole AND in_time AND activity_type = 'theme_party_day') AS theme_days
        FROM (
            SELECT a.org_id, a.period_month, a.activity_type, a.venue_id, a.recorded_at < {_CLOSES} AS in_time,
                   coalesce(a.started_at >= m.opens AND a.started_at < m.ends, false) AS whole
            FROM activities a JOIN ({_MONTHS}) m ON m.m = a.period_month
            WHERE a.deleted_at IS NULL AND a.status = 'held' AND a.period_month BETWEEN :first AND :last
        ) held GROUP BY org_id, period_month
    """,
    "attendance": f"""
        WITH valid AS MATERIALIZED (
            SELECT a.activity_id, a.org_id, a.period_month, a.class_hours,
                   a.activity_type IN {_LIFE} AS is_life, a.started_at - interval '2 hours' AS opens_at,
                   coalesce(a.ended_at, a.started_at + interval '4 hours') + interval '2 hours' AS shuts_at,
                   {_CLOSES} AS closes_at
            FROM activities a JOIN ({_MONTHS}) m ON m.m = a.period_month
            WHERE a.deleted_at IS NULL AND a.status = 'held' AND a.period_month BETWEEN :first AND :last
              AND a.started_at >= m.opens AND a.started_at < m.ends AND a.recorded_at < {_CLOSES}
        ), rows AS (
            SELECT v.org_id, v.period_month, v.class_hours, v.is_life AND t.is_required AS due, t.status,
                   t.recorded_at < v.closes_at AS in_time,
                   t.status = 'present' AND (t.sign_method IS NULL OR t.signed_at IS NULL) AS broken,
                   t.status = 'present' AND t.sign_method IN ('id_card', 'wechat', 'qr')
                       AND t.recorded_at < v.closes_at AND t.signed_at BETWEEN v.opens_at AND v.shuts_at AS signed
            FROM valid v JOIN attendances t USING (activity_id)
            WHERE t.deleted_at IS NULL
        )
        SELECT org_id, period_month,
               count(*) FILTER (WHERE due AND in_time AND NOT broken) AS required,
               count(*) FILTER (WHERE due AND in_time AND NOT broken AND signed) AS present,
               count(*) FILTER (WHERE due AND in_time AND NOT broken AND status = 'leave') AS on_leave,
               count(*) FILTER (WHERE signed) AS signins, sum(class_hours) FILTER (WHERE signed) AS class_hours,
               count(*) FILTER (WHERE in_time AND broken) AS attendance_broken
        FROM rows GROUP BY org_id, period_month
    """,
    "dues": f"""
        SELECT branch_org_id, dues_month, count(*) FILTER (WHERE owed) AS dues_owed,
               count(*) FILTER (WHERE owed AND paid >= payable_amount) AS dues_full,
               count(*) FILTER (WHERE owed AND paid < payable_amount AND paid > 0) AS dues_short,
               count(*) FILTER (WHERE owed AND paid < payable_amount AND paid <= 0) AS dues_unpaid,
               count(*) FILTER (WHERE owed AND paid < payable_amount AND ever >= payable_amount) AS dues_makeup
        FROM (
            SELECT o.obligation_id, o.branch_org_id, o.dues_month, o.payable_amount, o.payable_amount > 0 AS owed,
                   coalesce(sum(l.amount) FILTER (WHERE p.paid_at < m.ends
                       AND p.recorded_at < m.ends + interval '3 days'), 0) AS paid,
                   coalesce(sum(l.amount), 0) AS ever
            FROM dues_obligations o JOIN ({_MONTHS}) m ON m.m = o.dues_month
            LEFT JOIN dues_payment_allocations l ON l.obligation_id = o.obligation_id AND l.deleted_at IS NULL
            LEFT JOIN dues_payments p ON p.payment_id = l.payment_id AND p.deleted_at IS NULL
            WHERE o.deleted_at IS NULL AND o.dues_month BETWEEN :first AND :last
            GROUP BY o.obligation_id, o.branch_org_id, o.dues_month, o.payable_amount
        ) states GROUP BY branch_org_id, dues_month
    """,
    "points": f"""
        WITH earned AS MATERIALIZED (
            SELECT member_id, period_month, sum(points) AS points FROM point_entries
            WHERE deleted_at IS NULL AND subject_type = 'member' AND scheme = 'haishu'
              AND period_month BETWEEN :year AND :last
            GROUP BY member_id, period_month
        ), years AS MATERIALIZED (
            SELECT member_id, period_month, sum(points) OVER (
                PARTITION BY member_id, substr(period_month, 1, 4) ORDER BY period_month) AS points
            FROM earned
        )
        SELECT s.branch_org_id, m.m, sum(y.points) AS index_points
        FROM (SELECT *, least(CAST(ends AS date) - 1, CAST(:today AS date)) AS day FROM ({_MONTHS}) months) m
        JOIN memberships s ON s.kind = 'formal' AND s.deleted_at IS NULL AND s.started_on <= m.day
            AND (s.ended_on IS NULL OR s.ended_on > m.day)
        JOIN member_state_history h ON h.member_id = s.member_id AND h.deleted_at IS NULL
            AND h.membership_state = 'in_party' AND h.valid_from <= m.day
            AND (h.valid_to IS NULL OR h.valid_to > m.day)
        LEFT JOIN member_category_history c ON c.member_id = s.member_id AND c.deleted_at IS NULL
            AND c.category <> 'flow_in' AND c.valid_from <= m.day AND (c.valid_to IS NULL OR c.valid_to > m.day)
        LEFT JOIN years y ON y.member_id = s.member_id AND y.period_month = m.m
        WHERE coalesce(c.category, '') NOT IN ('abroad', 'other_exempt')
          AND NOT (s.started_on >= m.opens AND coalesce(s.start_reason, '') IN ('admitted', 'transfer_in'))
        GROUP BY s.branch_org_id, m.m
    """,
    "service": """
        SELECT s.branch_org_id, to_char(v.service_on, 'YYYY-MM') AS m,
               sum(v.hours) AS volunteer_hours, count(*) AS volunteer_times
        FROM volunteer_records v JOIN memberships s ON s.member_id = v.member_id AND s.kind = 'formal'
            AND s.deleted_at IS NULL AND s.started_on <= v.service_on
            AND (s.ended_on IS NULL OR s.ended_on > v.service_on)
        WHERE v.deleted_at IS NULL AND v.verified_at IS NOT NULL AND v.service_on >= CAST(:since AS date)
          AND v.recorded_at < date_trunc('month', v.service_on) + interval '1 month'
        GROUP BY s.branch_org_id, to_char(v.service_on, 'YYYY-MM')
    """,
    "study": """
        SELECT s.branch_org_id, to_char(k.completed_at, 'YYYY-MM') AS m, sum(k.credited_hours) AS online_hours
        FROM learning_records k JOIN memberships s ON s.member_id = k.member_id AND s.kind = 'formal'
            AND s.deleted_at IS NULL AND s.started_on <= k.completed_at::date
            AND (s.ended_on IS NULL OR s.ended_on > k.completed_at::date)
        WHERE k.deleted_at IS NULL AND k.completed_at >= CAST(:since AS date)
        GROUP BY s.branch_org_id, to_char(k.completed_at, 'YYYY-MM')
    """,
}
