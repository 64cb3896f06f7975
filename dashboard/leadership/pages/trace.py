"""这个数从哪里来: definition, source, value and light of a number, its parts below, the measures it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.leadership.parts import Column, Line, Part, Table, Text
from dashboard.leadership.registry import Asked
from dashboard.trace_words import LIGHT_WORDS, facts, number
from dashboard.units import unit_words
from data import provenance
from data.indicators.entry import Indicator
from data.indicators.sets import BY_ID, INDICATORS
from data.projection.trace.listing import is_traced
from data.projection.trace.tracing import is_of_persons, tables_of
from data.queries.leadership import trace, trace_below
from data.queries.leadership.trace_below import Below
from data.queries.trace import LIFE_OF_A_MEASURE, MeasureSeen, Traced
from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader

# Numbers that are no indicator and no measure, but what follows from the lights of branches.
_OF_LIGHTS = {
    "red_branches": "当月参评支部中，任一启用指标亮红灯的支部数。",
    "yellow_branches": "当月参评支部中，未亮红灯而有指标亮黄灯的支部数。",
    "green_branches": "当月参评支部中，各项指标均正常的支部数。",
    "grey_branches": "当月参评支部中，指标数据不足以判断的支部数。",
    "score": "启用指标得分按权重加权平均（0-100分）；区域为所辖有得分支部的平均。",
    "light": "支部各启用指标中最重的一盏灯。",
}


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """By what the address names: an indicator, a measure, or a number of lights."""
    of = asked.address.indicator or ""
    entry = BY_ID.get(of)
    if entry is not None and entry.level == "member":
        return [_said("只在党员数字档案中", "这一指标的对象是党员个人，只在党员数字档案中按权限显示。")]
    if entry is not None:
        return _of_indicator(reader, asked, entry)
    if of in LIFE_OF_A_MEASURE:
        return _of_measure(reader, asked, of)
    if of in _OF_LIGHTS:
        return [_said("由亮灯得出", _OF_LIGHTS[of]), _lit_indicators(asked)]
    if of in asked.profile.radar:
        return [
            _said(asked.profile.radar[of].name, "雷达轴得分，由所列指标和量按月折算为0-100分，取最近一季。")
        ]
    return [_said("没有登记的数", f"“{of[:40]}”不是指标，也不是登记的量。")]


def _said(title: str, text: str) -> Text:
    return Text("definition", title, lines=(Line(text),))


def _of_indicator(reader: ScopedReader, asked: Asked, entry: Indicator) -> list[Part]:
    found = trace.load(reader, entry, asked.place, asked.month)
    if found is None:
        return [_said("没有这个月", "读模型不包含这一月份。")]
    lines = [Line(text, label=label) for label, text in facts(asked.profile, entry, found)]
    lines += [Line(text, label=name) for name, text in provenance.regulations(entry).items()]
    why = _why(asked, entry, found)
    if why:
        lines.insert(0, Line(why, strong=True, light=found.light))
    parts: list[Part] = [Text("facts", "这个数从哪里来", lines=lines)]
    below = trace_below.of_indicator(reader, entry, asked.place, asked.month)
    if below:
        parts.append(_below(asked, below, entry.id))
    if found.own is not None and found.own.measures:
        parts.append(_measures(asked, "own-measures", "本级的量", found.own.measures, rows=False))
    if found.measures:
        parts.append(_measures(asked, "measures", "读取的量", found.measures))
    return parts


def _of_measure(reader: ScopedReader, asked: Asked, of: str) -> list[Part]:
    measure = LIFE_OF_A_MEASURE[of]
    seen = trace.measures(reader, [of], asked.place, asked.month)
    readers = [entry for entry in INDICATORS if of in entry.reads or of in (entry.pooled or ())]
    lines = [
        Line(f"{measure.zh}（{measure.unit}）", label="量"),
        Line(asked.place.name, label="组织"),
        Line("、".join(tables_of(of)), label="业务表"),
    ]
    lines += [
        Line(entry.name, label="读取它的指标", link=asked.address.but(indicator=entry.id))
        for entry in readers
        if entry.level != "member"
    ]
    parts: list[Part] = [Text("facts", "这个数从哪里来", lines=lines)]
    if seen:
        parts.append(_measures(asked, "measures", "数值与明细", seen))
    below = trace_below.of_measure(reader, of, asked.place, asked.month)
    if below:
        parts.append(_below(asked, below, of))
    return parts


def _why(asked: Asked, entry: Indicator, found: Traced) -> str:
    """The value beside the line it crossed; empty without a light."""
    if found.light is None or found.light < Light.GREEN or entry.id not in asked.profile.every_rule:
        return ""
    rule = asked.profile.every_rule[entry.id]
    word = LIGHT_WORDS[found.light]
    if not found.place.is_branch:
        shares = (
            f"有值支部{number(found.branches)}个，红灯{number(found.red)}个、黄灯{number(found.yellow)}个"
        )
        return f"{word}：{shares}（红灯达10%为红，红灯达5%或黄灯达20%为黄）"
    line = rule.red if found.light == Light.RED else rule.yellow
    crossed = f"，达到亮灯线 {line}" if found.light > Light.GREEN and line else "，未达到亮灯线"
    return f"{word}：数值 {number(found.value)}{crossed}"


def _measures(
    asked: Asked, slug: str, title: str, seen: Sequence[MeasureSeen], *, rows: bool = True
) -> Table:
    listed = [_row(asked, one, rows) for one in seen]
    columns = (
        Column("zh", "量", link="to", pinned=True, width=200),
        Column("unit", "单位", width=80),
        Column("month", "当月", "decimal", digits=1),
        Column("three", "近3月", "decimal", digits=1),
        Column("year", "近12月", "decimal", digits=1),
        Column("rows", "明细", link="to", grows=True),
    )
    return Table(slug, title, columns=columns, rows=listed, key="name", note="点“明细”看逐行记录")


def _row(asked: Asked, one: MeasureSeen, rows: bool) -> dict[str, object]:
    name = one.measure.name
    row: dict[str, object] = {
        "name": name,
        "zh": one.measure.zh,
        "unit": one.measure.unit,
        "month": one.month,
        "three": one.three_months,
        "year": one.year,
        "rows": "仅有合计，口径见公式",
    }
    if rows and is_traced(name):
        personal = is_of_persons(name) and not asked.viewer.sees_persons
        row["rows"] = "只看数量（涉及党员个人）" if personal else "逐行记录"
        source = {"from": asked.address.indicator} if asked.address.indicator else {}
        row["to"] = asked.address.to("evidence").but(indicator=name, **source)
    return row


def _below(asked: Asked, below: Sequence[Below], of: str) -> Table:
    of_indicator = of in BY_ID
    rows = [
        {
            "org_id": one.org_id,
            "name": one.short_name,
            "value": one.value,
            "score": one.score,
            "light": None if one.light is None else int(one.light),
            "red": one.red,
            "yellow": one.yellow,
            "to": asked.address.but(org=one.org_id),
        }
        for one in below
    ]
    unit = unit_words(BY_ID[of].unit) if of_indicator else LIFE_OF_A_MEASURE[of].unit
    columns = [
        Column("name", "组织", link="to", pinned=True, width=220),
        Column("value", "数值", "decimal", unit, 2),
    ]
    if of_indicator:
        columns += [
            Column("score", "得分", "decimal", "分"),
            Column("light", "亮灯", "light"),
            Column("red", "红灯支部", better="down", kind="integer"),
            Column("yellow", "黄灯支部", better="down", kind="integer"),
        ]
    return Table("below", "下级组织", columns=columns, rows=rows, note=asked.month)


def _lit_indicators(asked: Asked) -> Text:
    lines = [
        Line(rule.short, link=asked.address.but(indicator=rule.id), label=BY_ID[rule.id].name)
        for rule in asked.profile.light_rules
    ]
    return Text("indicators", "启用的指标", lines=lines)
