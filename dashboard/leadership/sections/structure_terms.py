"""Of the structure page: terms that have ended or end within a year as calendar and list, secretaries missing."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import month_label
from dashboard.leadership.figures.term_calendar import Ending, draw_calendar
from dashboard.leadership.parts import Column, Figure, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.sections.structure_words import kind_of
from data.clock import add_months, month_of, months_between
from data.queries.leadership.structure import Unit

MONTHS = 12
PAST = "past"


def past(units: Sequence[Unit]) -> list[Unit]:
    """Organisations whose term has ended at the end of the month, the longest ago first."""
    ended = [unit for unit in units if unit.term_days is not None and unit.term_days < 0]
    return sorted(ended, key=_until)


def soon(units: Sequence[Unit], month: str) -> list[Unit]:
    """Organisations whose term ends within the twelve months after this one, the first one first; a term that ends on
    the last day of this month is among them."""
    last = add_months(month, MONTHS)
    running = [unit for unit in units if unit.term_days is not None and unit.term_days >= 0]
    return sorted((unit for unit in running if _ends_in(unit) <= last), key=_until)


def _until(unit: Unit) -> str:
    return f"{unit.term_until}"


def _ends_in(unit: Unit) -> str:
    return "9999-12" if unit.term_until is None else month_of(unit.term_until)


def _ending_in(asked: Asked, units: Sequence[Unit], month: str) -> list[Unit]:
    """The last day of the month shown counts for the month after it."""
    first = add_months(asked.month, 1)
    return [unit for unit in soon(units, asked.month) if max(_ends_in(unit), first) == month]


def calendar(asked: Asked, units: Sequence[Unit]) -> Figure:
    """One column a month for twelve months after the one shown, those past before them."""
    ahead = months_between(add_months(asked.month, 1), add_months(asked.month, MONTHS))
    below, chosen = units[1:], asked.address.more.get("due", "")
    found = [(PAST, "已届满", past(below))]
    found += [
        (month, _label(month, first=month == ahead[0]), _ending_in(asked, below, month)) for month in ahead
    ]
    endings = [
        Ending(
            label,
            sum(unit.place.is_branch for unit in ends),
            sum(not unit.place.is_branch for unit in ends),
            asked.address.but(due=None if chosen == name else name).url,
            chosen=chosen == name,
        )
        for name, label, ends in found
    ]
    known = any(unit.term_days is not None for unit in below)
    total = sum(len(ends) for _, _, ends in found[1:])
    return Figure(
        "calendar",
        "换届日历",
        figure=draw_calendar(asked.look, endings) if known else None,
        describes=f"已届满 {len(found[0][2])} 个，此后 12 个月内届满 {total} 个",
        span=7,
        note="再点一次看全部" if chosen else "点月份筛选名单",
        empty="任期数据未接入",
    )


def _label(month: str, *, first: bool) -> str:
    return f"{month_label(month)}<br>{month[:4]}" if first or month.endswith("-01") else month_label(month)


def expiring(asked: Asked, units: Sequence[Unit]) -> Table:
    """Past and coming ends of terms, cut to the period chosen in the calendar."""
    below, chosen = units[1:], asked.address.more.get("due", "")
    ended = past(below)
    listed = [*ended, *soon(below, asked.month)]
    if chosen == PAST:
        listed, said = ended, "已届满"
    elif chosen:
        listed, said = _ending_in(asked, below, chosen), f"{month_label(chosen, year=True)}届满"
    else:
        said = "已届满与一年内届满"
    columns = (
        Column("name", "党组织", link="open", width=180, pinned=True),
        Column("kind", "类别", width=96),
        Column("until", "届满", "date", width=110),
        Column("days", "剩余", "integer", "天", width=84),
    )
    rows = [
        {
            "org_id": unit.place.org_id,
            "name": unit.place.short_name,
            "open": asked.address.to(home_of(unit.place), unit.place.org_id),
            "kind": kind_of(unit.place),
            "until": unit.term_until,
            "days": unit.term_days,
        }
        for unit in listed
    ]
    return Table(
        "expiring",
        "届满名单",
        columns=columns,
        rows=rows,
        span=5,
        height=0 if len(rows) <= 5 else 260,
        note=f"{said} {len(rows)} 个",
        empty=f"没有{said}的组织",
    )


def vacancies(asked: Asked, units: Sequence[Unit]) -> Table:
    """Organisations without a secretary, the longest vacancy first."""
    vacant = [unit for unit in units[1:] if unit.has_secretary is False]
    vacant.sort(key=lambda unit: -(unit.vacancy_days or 0))
    rows = [
        {
            "org_id": unit.place.org_id,
            "name": unit.place.short_name,
            "open": asked.address.to(home_of(unit.place), unit.place.org_id),
            "kind": kind_of(unit.place),
            "days": unit.vacancy_days,
        }
        for unit in vacant
    ]
    columns = (
        Column("name", "党组织", link="open", width=180, pinned=True),
        Column("kind", "类别", width=104),
        Column("days", "空缺", "integer", "天", width=96, better="down"),
    )
    known = any(unit.has_secretary is not None for unit in units)
    return Table(
        "vacancies",
        "书记空缺",
        columns=columns,
        rows=rows,
        span=5,
        height=0 if len(rows) <= 8 else 346,
        note=f"{len(rows)} 个",
        empty="书记都在任" if known else "班子数据未接入",
    )
