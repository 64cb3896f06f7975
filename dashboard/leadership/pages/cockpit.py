"""L-01 全区驾驶舱: what needs attention today — light counts, worst indicators, committees, escalated warnings."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import day_label, month_label
from dashboard.leadership.address import Address
from dashboard.leadership.comparing import compared, than_label
from dashboard.leadership.parts import Better, Column, Kind, Line, Number, Numbers, Origin, Part, Table, Text
from dashboard.leadership.registry import Asked, home_of
from data.queries.leadership import lights, open_warnings
from data.queries.leadership.open_warnings import Urgency
from data.queries.leadership.sums import Row, branches_below, committees_below, months_of, ratio
from data.readmodel.light import Light
from data.readmodel.scoped import Place, ScopedReader

_SUMS = ("members", "dues_full", "dues_owed", "present", "required", *lights.COUNTS)
WORST = 5
ESCALATED = {1: "已报党(工)委", 2: "已报区委", 3: "软弱涣散"}
STATES = {"raised": "待推送", "pushed": "待签收", "acknowledged": "整改中"}


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Key figures, to-do list, worst indicators, committees."""
    first = compared(asked)
    months = months_of(reader, asked.place, _SUMS, min(first, asked.month), asked.month)
    urgency = open_warnings.load(reader, asked.place, asked.now.date())
    return [
        _figures(asked, months.get(asked.month), months.get(first), urgency),
        _to_do(asked, urgency),
        _worst(reader, asked),
        _below(reader, asked),
    ]


def _figures(asked: Asked, now: Row | None, then: Row | None, urgency: Urgency) -> Numbers:
    def number(
        label: str, of: str, parts: Sequence[str], kind: Kind, unit: str = "", better: Better = "up"
    ) -> Number:
        here, before = (_value(row, parts) for row in (now, then))
        change = None if here is None or before is None else here - before
        origin = Origin(of, asked.place.org_id, asked.month)
        return Number(
            label,
            here,
            kind,
            unit,
            change=change,
            change_label=than_label(asked),
            better=better,
            origin=origin,
        )

    return Numbers(
        "figures",
        "",
        numbers=(
            number("党员", "members", ("members",), "integer", unit="名", better="neither"),
            number(asked.profile.index_name, "score", ("score_sum", "score_count"), "decimal", unit="分"),
            number("红灯支部", "red_branches", ("red_branches",), "integer", unit="个", better="down"),
            number("黄灯支部", "yellow_branches", ("yellow_branches",), "integer", unit="个", better="down"),
            number("活动参与率", "present", ("present", "required"), "share"),
            number("党费收缴率", "paid_full", ("dues_full", "dues_owed"), "share"),
            Number("未销号预警", urgency.open, unit="件", note=f"超期 {urgency.overdue}"),
        ),
        note=f"{month_label(asked.month, year=True)}",
    )


def _value(row: Row | None, parts: Sequence[str]) -> float | None:
    if row is None:
        return None
    return row.get(parts[0]) if len(parts) == 1 else ratio(row, parts[0], parts[1])


def _to_do(asked: Asked, urgency: Urgency) -> Text:
    rules = asked.profile.every_rule
    lines = [
        Line(
            f"{rules[w.indicator].short if w.indicator in rules else w.indicator}，{STATES.get(w.state, w.state)}",
            label=w.organisation,
            light=Light.RED if w.level == "red" else Light.YELLOW,
            aside=" · ".join(
                part
                for part in (ESCALATED.get(w.escalation, ""), f"限 {day_label(w.due_on)}" if w.due_on else "")
                if part
            ),
            link=Address("trace", w.org_id, asked.month, w.indicator),
        )
        for w in urgency.rows
    ]
    return Text(
        "to-do",
        "待办",
        lines=lines,
        span=7,
        note=f"升级督办 {urgency.escalated} 件",
        empty="没有未销号的预警",
    )


def _worst(reader: ScopedReader, asked: Asked) -> Table:
    rules = {rule.id: rule for rule in asked.profile.light_rules}
    found = lights.of_area(reader, asked.place, tuple(rules), asked.month)
    found.sort(key=lambda lit: (-lit.red, -lit.yellow, lit.score if lit.score is not None else 101))
    rows = [
        {
            "indicator": lit.indicator,
            "name": rules[lit.indicator].short,
            "red": lit.red,
            "yellow": lit.yellow,
            "score": lit.score,
            "measure": rules[lit.indicator].measure,
            "open": asked.address.but(page="trace", indicator=lit.indicator),
            "org_id": asked.place.org_id,
        }
        for lit in found[:WORST]
    ]
    columns = (
        Column("name", "指标", link="open", grows=True, width=130),
        Column("red", "红灯", "integer", width=80, better="down"),
        Column("yellow", "黄灯", "integer", width=80, better="down"),
        Column("score", "均分", "decimal", width=84),
        Column("measure", "处方", grows=True, width=130),
    )
    return Table(
        "worst", "最弱的五项", columns=columns, rows=rows, key="indicator", span=5, note="按红灯、黄灯支部数"
    )


def _below(reader: ScopedReader, asked: Asked) -> Table:
    found = committees_below(reader, asked.place, _SUMS, asked.month)
    rows = [
        {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.to(home_of(place), place.org_id),
            "members": row["members"],
            "index": ratio(row, "score_sum", "score_count"),
            "red": row["red_branches"],
            "yellow": row["yellow_branches"],
            "attendance": ratio(row, "present", "required"),
            "dues": ratio(row, "dues_full", "dues_owed"),
        }
        for place, row in found
    ]
    if not rows:
        below = branches_below(
            reader, asked.place, ("members", "score", "light", "present", "required"), asked.month
        )
        return _branches(asked, below)
    columns = (
        Column("name", "党组织", link="open", grows=True, width=160, pinned=True),
        Column("members", "党员", "integer", origin="members"),
        Column("index", asked.profile.index_name, "decimal", origin="score"),
        Column("red", "红灯支部", "integer", better="down"),
        Column("yellow", "黄灯支部", "integer", better="down"),
        Column("attendance", "活动参与率", "share", width=120),
        Column("dues", "党费收缴率", "share", width=120),
    )
    return Table(
        "below", "下级党组织", columns=columns, rows=rows, origin_month=asked.month, note=f"{len(rows)} 个"
    )


def _branches(asked: Asked, below: Sequence[tuple[Place, Row]]) -> Table:
    rows = [
        {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.to(home_of(place), place.org_id),
            "members": row["members"],
            "index": row["score"],
            "light": row["light"],
            "attendance": ratio(row, "present", "required"),
        }
        for place, row in below
    ]
    columns = (
        Column("name", "党支部", link="open", grows=True, width=160, pinned=True),
        Column("light", "灯", "light", width=100),
        Column("members", "党员", "integer"),
        Column("index", asked.profile.index_name, "decimal"),
        Column("attendance", "活动参与率", "share", width=120),
    )
    return Table(
        "below", "下级党支部", columns=columns, rows=rows, origin_month=asked.month, note=f"{len(rows)} 个"
    )
