"""锋领指数: the point rules of 海曙 and the ledger they are booked in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.demo.bulk import RowSink, coded
from data.demo.ids import Ids
from data.demo.timeline import DAY, Array, Timeline, year_of_day


class Rule(NamedTuple):
    """One row of ``point_rules`` (indicators.md §5.2); caps are per year."""

    indicator_id: str
    points: float
    unit_kind: str
    cap_year: float = -1.0


RULES = (
    Rule("hs_m_member_assembly", 1, "time"),
    Rule("hs_m_committee_meeting", 1, "time"),
    Rule("hs_m_group_meeting", 1, "time"),
    Rule("hs_m_party_lecture", 1, "time"),
    Rule("hs_m_life_meeting", 2, "time"),
    Rule("hs_m_theme_party_day", 1, "time"),
    Rule("hs_m_dues", 1, "month"),
    Rule("hs_m_appraisal", 5, "grade"),
    Rule("hs_m_theory_study", 1, "time", 12),
    Rule("hs_m_volunteer_hours", 0.5, "hour"),
    Rule("hs_m_demo_post", 2, "item"),
    Rule("hs_m_pledge", 1, "item", 4),
    Rule("hs_m_lecture_given", 3, "time", 6),
    Rule("hs_m_study_hours", 2, "hour", 8),
    Rule("hs_m_household_link", 1, "item", 4),
    Rule("hs_m_moral_honor", 2, "item"),
    Rule("hs_m_civilized_family", 1, "item"),
    Rule("hs_m_emergency_task", 2, "time"),
    Rule("hs_m_complaint", -1, "item"),
    Rule("hs_m_heart_talk", 0.5, "time", 2),
    Rule("hs_m_annual_summary", 1, "item"),
    Rule("hs_m_exam", 1, "time", 4),
    Rule("hs_m_task", 1, "item", 12),
    Rule("hs_m_mentoring", 1, "quarter", 4),
    Rule("hs_m_discipline", -5, "item"),
    Rule("hs_m_peer_review", 2, "grade"),
    Rule("hs_m_rectification", -1, "item"),
    Rule("hs_m_need_claimed", 1, "item", 12),
    Rule("hs_m_community_checkin", 1, "time", 6),
    Rule("hs_m_suggestion", 1, "item", 6),
    Rule("hs_m_honor", 3, "item"),
)
# 武进 scores 17 items of a branch and 7 of a member (indicators.md §6): what a period is worth and the year's most.
RULES_OF_WUJIN = (
    Rule("wj_b_org_info", 5, "quarter", 20),
    Rule("wj_b_leadership", 7.5, "quarter", 30),
    Rule("wj_b_group_setup", 5, "quarter", 20),
    Rule("wj_b_development", 10, "quarter", 40),
    Rule("wj_b_dues", 5, "month", 60),
    Rule("wj_b_ledger", 5, "quarter", 20),
    Rule("wj_b_member_info", 2, "month", 24),
    Rule("wj_b_floating", 7, "quarter", 28),
    Rule("wj_b_transfer", 1.5, "month", 18),
    Rule("wj_b_assembly", 10, "quarter", 40),
    Rule("wj_b_committee_group", 4, "month", 48),
    Rule("wj_b_lecture", 10, "quarter", 40),
    Rule("wj_b_activity_day", 5, "month", 60),
    Rule("wj_b_participation", 5, "month", 60),
    Rule("wj_b_life_meeting", 32, "year", 32),
    Rule("wj_b_study_service", 2, "month", 24),
    Rule("wj_b_login_venue", 3, "month", 36),
    Rule("wj_m_info", 2.5, "quarter", 10),
    Rule("wj_m_meetings", 4, "month", 48),
    Rule("wj_m_activity_day", 4, "month", 48),
    Rule("wj_m_dues", 3, "month", 36),
    Rule("wj_m_study", 2, "month", 24),
    Rule("wj_m_appraisal", 16, "year", 16),
    Rule("wj_m_volunteer", 1.5, "month", 18),
)
RULE_ID = {rule.indicator_id: number for number, rule in enumerate(RULES, 1)}


def within_cap(member: Array, day: Array, points: Array, cap: float) -> Array:
    """What each entry still earns when a member's entries of a calendar year, by day, add up to at most ``cap``."""
    order = np.lexsort((day, year_of_day(day), member))
    key = (member.astype(np.int64) * 10_000 + year_of_day(day))[order]
    total = np.cumsum(points[order])
    first = np.flatnonzero(np.diff(key, prepend=-1))
    before_key = np.repeat(total[first] - points[order][first], np.diff(np.append(first, len(key))))
    before = total - before_key - points[order]
    earned = np.empty(len(points))
    earned[order] = np.clip(cap - before, 0, points[order])
    return earned


class Ledger:
    """Books points chunk by chunk into ``point_entries``."""

    def __init__(self, writer: RowSink, ids: Ids, time: Timeline) -> None:
        self._writer, self._ids, self._time = writer, ids, time

    def book_capped(
        self,
        source: str,
        source_id: Array,
        member: Array,
        org_id: Array,
        rule: str,
        day: Array,
        recorded_s: Array,
    ) -> None:
        """As ``book``, for all entries of a rule at once and within its yearly cap; entries earning nothing are none.

        What happened before the window earns nothing: the books were opened with it.
        """
        known = RULES[RULE_ID[rule] - 1]
        points = np.where(day >= int(self._time.starts[0]), known.points, 0.0)
        if known.cap_year > 0:
            points = within_cap(member, day, points, known.cap_year)
        pick = points != 0
        self.book(
            source,
            source_id[pick],
            member[pick],
            org_id[pick],
            RULE_ID[rule],
            points[pick],
            day[pick],
            recorded_s[pick],
        )

    def book(
        self,
        source: str,
        source_id: Array,
        member: Array,
        org_id: Array,
        rule: Array | int,
        points: Array | float,
        day: Array,
        recorded_s: Array,
    ) -> None:
        """One entry per source row; ``member`` are 0-based numbers, ``day`` decides the month."""
        n = len(source_id)
        if not n:
            return
        self._writer.put(
            "point_entries",
            {
                "entry_id": self._ids.take("point_entries", n),
                "scheme": _repeat("haishu", n),
                "subject_type": _repeat("member", n),
                "member_id": member + 1,
                "org_id": org_id,
                "rule_id": np.broadcast_to(np.asarray(rule), (n,)),
                "points": np.broadcast_to(np.asarray(points, float), (n,)),
                "occurred_on": day,
                "period_month": coded(self._time.month_of_day(day), self._time.months),
                "source_table": _repeat(source, n),
                "source_id": source_id,
                "recorded_at": recorded_s,
            },
        )


def _repeat(text: str, n: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, dtype=np.int8)), pa.array([text]))


def write_rules(writer: RowSink, time: Timeline, own: Sequence[Rule] = ()) -> None:
    """Rows of ``point_rules``: those the ledger is booked by, then 武进's where the district scores by them."""
    n, start = len(RULES) + len(own), int(time.starts[0]) - 400
    rules = (*RULES, *own)
    writer.put(
        "point_rules",
        {
            "rule_id": np.arange(1, n + 1),
            "scheme": coded((np.arange(n) >= len(RULES)).astype(int), ("haishu", "wujin")),
            "indicator_id": pa.array([r.indicator_id for r in rules]),
            "points": np.array([r.points for r in rules], float),
            "unit_kind": pa.array([r.unit_kind for r in rules]),
            "cap_month": np.full(n, np.nan),
            "cap_year": np.array([r.cap_year if r.cap_year > 0 else np.nan for r in rules]),
            "valid_from": np.full(n, start),
            "created_at": np.full(n, start * DAY),
        },
    )
