"""L-11 学习与资源: who studies how much, which courses are completed, which resources are used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import decimal, month_label
from dashboard.leadership.comparing import difference
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.parts import Column, Figure, Number, Numbers, Origin, Part, Table
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections import study_resources
from data.clock import add_months, months_between
from data.queries.leadership import study
from data.queries.leadership.below import measures_below
from data.queries.leadership.study import COLUMNS, BranchHours
from data.queries.leadership.sums import Row, months_of, months_of_district, ratio
from data.readmodel.scoped import ScopedReader

TREND = 24
BAND_WORDS = ("<8", "8–16", "16–24", "24–32", "≥32")


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Numbers, months, how branches differ, courses, quizzes, library, what stands below."""
    span = months_between(add_months(asked.month, 1 - TREND), asked.month)
    found = months_of(reader, asked.place, COLUMNS, add_months(span[0], -12), asked.month)
    district = months_of_district(reader, ("study_hours", "members"), f"{asked.month[:4]}-01", asked.month)
    branches = study.branches(reader, asked.place, asked.month)
    parts: list[Part] = [_numbers(asked, found, district), _months(asked, span, found)]
    if not asked.place.is_branch:
        parts.append(_distribution(asked, branches))
    parts += study_resources.parts(reader, asked)
    if not asked.place.is_branch:
        parts.append(_below(reader, asked, branches))
    return parts


def _numbers(asked: Asked, found: dict[str, Row], district: dict[str, Row]) -> Numbers:
    month, place = asked.month, asked.place
    now = found.get(month)
    each, last_year = (study.hours_so_far(found, one) for one in (month, add_months(month, -12)))
    online = study.hours_so_far(found, month, "online_hours")
    whole = study.hours_so_far(district, month)
    average = f"；{asked.profile.words.average} {decimal(whole)}" if whole is not None else ""
    return Numbers(
        "figures",
        "",
        numbers=(
            Number(
                "今年人均学时",
                each,
                "decimal",
                "学时",
                change=difference(each, last_year),
                change_label="较同期",
                origin=Origin("study_hours", place.org_id, month),
                note=f"进度 {decimal(study.pace(month))}{average}",
            ),
            Number("线上学时占比", _share_of(online, each), "share", better="neither", note="今年"),
            Number(
                "集体学习",
                now["study_sessions"] if now else None,
                unit="次",
                note="本月",
                origin=Origin("study_sessions", place.org_id, month),
            ),
            _share(asked, now, "季度内参加学习", "studied_in_quarter", "normal_members"),
            _share(asked, now, "45岁以下注册", "under_45_registered", "under_45"),
            _share(asked, now, "在职党员线上学习", "in_service_online", "in_service_members"),
        ),
        note=f"{month_label(month, year=True)}；目标每人每年 {study.TARGET_HOURS} 学时",
    )


def _share_of(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def _share(asked: Asked, now: Row | None, label: str, part: str, of: str) -> Number:
    """A rate of fewer than five members is none."""
    few = now is not None and now[of] is not None and (now[of] or 0) < study_resources.SMALL_SAMPLE
    value = None if few else ratio(now, part, of)
    origin = Origin(part, asked.place.org_id, asked.month)
    return Number(label, value, "share", origin=origin, why="小样本" if few else "")


def _months(asked: Asked, span: Sequence[str], found: Mapping[str, Row]) -> Figure:
    look = asked.look
    class_, online, whole = (
        [ratio(found.get(month), name, "members") for month in span]
        for name in ("class_hours", "online_hours", "study_hours")
    )
    last_year = [ratio(found.get(add_months(month, -12)), "study_hours", "members") for month in span]
    some = any(value is not None for value in whole)
    line = Series("上年同期", last_year, look.ink2)
    drawn = draw_columns(
        look,
        span,
        [Series("集中学习", class_, look.blue[4]), Series("线上学习", online, look.blue[2])],
        line=line if any(value is not None for value in last_year) else None,
        url=lambda month: asked.address.but(month=month).url,
        unit="学时",
        height=300,
    )
    return Figure(
        "months",
        "人均学时按月",
        figure=drawn if some else None,
        describes="近24个月每月人均集中学习与线上学习学时，与上年同期相比",
        note="近24个月，当月学时 ÷ 当月党员",
        span=12 if asked.place.is_branch else 7,
        empty="学习记录未接入",
    )


def _distribution(asked: Asked, branches: Sequence[BranchHours]) -> Figure:
    counts = study.distribution(branches)
    pace = study.pace(asked.month)
    behind = sum(1 for one in branches if one.each is not None and one.each < pace)
    figure = asked.look.figure(300)
    figure.add_bar(
        x=list(BAND_WORDS),
        y=counts,
        marker={"color": asked.look.blue[3]},
        text=[f"{n:,}" if n else "" for n in counts],
        textposition="outside",
        hovertemplate="%{x} 学时　%{y:,} 个支部<extra></extra>",
        cliponaxis=False,
    )
    figure.update_layout(
        xaxis={"type": "category", "tickangle": 0},
        yaxis={"range": [0, max(counts) * 1.16 or 1], "showgrid": True, "nticks": 5, "tickformat": ","},
    )
    return Figure(
        "distribution",
        "支部人均学时分布",
        figure=figure if any(counts) else None,
        describes="；".join(f"{band}学时{n}个支部" for band, n in zip(BAND_WORDS, counts, strict=True)),
        note=f"今年至{month_label(asked.month)}，支部数；低于进度 {behind:,} 个",
        span=5,
        empty="没有支部的学习记录",
    )


def _registered(row: Row) -> float | None:
    few = (row["under_45"] or 0) < study_resources.SMALL_SAMPLE
    return None if few else ratio(row, "under_45_registered", "under_45")


def _below(reader: ScopedReader, asked: Asked, branches: Sequence[BranchHours]) -> Table:
    month, pace = asked.month, study.pace(asked.month)
    names = ("active", "members", "study_hours", "under_45", "under_45_registered")
    rows = []
    for place, of in measures_below(reader, asked.place, names, f"{month[:4]}-01", month):
        row = of.get(month)
        if row is None or not row["active"]:
            continue
        known = [one["study_hours"] or 0 for one in of.values() if one["study_hours"] is not None]
        each = BranchHours(place, sum(known) if known else None, row["members"]).each
        own = [one for one in branches if place.position <= one.place.position < place.subtree_end]
        behind = sum(1 for one in own if one.each is not None and one.each < pace)
        values = {"each": each, "ahead": None if each is None else each - pace, "behind": behind}
        named = {"org_id": place.org_id, "name": place.short_name, "members": row["members"]}
        link = asked.address.but(org=place.org_id)
        rows.append({**named, **values, "open": link, "registered": _registered(row)})
    columns = (
        Column("name", "党组织", link="open", grows=True, width=130, pinned=True),
        Column("members", "党员", "integer", width=88, origin="members"),
        Column("each", "今年人均学时", "decimal", width=124),
        Column("ahead", "较进度", "change", digits=1, width=96, explains="人均学时 − 按月均匀的目标"),
        Column("behind", "低于进度的支部", "integer", width=136, better="down"),
        Column("registered", "45岁以下注册率", "share", width=136),
    )
    return Table(
        "below",
        "下级学习进度",
        columns=columns,
        rows=rows,
        origin_month=month,
        height=420 if len(rows) > 10 else 0,
        note=f"1–{int(month[5:])}月，进度 {decimal(pace)} 学时",
        empty="没有下级党组织",
    )
