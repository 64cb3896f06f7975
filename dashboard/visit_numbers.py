"""The numbers a docent says: placeholders of visit texts, filled from the queries of the panels that stand on the wall.

Every placeholder belongs to one panel and is read as visitors see it, so what is said is what they can read. None is a
number that is missing, withheld, or nothing to speak of: its sentence is left unsaid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.development_stages import STAGE_NAMES
from dashboard.formats import decimal, integer, month_label, percent, wan
from data.queries.figures_of_month import Amount

Value = Callable[[Any], str | None]

IN_FULL_UP_TO = 1_000_000
# What every step may say, whatever it shows: the day, when the data were true, the district.
ALWAYS = ("date", "as_of", "district", "whole")
STAGES = {f"stage_{number}": str(number) for number in STAGE_NAMES}


def number(amount: Amount) -> str | None:
    """A count; None where there is none or nothing."""
    return _count(amount.value)


def rate(amount: Amount) -> str | None:
    """A share of 0-1 as percent; a share of nothing is not spoken of."""
    return percent(amount.value) if amount.value else None


def one_decimal(amount: Amount) -> str | None:
    """A measured number."""
    return decimal(amount.value) if amount.value else None


def moved(change: float | None, unit: str, digits: int = 0) -> str | None:
    """A change in words: 增加9名, 减少2名, 持平."""
    if change is None:
        return None
    size = round(abs(change), digits)
    if size == 0:
        return "持平"
    return f"{'增加' if change > 0 else '减少'}{decimal(size, digits)}{unit}"


def points(change: float | None) -> str | None:
    """A change of a share in words: 上升0.4个百分点."""
    if change is None:
        return None
    size = round(abs(change) * 100, 1)
    return "持平" if size == 0 else f"{'上升' if change > 0 else '下降'}{decimal(size)}个百分点"


def _count(value: float | None) -> str | None:
    if not value or value < 0:
        return None
    return integer(value) if value < IN_FULL_UP_TO else wan(value)


def _in_month(month: str) -> str:
    return month_label(month)


def _age_share(view: Any) -> str | None:
    """Members up to 35 as a share of those whose age band is told."""
    told = {group.name: group.count for group in view.ages}
    young, total = told.get("to_35"), view.total.value
    return percent(young / total) if young and total else None


def _first(names: list[str]) -> str | None:
    return names[0] if names else None


def _places(view: Any, most: int) -> str | None:
    """Names of the best towns: 古荥镇、花园口镇、刘寨街道."""
    return "、".join(row.name for row in view.rows[:most]) or None


def _last_closed(kind: str) -> Value:
    """Done of due of one kind of meeting in the last period that is closed."""

    def value(view: Any) -> str | None:
        closed = next((found.closed for found in view.kinds if found.kind == kind), ())
        return rate(closed[-1][1]) if closed else None

    return value


def _items(kind: str) -> Value:
    return lambda view: number(dict(view.items).get(kind, Amount("nodata")))


def _stage(wanted: str) -> Value:
    def value(view: Any) -> str | None:
        found = next((stage for stage in view.stages if stage.number == wanted), None)
        return None if found is None or found.reached_withheld else number(found.reached)

    return value


def _series(measure: str) -> Value:
    def value(view: Any) -> str | None:
        return next((number(found.total) for found in view.series if found.measure == measure), None)

    return value


def _meetings_of_a_year(view: Any) -> str | None:
    known = [month.meetings for month in view.months[-13:-1]]
    return None if len(known) < 12 or None in known else _count(sum(known))


def _held(progress: Any) -> str | None:
    return rate(progress.share)


# Panel → placeholder → how it is read from the view of its query.
NUMBERS: Mapping[str, Mapping[str, Value]] = {
    "key-figures-left": {
        "organisations": lambda v: number(v.organisations.amount),
        "members": lambda v: number(v.members.amount),
        "members_change": lambda v: moved(v.members.change, "名"),
        "divisions": lambda v: number(v.divisions.amount),
        "villages": lambda v: number(v.villages),
        "communities": lambda v: number(v.communities),
        "signins": lambda v: number(v.signins.amount),
        "attendance": lambda v: rate(v.attendance),
    },
    "key-figures-right": {
        "closed_month": lambda v: _in_month(v.theme_days.month),
        "theme_day_rate": lambda v: rate(v.theme_days.amount),
        "theme_day_change": lambda v: points(v.theme_days.change),
        "dues_rate": lambda v: rate(v.dues.amount),
        "warnings_closed": lambda v: rate(v.warnings_closed.amount),
    },
    "organisation": {
        "committees": lambda v: number(v.committees),
        "general_branches": lambda v: number(v.general_branches),
        "branches": lambda v: number(v.branches),
        "two_new": lambda v: _count(dict(v.sectors).get("two_new")),
    },
    "members": {
        "women_share": lambda v: rate(v.women),
        "college_share": lambda v: rate(v.college),
        "young_share": _age_share,
    },
    "ranking": {
        "index_month": lambda v: _in_month(v.month),
        "index_average": lambda v: one_decimal(v.average),
        "first_town": lambda v: _first([row.name for row in v.rows]),
        "first_three_towns": lambda v: _places(v, 3) if len(v.rows) >= 3 else None,
    },
    "map-focus": {
        "town": lambda v: v.town,
        "town_organisations": lambda v: _count(v.organisations) if v.town else None,
        "town_members": lambda v: _count(v.members) if v.town else None,
        "town_activities": lambda v: _count(v.activities) if v.town else None,
        "town_place": lambda v: str(v.standing.place) if v.town and v.standing else None,
        "towns": lambda v: _count(len(v.towns)),
    },
    "time-axis": {
        "meetings_of_a_year": _meetings_of_a_year,
    },
    "theme-day": {
        "theme_day_month": lambda v: _in_month(v.months[-1].month),
        "theme_day_branches": lambda v: _count(v.months[-1].held),
        "theme_day_eligible": lambda v: _count(v.months[-1].eligible),
        "theme_day_share": lambda v: rate(v.months[-1].share),
        "theme_day_running": lambda v: _count(v.running.held),
    },
    "meetings": {
        f"{kind}_share": _last_closed(kind) for kind in ("assembly", "committee", "group", "lecture")
    },
    "activity-axis": {
        "activities_90": lambda v: _count(sum(day.total for day in v.held)),
        "planned_14": lambda v: _count(sum(day.total for day in v.planned)),
    },
    "eight-x": {
        "eight_x_rate": lambda v: rate(v.total.rate),
    },
    "appraisal": {
        "appraisal_year": lambda v: str(v.last.year),
        "life_meeting_share": lambda v: _held(v.last.life_meeting),
        "appraisal_share": lambda v: _held(v.last.appraisal),
    },
    "dues": {
        "dues_share": lambda v: rate(v.rates[-1]) if v.rates else None,
    },
    "study": {
        "study_hours": lambda v: one_decimal(v.per_head),
        "study_pace": lambda v: _pace(v.ahead),
        "lessons": lambda v: number(v.lessons),
        "registered_share": lambda v: rate(v.registered_share),
    },
    "library": {
        "lecturers": _items("lecturer"),
        "lectures": _items("lecture"),
        "videos": _items("video"),
        "bases": _items("base"),
        "library_uses": lambda v: number(v.uses),
    },
    "posts": {
        "posts": _series("posts"),
        "views": _series("views"),
        "comments": _series("comments"),
        "likes": _series("likes"),
    },
    "volunteering": {
        "service_month": lambda v: _in_month(v.months[-1].month),
        "service_hours": lambda v: number(v.months[-1].hours),
        "service_hours_year": lambda v: number(v.year_hours),
        "service_share": lambda v: rate(v.months[-1].participation),
        "open_needs": lambda v: number(v.open_needs),
    },
    "venues": {
        "venues": lambda v: number(v.total),
        "public_venues": lambda v: number(v.public),
        "micro_venues": lambda v: number(v.micro),
    },
    "development-funnel": {
        "development_year": lambda v: v.year,
        "exams_passed": lambda v: number(v.passed),
        **{name: _stage(wanted) for name, wanted in STAGES.items()},
    },
    "transfer-flow": {
        "transfers_completed": lambda v: number(v.completed),
    },
    "floating-lost": {
        "floating_quarter": lambda v: _quarter(f"{v.quarter[:4]}Q{int(v.quarter[5:]) // 3}"),
        "kite_rate": lambda v: rate(v.kite.rate),
        "homecoming_rate": lambda v: rate(v.homecoming.rate),
        "vanguard_rate": lambda v: rate(v.vanguard.rate),
    },
    "member-trend": {
        "members_year_change": lambda v: moved(v.year_change, "名"),
    },
    "today": {
        "activities_today": lambda v: number(v.activities),
        "signins_today": lambda v: number(v.signed_in),
        "posts_today": lambda v: number(v.posts),
        "birthdays_today": lambda v: number(v.birthdays),
    },
    "warning-overview": {
        "closed_share": lambda v: rate(v.closed),
    },
    "committee-ranking": {
        "score_quarter": lambda v: _quarter(v.quarter),
        "first_committee": lambda v: _first([one.name for one in v.towns]),
        "score_average": lambda v: one_decimal(v.average),
    },
}  # fmt: skip


def _pace(ahead: float | None) -> str | None:
    if ahead is None:
        return None
    size = round(abs(ahead), 1)
    if size == 0:
        return "与序时进度持平"
    return f"比序时进度{'快' if ahead > 0 else '慢'}{decimal(size)}学时"


def _quarter(quarter: str) -> str:
    """2026Q3 as 2026年三季度."""
    return f"{quarter[:4]}年{'一二三四'[int(quarter[-1]) - 1]}季度"


PANEL_OF: Mapping[str, str] = {name: panel for panel, names in NUMBERS.items() for name in names}
