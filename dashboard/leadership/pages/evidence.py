"""明细: the rows behind a measure, read now from the operational database, beside the number that was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.formats import moment_label
from dashboard.leadership.parts import (
    Choice,
    Column,
    Kind,
    Line,
    Number,
    Numbers,
    Origin,
    Part,
    Switch,
    Table,
    Text,
)
from dashboard.leadership.registry import Asked, Block
from dashboard.trace_words import number
from data.errors import SourceError
from data.projection.trace.ladder import COUNTED
from data.projection.trace.listing import Cut, Listing, Order
from data.queries.leadership import trace
from data.queries.trace import LIFE_OF_A_MEASURE
from data.readmodel.scoped import ScopedReader

# Up to so many rows a table sorts and filters by itself; beyond, each block is asked for.
AT_ONCE = 2_000
SLUG = "evidence"
_WIDTHS = {"title": 280, "branch": 180, "fate": 240, "course": 240}
_GONE = "业务库暂时连接不上，无法列出明细；已发布的数仍然有效。请稍后刷新本页。"


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Published number and what the list adds up to, which rows, the list itself."""
    measure = asked.address.indicator or ""
    if measure not in LIFE_OF_A_MEASURE:
        return [_said(f"“{measure[:40]}”不是登记的量，没有明细。")]
    published = _published(reader, asked, measure)
    try:
        found = _asked_for(reader, asked, 0, AT_ONCE, ())
    except SourceError:
        return [_numbers(asked, measure, published, None), _said(_GONE)]
    parts: list[Part] = [_numbers(asked, measure, published, found), _sum(asked, found, published)]
    if found.traced and not found.withheld:
        parts += [_which(asked, found), _table(found)]
    return parts


def block(reader: ScopedReader, asked: Asked, wanted: Block) -> tuple[Sequence[Mapping[str, Any]], int]:
    """A block of the list, and the length of the list. Raises SourceError."""
    found = _asked_for(reader, asked, wanted.first, wanted.rows, wanted.sort)
    return found.rows, found.matching


def _asked_for(
    reader: ScopedReader, asked: Asked, offset: int, limit: int, sort: Sequence[tuple[str, Order]]
) -> Listing:
    """Counted rows, or those left out: all of them, or those of the n-th reason."""
    which = asked.address.more.get("which", "in")
    if asked.evidence is None:
        return Listing(asked.address.indicator or "", asked.month, asked.now, traced=False)
    cut = Cut(offset, limit, sort, counted=which == "in", reason="")
    return asked.evidence.of(reader, asked.place.org_id, asked.address.indicator or "", asked.month, cut)


def _published(reader: ScopedReader, asked: Asked, measure: str) -> float | None:
    seen = trace.measures(reader, [measure], asked.place, asked.month)
    return seen[0].month if seen else None


def _said(text: str) -> Text:
    return Text("said", "明细", lines=(Line(text),))


def _numbers(asked: Asked, measure: str, published: float | None, found: Listing | None) -> Numbers:
    known = LIFE_OF_A_MEASURE[measure]
    origin = Origin(asked.address.more.get("from", measure), asked.place.org_id, asked.month)
    digits = 1 if known.unit in ("小时", "学时") else 0
    numbers = [
        Number(known.zh, published, "decimal", known.unit, digits=digits, better="neither", origin=origin)
    ]
    if found is not None and found.traced:
        numbers.append(Number("本表合计", found.total_amount, "decimal", known.unit, digits=digits))
        numbers.append(Number("计入", found.total_rows, unit="行"))
        numbers.append(Number("未计入", sum(found.left_out.values()), unit="行"))
    return Numbers("numbers", known.zh, numbers=numbers, note=asked.month)


def _sum(asked: Asked, found: Listing, published: float | None) -> Text:
    """Whether list and number agree; why rows were left out; what the viewer does not get to see."""
    if not found.traced:
        return _said("本项由多张表按公式合计，没有逐行明细；口径见“这个数从哪里来”。")
    lines = [Line(_agreement(found, published), strong=True, aside=f"读取于 {moment_label(found.read_at)}")]
    lines += [Line(f"{rows:,} 行", label=reason) for reason, rows in found.left_out.items()]
    if found.elsewhere:
        lines.append(Line(f"另有 {found.elsewhere} 个支部当时在辖、现已划出，不在本表之内。"))
    if found.withheld:
        lines.append(Line("每行涉及一名党员，按权限您只看数量。"))
    elif found.of_persons:
        lines.append(Line("每行涉及一名党员，本次查看已记入审计。"))
    return Text("sum", "合计与未计入", lines=lines)


def _agreement(found: Listing, published: float | None) -> str:
    total = number(found.total_amount)
    if published is None:
        return f"本表合计 {total}；读模型中这个月没有发布值。"
    if abs(found.total_amount - published) <= 1e-6:
        return f"本表合计 {total} = 已发布 {number(published)}"
    moved = found.total_amount - published
    word = "多" if moved > 0 else "少"
    return (
        f"本表合计 {total}，已发布 {number(published)}，业务库比发布时{word} {number(abs(moved))}："
        "发布后业务数据又有变动，或投影尚未赶上。"
    )


def _which(asked: Asked, found: Listing) -> Switch:
    which = asked.address.more.get("which", "in")
    out = sum(found.left_out.values())
    return Switch(
        "which",
        "",
        choices=(
            Choice(f"计入 {found.total_rows:,} 行", asked.address.but(which=None), which == "in"),
            Choice(f"未计入 {out:,} 行", asked.address.but(which="out"), which != "in"),
        ),
    )


def _table(found: Listing) -> Table:
    columns = [
        Column(
            one.name,
            one.title,
            _kind(one.kind),
            width=_WIDTHS.get(one.name, 150),
            pinned=one.name == "branch",
        )
        for one in found.columns
    ]
    if any(row["fate"] != COUNTED for row in found.rows):
        columns.append(Column("fate", "未计入的原因", width=_WIDTHS["fate"], grows=True))
    whole = found.matching <= AT_ONCE
    return Table(
        "rows",
        "明细",
        columns=columns,
        rows=found.rows if whole else (),
        key="row",
        exports=not found.of_persons,
        source="" if whole else SLUG,
        total=found.matching,
        note=f"{found.matching:,} 行",
        empty="没有这样的记录",
    )


def _kind(kind: str) -> Kind:
    kinds: dict[str, Kind] = {"date": "date", "moment": "moment", "decimal": "decimal"}
    return kinds.get(kind, "text")
