"""Of the branch file: organisation life by kind and month, attendance, states of the dues."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.formats import integer, month_label, percent
from dashboard.leadership.address import Address
from dashboard.leadership.figures.activity_lanes import Lane, draw_lanes
from dashboard.leadership.figures.month_states import RateMonth, State, draw_rates, draw_states
from dashboard.leadership.parts import Figure
from dashboard.leadership.registry import Asked
from data.queries.leadership.branch_file import BranchFile
from data.queries.leadership.sums import Row, ratio
from data.readmodel.scoped import ScopedReader

_KINDS = {
    "assemblies": "支部党员大会",
    "committee_meetings": "支委会",
    "group_meetings": "党小组会",
    "lectures": "党课",
    "theme_days": "",
}
_DUES = ("dues_full", "dues_short", "dues_unpaid", "dues_makeup")
MEASURES = (*_KINDS, "activities", "backfilled", "present", "required", "dues_owed", *_DUES)
MONTHS = 12
_LANE_MONTHS = 13


def activities(reader: ScopedReader, asked: Asked, found: BranchFile) -> Figure:
    """Lanes by kind; what was entered after the cut-off stands in a lane of its own."""
    months = found.months[-_LANE_MONTHS:]

    def lane(name: str, measure: str, count: Callable[[Row], float | None], *, late: bool = False) -> Lane:
        counts = [count(found.own[m]) if m in found.own else None for m in months]
        return Lane(name, counts, [_evidence(asked, measure, m).url for m in months], late)

    day = asked.profile.words.activity_day
    lanes = [lane(word or day, name, lambda row, name=name: row.get(name)) for name, word in _KINDS.items()]  # type: ignore[misc]
    lanes.append(lane("其他活动", "activities", _others))
    lanes.append(lane("补录", "backfilled", lambda row: row.get("backfilled"), late=True))
    now = found.own[asked.month]
    known = any(count is not None for one in lanes for count in one.counts)
    words = f"本月有效 {integer(now.get('activities'))} 次，补录 {integer(now.get('backfilled'))} 次"
    return Figure(
        "activities",
        "组织生活时间轴",
        figure=draw_lanes(asked.look, months, lanes, reader.version.open_month) if known else None,
        describes=words,
        span=8,
        note=f"{words} · 实心有效，空心补录不计入",
        empty="活动数据未接入",
    )


def _others(row: Row) -> float | None:
    whole = row.get("activities")
    return None if whole is None else max(0.0, whole - sum(row.get(name) or 0 for name in _KINDS))


def _evidence(asked: Asked, measure: str, month: str) -> Address:
    return Address("evidence", asked.place.org_id, month, measure)


def attendance(asked: Asked, found: BranchFile) -> Figure:
    """Share of those who had to attend, beside the district."""
    months = found.months[-MONTHS:]
    rates = [
        RateMonth(
            m,
            found.own[m].get("present") if m in found.own else None,
            found.own[m].get("required") if m in found.own else None,
            ratio(found.district.get(m), "present", "required"),
            _evidence(asked, "present", m).url,
        )
        for m in months
    ]
    known = any(one.rate is not None for one in rates)
    now = rates[-1]
    words = f"{month_label(asked.month)}实到 {integer(now.numerator)} / 应到 {integer(now.denominator)} 人次"
    return Figure(
        "attendance",
        "活动参与率",
        figure=draw_rates(asked.look, rates, asked.profile.words.average) if known else None,
        describes=f"{words}，参与率 {percent(now.rate)}",
        span=5,
        note=f"{words} · 空心为小样本",
        empty="近 12 个月没有应到人次，或签到数据未接入",
    )


def dues(asked: Asked, found: BranchFile) -> Figure:
    """Members by state of their dues at the cut-off; who has paid since as a mark; never an amount."""
    months, look = found.months[-MONTHS:], asked.look
    rows = [found.own.get(m, {}) for m in months]

    def state(name: str, measure: str, color: str, *, beside: bool = False) -> State:
        links = [_evidence(asked, measure, m).url for m in months]
        return State(name, [row.get(measure) for row in rows], color, links, beside)

    states = [
        state("足额", "dues_full", look.blue[1]),
        state("少缴", "dues_short", look.gold),
        state("未缴", "dues_unpaid", look.alarm),
        state("其后补缴", "dues_makeup", look.link, beside=True),
    ]
    known = any(count is not None for one in states for count in one.counts)
    now = rows[-1]
    words = f"足额 {integer(now.get('dues_full'))} / 应缴 {integer(now.get('dues_owed'))} 名"
    return Figure(
        "dues",
        "党费缴纳状态",
        figure=draw_states(look, months, states, 316) if known else None,
        describes=f"{month_label(asked.month)}{words}",
        span=4,
        note=words,
        empty="党费数据未接入",
    )
