"""L-09 党费: collection by month and organisation, what is still owed and for how long, the ledger by level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.formats import integer, month_label, percent
from dashboard.leadership.comparing import compared
from dashboard.leadership.figures.arrears import draw_arrears
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.figures.rate_lines import draw_lines
from dashboard.leadership.key_figures import KeyFigures
from dashboard.leadership.parts import Figure, Number, Numbers, Part
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections import dues_below, dues_ledger
from dashboard.leadership.sections.elsewhere import elsewhere
from dashboard.leadership.small_rates import SMALLEST
from data.clock import add_months, months_between
from data.queries.leadership import dues_book
from data.queries.leadership.sums import Row, months_of, months_of_district, ratio
from data.readmodel.scoped import ScopedReader

_SUMS = (
    "active",
    "dues_owed",
    "dues_full",
    "dues_short",
    "dues_unpaid",
    "dues_makeup",
    "unpaid_3_to_6",
    "unpaid_over_6",
    "ledger_balanced",
)
HISTORY = 24
_ARREARS = ("dues_short", "dues_unpaid", "unpaid_3_to_6", "unpaid_over_6")


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Key figures, rates and states by month, arrears, ledger, what stands below."""
    first = min(add_months(asked.month, 1 - HISTORY), compared(asked))
    months = months_of(reader, asked.place, _SUMS, first, asked.month)
    span = _closed_months(asked, months)
    parts: list[Part] = [
        _figures(reader, asked, months),
        _rates(reader, asked, span, months),
        _arrears(asked, span, months),
        _states(asked, span, months),
        dues_ledger.balanced(asked, span, months),
    ]
    missing = elsewhere(reader, asked, "党费金额与三级账目")
    if missing is not None:
        parts.append(missing)
    else:
        parts += dues_ledger.books(reader, asked, is_told=_is_told(months.get(asked.month)))
    return parts if asked.place.is_branch else [*parts, *dues_below.tables(reader, asked)]


def _closed_months(asked: Asked, months: dict[str, Row]) -> list[str]:
    """Months whose dues are due, oldest first: the running one is not."""
    last = min(asked.month, asked.closed)
    return [month for month in months_between(add_months(last, 1 - HISTORY), last) if month in months]


def _figures(reader: ScopedReader, asked: Asked, months: dict[str, Row]) -> Numbers:
    now, is_open = months.get(asked.month), asked.month > asked.closed
    # What is still being collected is compared with nothing.
    key = KeyFigures(asked, now, None if is_open else months.get(compared(asked)))
    return Numbers(
        "figures",
        "",
        numbers=(
            key.rate("按期足额收缴率", "dues_full", "dues_owed", note="进行中" if is_open else ""),
            key.number("应缴", "dues_owed", unit="名", better="neither"),
            key.number("未缴", "dues_unpaid", unit="名", better="down"),
            key.number("少缴", "dues_short", unit="名", better="down"),
            key.number("已补缴", "dues_makeup", unit="名", note="未缴、少缴者中"),
            key.number("连续欠缴6个月以上", "unpaid_over_6", unit="名", better="down"),
            *_amounts(reader, asked, now),
        ),
        note=month_label(asked.month, year=True),
    )


def _is_told(row: Row | None) -> bool:
    """Sums of money only of enough members who paid: of fewer they would tell what one of them pays."""
    return ((row or {}).get("dues_full") or 0) >= SMALLEST


def _amounts(reader: ScopedReader, asked: Asked, row: Row | None) -> list[Number]:
    found = dues_book.collected(reader, asked.place, asked.month)
    if found is None:
        return []
    if not _is_told(row):
        return [Number("实收党费", None, why="不足5名不列")]
    share = percent(found.collected / found.payable) if found.payable else ""
    return [
        Number(
            "实收党费", found.collected, unit="元", better="neither", note=f"应收的{share}" if share else ""
        )
    ]


def _rates(reader: ScopedReader, asked: Asked, span: Sequence[str], months: dict[str, Row]) -> Figure:
    look = asked.look
    lines = [Series(asked.place.short_name, [_rate(months, month) for month in span], look.own)]
    if asked.place.parent_org_id is not None and span:
        district = months_of_district(reader, ("dues_full", "dues_owed"), span[0], span[-1])
        lines.append(
            Series(asked.profile.words.whole, [_rate(district, month) for month in span], look.district)
        )
    known = any(value is not None for value in lines[0].values)
    return Figure(
        "rates",
        "按期足额收缴率",
        figure=draw_lines(look, span, lines, url=_opens(asked)) if known else None,
        describes=f"近{len(span)}个月，最近{percent(lines[0].values[-1])}" if known else "",
        span=7,
        note="各月截止时足额缴纳的党员占应缴 · 点击切换月份",
        empty="没有应缴党费的记录",
    )


def _opens(asked: Asked) -> Callable[[str], str]:
    return lambda month: asked.address.but(month=month).url


def _rate(months: dict[str, Row], month: str) -> float | None:
    return ratio(months.get(month), "dues_full", "dues_owed")


def _arrears(asked: Asked, span: Sequence[str], months: dict[str, Row]) -> Figure:
    """Members by how many months in a row they owed at the end of the last month that is due."""
    last = months[span[-1]] if span else {}
    short, unpaid, long, longest = (last.get(name) for name in _ARREARS)
    figure, spoken = None, ""
    if short is not None and unpaid is not None and long is not None and longest is not None:
        ages = (
            ("1–2个月", max(0.0, short + unpaid - long - longest)),
            ("3–6个月", long),
            ("6个月以上", longest),
        )
        spoken = "；".join(f"{name}{n:.0f}名" for name, n in ages)
        figure = draw_arrears(asked.look, ages) if short or unpaid or long or longest else None
    owed = sum(_still_owed(months[month]) for month in span)
    return Figure(
        "arrears",
        "连续欠缴时长",
        figure=figure,
        describes=spoken,
        span=5,
        note=f"{month_label(span[-1])}末 · 名；近{len(span)}个月至今未补 {integer(owed)} 人次"
        if span
        else "",
        empty="没有欠缴的党员" if spoken else "没有应缴党费的记录",
    )


def _still_owed(row: Row) -> float:
    short, unpaid, made_up = (row[name] or 0.0 for name in ("dues_short", "dues_unpaid", "dues_makeup"))
    return max(0.0, short + unpaid - made_up)


def _states(asked: Asked, span: Sequence[str], months: dict[str, Row]) -> Figure:
    look = asked.look

    def series(name: str, column: str, color: str) -> Series:
        return Series(name, [months[month][column] for month in span], color)

    stacks = [series("未缴", "dues_unpaid", look.alarm), series("少缴", "dues_short", look.gold)]
    figure = draw_columns(
        look,
        span,
        stacks,
        line=series("至今已补缴", "dues_makeup", look.superior),
        url=_opens(asked),
        unit=" 名",
    )
    return Figure(
        "states",
        "逐月未足额缴纳",
        figure=figure if any(value for one in stacks for value in one.values) else None,
        describes="逐月未缴、少缴和至今已补缴的党员数",
        span=7,
        note="截止时的状态 · 名",
        empty="近两年各月均足额缴纳",
    )
