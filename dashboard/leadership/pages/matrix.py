"""L-02 体检矩阵: every branch below against every indicator of the light system; a cell is a light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import integer, month_label
from dashboard.indicator_values import branch_words
from dashboard.leadership.figures.lit_columns import LitColumn, draw_lit_columns
from dashboard.leadership.parts import Choice, Column, Figure, Number, Numbers, Origin, Part, Switch, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.lit_rules import checked_rules
from data.indicators.rules import IndicatorRule
from data.indicators.sets import BY_ID
from data.queries.leadership.sums import ROW_CAP, Row, branches_below
from data.readmodel.light import Light
from data.readmodel.scoped import Place, ScopedReader

SHOWN, LIT, ALL = "rows", "lit", "all"
# Above so many branches the table starts with the lit ones.
_MANY = 200
_HEIGHT, _HEAD, _ROW = 760, 44, 38
Rules = Mapping[str, IndicatorRule]
Found = Sequence[tuple[Place, Row]]


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Counts, indicators as columns with most red first, the matrix."""
    rules = checked_rules(asked.profile)
    parts = [f"{name}_{part}" for name in rules for part in ("light", "value")]
    found = branches_below(reader, asked.place, ("light", "score", "eligible", *parts), asked.month)
    order = _in_order(found, rules)
    chosen = asked.address.indicator if asked.address.indicator in rules else None
    return [
        _figures(asked, found, order),
        _columns_figure(asked, rules, order, chosen),
        *_switches(asked, rules, found, chosen),
        _matrix(asked, rules, found, order, chosen),
    ]


def _in_order(found: Found, rules: Rules) -> dict[str, tuple[int, int, int]]:
    """Indicator → red, yellow and judged branches; most red first, then most yellow, then as the district has them."""
    counts = {}
    for name in rules:
        lights = [row[f"{name}_light"] for _, row in found]
        counts[name] = (
            lights.count(Light.RED),
            lights.count(Light.YELLOW),
            sum(light is not None and light >= Light.GREEN for light in lights),
        )
    return dict(sorted(counts.items(), key=lambda one: (-one[1][0], -one[1][1])))


def _figures(asked: Asked, found: Found, order: Mapping[str, tuple[int, int, int]]) -> Numbers:
    lights = [row["light"] for _, row in found]
    known = any(light is not None for light in lights)
    red, yellow = (float(lights.count(light)) if known else None for light in (Light.RED, Light.YELLOW))
    cells = [sum(counts[at] for counts in order.values()) for at in (0, 1, 2)]
    org, month = asked.place.org_id, asked.month
    lit = sum(counts[0] + counts[1] > 0 for counts in order.values())
    return Numbers(
        "figures",
        "",
        numbers=(
            Number("在册支部", len(found), unit="个", better="neither"),
            Number("红灯支部", red, unit="个", better="down", origin=Origin("red_branches", org, month)),
            Number(
                "黄灯支部", yellow, unit="个", better="down", origin=Origin("yellow_branches", org, month)
            ),
            Number("红灯", cells[0] if cells[2] else None, unit="盏", better="down", note="支部 × 指标"),
            Number("黄灯", cells[1] if cells[2] else None, unit="盏", better="down"),
            Number("有灯指标", lit if cells[2] else None, unit=f"/ {len(order)} 项"),
        ),
        note=f"{asked.place.short_name} · {month_label(month, year=True)}",
    )


def _columns_figure(
    asked: Asked, rules: Rules, order: Mapping[str, tuple[int, int, int]], chosen: str | None
) -> Figure:
    columns = [
        LitColumn(
            rules[name].short,
            red,
            yellow,
            asked.address.but(indicator=None if name == chosen else name).url,
            name == chosen,
        )
        for name, (red, yellow, judged) in order.items()
        if judged
    ]
    lit = [one for one in columns if one.red or one.yellow]
    words = "，".join(f"{one.name}红{integer(one.red)}黄{integer(one.yellow)}" for one in lit[:5])
    return Figure(
        "by-indicator",
        "各指标亮灯支部",
        figure=draw_lit_columns(asked.look, columns) if lit else None,
        describes=f"亮灯最多的指标：{words}",
        note="点柱按这项指标排序，再点取消",
        empty="各项指标均无红灯、黄灯" if columns else "本月没有参评指标",
    )


def _switches(asked: Asked, rules: Rules, found: Found, chosen: str | None) -> list[Part]:
    lit = sum(_lit(row, rules) > 0 for _, row in found)
    only = _only_lit(asked, found)
    rows = Switch(
        "rows-switch",
        "支部",
        choices=(
            Choice(f"亮灯 {integer(lit)}", asked.address.but(**{SHOWN: LIT}), only),
            Choice(f"全部 {integer(len(found))}", asked.address.but(**{SHOWN: ALL}), not only),
        ),
        span=6,
    )
    if chosen is None:
        return [rows]
    choices = (
        Choice(rules[chosen].short, asked.address, True),
        Choice("不限", asked.address.but(indicator=None)),
    )
    return [rows, Switch("indicator-switch", "指标", choices=choices, span=6)]


def _only_lit(asked: Asked, found: Found) -> bool:
    shown = asked.address.more.get(SHOWN)
    return shown == LIT if shown in (LIT, ALL) else len(found) > _MANY


def _lit(row: Row, rules: Rules, light: Light | None = None) -> int:
    """Lights of a branch: red and yellow ones, or those of one colour."""
    lights = [row[f"{name}_light"] or 0 for name in rules]
    return sum(one >= Light.YELLOW if light is None else one == light for one in lights)


def _matrix(
    asked: Asked, rules: Rules, found: Found, order: Mapping[str, tuple[int, int, int]], chosen: str | None
) -> Table:
    listed = [one for one in found if not _only_lit(asked, found) or _lit(one[1], rules) > 0]
    listed.sort(key=lambda one: _urgency(one[1], rules, chosen))
    first = [chosen] if chosen is not None else []
    names = [*first, *(name for name in order if name != chosen)]
    full = "，只列前 10,000 个" if len(found) == ROW_CAP else ""
    return Table(
        "matrix",
        "支部 × 指标",
        columns=_columns(rules, order, names),
        rows=[_row(asked, place, row, rules) for place, row in listed],
        origin_month=asked.month,
        height=min(_HEIGHT, _HEAD + _ROW * max(len(listed), 1) + 16),
        note=f"{integer(len(listed))} 个支部{full} · 指向看数值，点灯看来源",
        empty="没有亮灯的支部" if found else "下面没有当月在册的支部",
    )


def _urgency(row: Row, rules: Rules, chosen: str | None) -> tuple[float, ...]:
    """The chosen indicator first, then the light of the branch, its red ones, its yellow ones, few points."""
    own = 0.0 if chosen is None else -(row[f"{chosen}_light"] or 0)
    score = row["score"]
    return (
        own,
        -(row["light"] or 0),
        -_lit(row, rules, Light.RED),
        -_lit(row, rules, Light.YELLOW),
        101.0 if score is None else score,
    )


def _columns(
    rules: Rules, order: Mapping[str, tuple[int, int, int]], names: Sequence[str]
) -> Sequence[Column]:
    cells = [
        Column(
            name, rules[name].short, "light", width=60, origin=name, short=True, tip=f"{name}_tip",
            hidden=order[name][2] == 0, light=name,
            explains=f"{BY_ID[name].name}：红灯 {order[name][0]}、黄灯 {order[name][1]}、参评 {order[name][2]}",
        )
        for name in names
    ]  # fmt: skip
    return (
        Column("name", "党支部", link="open", grows=True, width=88, pinned=True),
        Column("light", "亮灯", "light", width=88, origin="light"),
        Column("score", "诊疗分", "decimal", width=64, short=True, origin="score"),
        *cells,
        Column("code", "组织代码", width=140, hidden=True),
    )


def _row(asked: Asked, place: Place, row: Row, rules: Rules) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name in rules:
        light, value = row[f"{name}_light"], row[f"{name}_value"]
        cells[name] = None if light is None else int(light)
        if light is not None and light >= Light.GREEN and value is not None:
            cells[f"{name}_tip"] = branch_words(name, value)
    return {
        "org_id": place.org_id,
        "name": place.short_name,
        "open": asked.address.to(home_of(place), place.org_id),
        "light": None if row["light"] is None else int(row["light"]),
        "score": row["score"],
        "code": place.org_code,
        **cells,
    }
