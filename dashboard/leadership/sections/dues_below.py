"""Tables of L-09: dues of what stands below in the month, and its rates over twelve months."""

from __future__ import annotations

from dashboard.formats import integer, month_label
from dashboard.leadership.parts import Column, Part, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.small_rates import legend, light_of, rate_shown
from data.clock import add_months, months_between
from data.indicators.rules import IndicatorRule
from data.queries.leadership.below import Months, measures_below
from data.queries.leadership.sums import Row
from data.readmodel.scoped import Place, ScopedReader

_SUMS = (
    "active",
    "dues_owed",
    "dues_full",
    "dues_short",
    "dues_unpaid",
    "dues_makeup",
    "unpaid_3_to_6",
    "unpaid_over_6",
    "ledger_dues_entries",
    "ledger_balanced",
)
_MONTHS = 12
# The rate is coloured as the district judges it; a district that does not takes the first.
_RULES = ("hs_b_dues_collection", "wj_b_dues")


def tables(reader: ScopedReader, asked: Asked) -> list[Part]:
    """The month, then the rates by month."""
    last = min(asked.month, asked.closed)
    span = months_between(add_months(last, 1 - _MONTHS), last)
    found = measures_below(reader, asked.place, _SUMS, span[0], asked.month)
    rule = _rule(asked)
    return [_month(asked, rule, found, _quarter_end(last)), _rates(asked, rule, found, span)]


def _rule(asked: Asked) -> IndicatorRule:
    judged = {rule.id for rule in asked.profile.indicators}
    name = next((name for name in _RULES if name in judged), _RULES[0])
    return asked.profile.every_rule[name]


def _quarter_end(month: str) -> str:
    return add_months(month, -(int(month[5:]) % 3))


def _month(asked: Asked, rule: IndicatorRule, found: list[tuple[Place, Months]], quarter: str) -> Table:
    rows = [
        _row(asked, rule, place, months[asked.month], months.get(quarter))
        for place, months in found
        if asked.month in months
    ]
    rows.sort(key=lambda row: float(str(row["unpaid"])), reverse=True)
    columns = (
        Column("name", "党组织", link="open", grows=True, width=130, pinned=True),
        Column("dues_owed", "应缴", "integer", better="neither", origin="dues_owed", width=80),
        Column("rate", "收缴率", "share", light="light", width=90),
        Column("dues_unpaid", "未缴", "integer", better="down", origin="dues_unpaid", width=80),
        Column("dues_short", "少缴", "integer", better="down", origin="dues_short", width=80),
        Column("dues_makeup", "已补缴", "integer", origin="dues_makeup", width=80),
        Column("unpaid_3_to_6", "欠3–6个月", "integer", better="down", origin="unpaid_3_to_6", width=100),
        Column("unpaid_over_6", "欠超6个月", "integer", better="down", origin="unpaid_over_6", width=100),
        Column("entries", "收缴账目", "integer", better="neither", origin="ledger_dues_entries", width=90),
        Column("balanced", "账实相符", width=100, explains="最近一个已结束季度：相符支部 / 在册支部"),
        Column("dues_full", "足额", "integer", origin="dues_full", hidden=True, width=80),
    )
    return Table(
        "below",
        "下级党组织缴纳情况",
        columns=columns,
        rows=rows,
        origin_month=asked.month,
        note=f"{month_label(asked.month, year=True)} · {len(rows)} 个 · 未足额多的在前",
        empty="本月下级党组织没有记录",
    )


def _row(asked: Asked, rule: IndicatorRule, place: Place, row: Row, quarter: Row | None) -> dict[str, object]:
    agreed = (quarter or {}).get("ledger_balanced")
    branches = (quarter or {}).get("active")
    balanced = None
    if agreed is not None and branches:
        balanced = (
            ("相符" if agreed else "不符") if place.is_branch else f"{integer(agreed)} / {integer(branches)}"
        )
    return {
        "org_id": place.org_id,
        "name": place.short_name,
        "open": asked.address.to(home_of(place), place.org_id),
        **{name: row[name] for name in _SUMS},
        "entries": row["ledger_dues_entries"],
        "unpaid": (row["dues_unpaid"] or 0) + (row["dues_short"] or 0),
        "rate": rate_shown(row["dues_full"], row["dues_owed"]),
        "light": None if asked.month > asked.closed else light_of(rule, row["dues_full"], row["dues_owed"]),
        "balanced": balanced,
    }


def _rates(asked: Asked, rule: IndicatorRule, found: list[tuple[Place, Months]], span: list[str]) -> Table:
    rows = []
    for place, months in found:
        row: dict[str, object] = {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.to(home_of(place), place.org_id),
        }
        for month in span:
            full, owed = ((months.get(month) or {}).get(name) for name in ("dues_full", "dues_owed"))
            row[month] = rate_shown(full, owed)
            row[f"{month}_light"] = light_of(rule, full, owed)
        rows.append(row)
    columns = tuple(
        Column(month, _heading(month, span[0]), "share", width=82, light=f"{month}_light") for month in span
    )
    return Table(
        "rates-below",
        "逐月收缴率",
        columns=(Column("name", "党组织", link="open", grows=True, width=110, pinned=True), *columns),
        rows=rows,
        note=f"近十二个已结束的月份{legend(rule)}",
        empty="下级党组织没有应缴党费的记录",
    )


def _heading(month: str, first: str) -> str:
    """The year under the first month and every January."""
    return month_label(month, year=month == first or month.endswith("-01"))
