"""Tables of L-08: how what stands below handles transfers, and who of its floating members reported, by quarter."""

from __future__ import annotations

from dashboard.formats import integer, month_label
from dashboard.leadership.parts import Column, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.small_rates import legend, light_of, rate_shown
from dashboard.quarters import quarter_label
from data.clock import add_months
from data.indicators.rules import IndicatorRule
from data.queries.leadership import transfers
from data.queries.leadership.below import Months, measures_below
from data.queries.leadership.sums import Row, months_of
from data.readmodel.light import Light
from data.readmodel.scoped import Place, ScopedReader

_HANDLING = (
    "transfer_steps",
    "transfer_steps_on_time",
    "transfer_overdue",
    "transfer_overdue_30",
    "transfer_due_soon",
    "moved_in",
    "moved_out",
    "pocket_soon",
    "pocket_overdue",
    "silent_members",
    "lost_members",
    "floating_missed_1",
    "floating_missed_2",
)
_REPORTS = ("floating_due", "floating_reported")
QUARTERS = 6


def handling(reader: ScopedReader, asked: Asked) -> Table:
    """One row per organisation directly below, those with overdue steps first."""
    found = measures_below(reader, asked.place, _HANDLING, asked.month, asked.month)
    areas = [place for place, _ in found if not place.is_branch]
    own = transfers.own_reviews(reader, areas, asked.month)
    rows = [_handled(asked, place, months[asked.month], own.get(place.org_id)) for place, months in found]
    rows.sort(key=lambda row: float(str(row["late"])), reverse=True)
    return Table(
        "below",
        "下级党组织办理情况",
        columns=_columns(bool(own)),
        rows=rows,
        origin_month=asked.month,
        note=f"{month_label(asked.month, year=True)} · {len(rows)} 个 · 超期多的在前",
        empty="本月下级党组织没有记录",
    )


def _handled(asked: Asked, place: Place, row: Row, own: tuple[float, float] | None) -> dict[str, object]:
    late = (row["transfer_overdue"] or 0) + (own[0] if own else 0)
    lit = Light.RED if row["transfer_overdue_30"] else Light.YELLOW if late else None
    return {
        "org_id": place.org_id,
        "name": place.short_name,
        "open": asked.address.to(home_of(place), place.org_id),
        **{name: row[name] for name in _HANDLING},
        "rate": rate_shown(row["transfer_steps_on_time"], row["transfer_steps"]),
        "own": own[0] if own else None,
        "late": late,
        "light": None if lit is None else lit.value,
    }


def _columns(areas: bool) -> tuple[Column, ...]:
    reviews = Column(
        "own",
        "本级审核超期",
        "integer",
        better="down",
        light="light",
        width=120,
        explains="党(工)委自己的审核环节",
    )
    return (
        Column("name", "党组织", link="open", grows=True, width=130, pinned=True),
        Column("transfer_steps", "到期环节", "integer", better="neither", origin="transfer_steps", width=84),
        Column("rate", "按期办结率", "share", width=96),
        Column(
            "transfer_overdue",
            "支部超期",
            "integer",
            better="down",
            origin="transfer_overdue",
            light="light",
            width=84,
        ),
        *((reviews,) if areas else ()),
        Column(
            "transfer_due_soon",
            "两日内到期",
            "integer",
            better="neither",
            origin="transfer_due_soon",
            width=96,
        ),
        Column("moved_in", "转入", "integer", better="neither", origin="moved_in", width=80),
        Column("moved_out", "转出", "integer", better="neither", origin="moved_out", width=80),
        Column("pocket_overdue", "口袋党员", "integer", better="down", origin="pocket_overdue", width=84),
        Column("lost_members", "失联党员", "integer", better="down", origin="lost_members", width=84),
        Column(
            "floating_missed_1", "一季未联系", "integer", better="down", origin="floating_missed_1", width=96
        ),
        Column(
            "floating_missed_2", "两季未联系", "integer", better="down", origin="floating_missed_2", width=96
        ),
        Column("transfer_overdue_30", "支部超期30天", "integer", better="down", hidden=True, width=120),
        Column("pocket_soon", "介绍信临期", "integer", better="down", hidden=True),
        Column("silent_members", "3至6个月无记录", "integer", better="down", hidden=True, width=130),
    )


def reports(reader: ScopedReader, asked: Asked) -> Table:
    """Reported of those who had to, one column per closed quarter; a branch has one row, its own."""
    ends = _quarter_ends(asked)
    if asked.place.is_branch:
        found: list[tuple[Place, Months]] = [
            (asked.place, months_of(reader, asked.place, _REPORTS, ends[0], ends[-1]))
        ]
    else:
        found = measures_below(reader, asked.place, _REPORTS, ends[0], ends[-1])
    rows = [
        _reported(asked, place, months, ends)
        for place, months in found
        if any((months.get(end) or {}).get("floating_due") for end in ends)
    ]
    quarters = tuple(
        Column(
            end,
            quarter_label(f"{end[:4]}Q{int(end[5:]) // 3}"),
            width=120,
            light=f"{end}_light",
            explains="已汇报 / 应汇报的流出党员",
        )
        for end in ends
    )
    return Table(
        "reports",
        "流出党员季度汇报",
        columns=(Column("name", "党组织", link="open", grows=True, width=130, pinned=True), *quarters),
        rows=rows,
        note=f"已汇报 / 应汇报{legend(_rule(asked))}",
        empty="近六个季度没有应汇报的流出党员",
    )


def _rule(asked: Asked) -> IndicatorRule:
    return asked.profile.every_rule["hs_b_floating"]


def _quarter_ends(asked: Asked) -> list[str]:
    """Last months of the quarters closed by the end of the month, oldest first."""
    month = min(asked.month, asked.closed)
    last = add_months(month, -(int(month[5:]) % 3))
    return [add_months(last, -3 * back) for back in reversed(range(QUARTERS))]


def _reported(asked: Asked, place: Place, months: Months, ends: list[str]) -> dict[str, object]:
    row: dict[str, object] = {
        "org_id": place.org_id,
        "name": place.short_name,
        "open": asked.address.to(home_of(place), place.org_id),
    }
    for end in ends:
        due, reported = ((months.get(end) or {}).get(name) for name in _REPORTS)
        row[end] = f"{integer(reported)} / {integer(due)}" if due else None
        row[f"{end}_light"] = light_of(_rule(asked), reported, due)
    return row
