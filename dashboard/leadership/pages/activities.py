"""L-14 时间轴: what happened when — months of organisation life by kind and sector against the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import month_label
from dashboard.leadership.comparing import compared, difference, than_label
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.life_words import DAYS, KIND, SECTOR, SECTOR_WORDS, YEAR, kind_words
from dashboard.leadership.parts import Choice, Column, Figure, Number, Numbers, Origin, Part, Switch, Table
from dashboard.leadership.registry import Asked
from data.clock import add_months, months_between
from data.queries.leadership import life, months
from data.queries.leadership.below import measures_below
from data.queries.leadership.life import ALL, KINDS
from data.queries.leadership.sums import Row, branches_below, ratio
from data.readmodel.scoped import Place, ScopedReader

TREND = 24


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Filters, key figures, months, kinds, what stands below."""
    sectors = {} if asked.place.is_branch else life.sectors(reader, asked.place)
    sector = asked.address.more.get(SECTOR)
    sector = sector if sector in sectors else None
    known = months.load(reader)
    found = life.load(reader, asked.place, add_months(known[-1], -12), known[0], sector)
    parts: list[Part] = [_kinds_switch(asked), _years_switch(asked, known)]
    if len(sectors) > 1:
        parts.append(_sectors_switch(asked, sectors, sector))
    parts += [
        _numbers(asked, found, sector),
        _months(asked, found, known, sector),
        _kinds(asked, found, sector),
    ]
    if not asked.place.is_branch:
        parts.append(_below(reader, asked, sector))
    return parts


def _kind(asked: Asked) -> str:
    """The measure of the address; all activities for one nobody knows."""
    kind = asked.address.more.get(KIND, ALL)
    return kind if kind in kind_words("") else ALL


def _words(asked: Asked) -> Mapping[str, str]:
    return kind_words(asked.profile.words.activity_day)


def _kinds_switch(asked: Asked) -> Switch:
    return Switch(
        "kinds-switch",
        "类型",
        choices=[
            Choice(word, asked.address.but(**{KIND: None if kind == ALL else kind}), kind == _kind(asked))
            for kind, word in _words(asked).items()
        ],
        span=7,
    )


def _years_switch(asked: Asked, known: Sequence[str]) -> Switch:
    chosen = asked.address.more.get(YEAR)
    years = sorted({month[:4] for month in known}, reverse=True)
    choices = [Choice("近24个月", asked.address.but(**{YEAR: None}), chosen not in years)]
    choices += [Choice(f"{year}年", asked.address.but(**{YEAR: year}), chosen == year) for year in years]
    return Switch("years-switch", "时间", choices=choices, span=5)


def _sectors_switch(asked: Asked, sectors: Mapping[str, int], chosen: str | None) -> Switch:
    choices = [Choice("全部领域", asked.address.but(**{SECTOR: None}), chosen is None)]
    choices += [
        Choice(SECTOR_WORDS.get(sector, sector), asked.address.but(**{SECTOR: sector}), chosen == sector)
        for sector in sectors
    ]
    return Switch("sectors-switch", "领域", choices=choices)


def _numbers(asked: Asked, found: Mapping[str, Row], sector: str | None) -> Numbers:
    kind, month = _kind(asked), asked.month
    now, then = found.get(month), found.get(compared(asked))
    year = months_between(f"{month[:4]}-01", month)
    so_far = life.total(dict(found), year, kind)
    before = life.total(dict(found), [add_months(one, -12) for one in year], kind)
    origin = Origin(kind, asked.place.org_id, month) if sector is None else None
    return Numbers(
        "figures",
        "",
        numbers=(
            Number(
                f"{month_label(month)}{_words(asked)[kind]}",
                now[kind] if now else None,
                unit="次",
                change=_change(now, then, kind),
                change_label=than_label(asked),
                origin=origin,
            ),
            Number(
                "今年累计",
                so_far,
                unit="次",
                change=difference(so_far, before),
                change_label="较上年同期",
                note=f"1–{int(month[5:])}月",
            ),
            Number("每支部", ratio(now, kind, "eligible"), "decimal", unit="次", note="本月，参评支部"),
            Number("活动参与率", ratio(now, "present", "required"), "share", note="全部活动"),
        ),
        note=month_label(month, year=True),
    )


def _change(now: Row | None, then: Row | None, name: str) -> float | None:
    here, before = (None if row is None else row[name] for row in (now, then))
    return difference(here, before)


def _span(asked: Asked, known: Sequence[str]) -> list[str]:
    """Oldest first: the months of the year chosen, else 24 up to the month asked for."""
    year = asked.address.more.get(YEAR)
    of_year = sorted(month for month in known if month[:4] == year)
    return of_year or months_between(add_months(asked.month, 1 - TREND), asked.month)


def _months(asked: Asked, found: Mapping[str, Row], known: Sequence[str], sector: str | None) -> Figure:
    kind, span = _kind(asked), _span(asked, known)
    values = [_value(found, month, kind) for month in span]
    last_year = [_value(found, add_months(month, -12), kind) for month in span]
    line = Series("上年同期", last_year, asked.look.ink2)
    days = asked.address.to(DAYS)
    drawn = draw_columns(
        asked.look,
        span,
        _stacks(asked, found, span),
        line=line if any(value is not None for value in last_year) else None,
        url=(lambda month: days.but(month=month, **{KIND: _chosen(kind)}).url) if sector is None else None,
        unit="次",
        height=300,
    )
    note = "点月份看每天" if sector is None else f"{SECTOR_WORDS.get(sector, sector)}支部"
    return Figure(
        "months",
        f"{_words(asked)[kind]}按月",
        figure=drawn if any(value is not None for value in values) else None,
        describes=f"{span[0]}至{span[-1]}每月{_words(asked)[kind]}次数与上年同期",
        note=f"按期录入的有效活动；{note}",
    )


def _chosen(kind: str) -> str | None:
    return None if kind == ALL else kind


def _value(found: Mapping[str, Row], month: str, name: str) -> float | None:
    return found[month][name] if month in found else None


def _stacks(asked: Asked, found: Mapping[str, Row], span: Sequence[str]) -> list[Series]:
    """All activities as kinds that exclude each other and the rest; one kind as itself."""
    kind, look, words = _kind(asked), asked.look, _words(asked)
    if kind != ALL:
        return [Series(words[kind], [_value(found, month, kind) for month in span], look.blue[3])]
    colors = (look.blue[4], look.blue[3], look.blue[2], look.blue[1], look.gold)
    stacks = [
        Series(words[one], [_value(found, month, one) for month in span], color)
        for one, color in zip(KINDS, colors, strict=True)
    ]
    rest = [_rest(found.get(month)) for month in span]
    return [*stacks, Series("其他活动", rest, look.rule)]


def _rest(row: Row | None) -> float | None:
    if row is None or row[ALL] is None:
        return None
    return (row[ALL] or 0) - sum(row[kind] or 0 for kind in KINDS)


def _kinds(asked: Asked, found: Mapping[str, Row], sector: str | None) -> Table:
    month, words = asked.month, _words(asked)
    year = months_between(f"{month[:4]}-01", month)
    last_year = [add_months(one, -12) for one in year]
    now, then = found.get(month), found.get(compared(asked))
    rows = []
    for kind, word in words.items():
        so_far, before = (life.total(dict(found), span, kind) for span in (year, last_year))
        rows.append(
            {
                "kind": kind,
                "name": word,
                "open": asked.address.but(**{KIND: _chosen(kind)}),
                "month": now[kind] if now else None,
                "change": _change(now, then, kind),
                "year": so_far,
                "before": before,
                "growth": None if so_far is None or not before else so_far / before - 1,
            }
        )
    columns = (
        Column("name", "类型", link="open", width=110, pinned=True),
        Column("month", "本月", "integer", width=84),
        Column("change", than_label(asked), "change", digits=0, width=92),
        Column("year", "今年累计", "integer", width=100),
        Column("before", "上年同期", "integer", width=100),
        Column("growth", "同比", "share", width=88),
    )
    return Table(
        "kinds",
        "各类型",
        columns=columns,
        rows=rows if now else (),
        key="kind",
        span=12 if asked.place.is_branch else 6,
        note=f"{month_label(month, year=True)}；理论学习含党课等学习类活动"
        + ("" if sector is None else f"；{SECTOR_WORDS.get(sector, sector)}支部"),
        empty="本月没有数据",
    )


def _held_below(
    reader: ScopedReader, asked: Asked, sector: str | None
) -> tuple[list[tuple[Place, Row]], dict[int, float | None]]:
    """What stands directly below (of a sector its branches) this month, and the kind's number in the compared one."""
    kind, month, before = _kind(asked), asked.month, compared(asked)
    names = (kind, "eligible", "present", "required")
    if sector is None:
        below = measures_below(reader, asked.place, (*names, "active"), before, month)
        found = [(place, of[month]) for place, of in below if month in of and of[month]["active"]]
        return found, {place.org_id: of[before][kind] for place, of in below if before in of}
    found = [pair for pair in branches_below(reader, asked.place, names, month) if pair[0].sector == sector]
    then = branches_below(reader, asked.place, (kind,), before)
    return found, {place.org_id: row[kind] for place, row in then}


def _below(reader: ScopedReader, asked: Asked, sector: str | None) -> Table:
    kind, month = _kind(asked), asked.month
    found, then = _held_below(reader, asked, sector)
    rows = [
        {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.but(org=place.org_id, **{SECTOR: None}),
            "held": row[kind],
            "change": _change(row, {kind: then.get(place.org_id)}, kind),
            "each": None if place.is_branch else ratio(row, kind, "eligible"),
            "attendance": ratio(row, "present", "required"),
        }
        for place, row in found
    ]
    columns = (
        Column("name", "党组织", link="open", width=170, pinned=True),
        Column("held", "本月", "integer", width=84, origin=kind),
        Column("change", than_label(asked), "change", digits=0, width=92),
        Column("each", "每支部", "decimal", width=88, hidden=sector is not None),
        Column("attendance", "参与率", "share", width=92),
    )
    return Table(
        "below",
        f"下级{_words(asked)[kind]}",
        columns=columns,
        rows=rows,
        origin_month=month,
        span=6,
        height=420,
        note=f"{month_label(month)}，{len(rows)} 个；点名称看它的时间轴",
        empty="没有下级党组织",
    )
