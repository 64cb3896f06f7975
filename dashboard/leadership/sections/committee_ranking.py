"""Of the committee page: what stands below, ranked by 诊疗分, with places won and lost, five basics and lights."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import integer
from dashboard.leadership.comparing import compared, than_label
from dashboard.leadership.parts import Column, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.reports.grades import POOR_SCORE
from data.queries.leadership import ranking
from data.queries.leadership.ranking import Ranked
from data.readmodel.light import Light
from data.readmodel.results import RADAR_AXES
from data.readmodel.scoped import ScopedReader

LISTED, ALL = "listed", "branches"
# Axes below these scores are tinted: the first is 需诊治, the second asks for a look.
_LOW = 75
# As tall as the two cards beside it; in CSS pixels, as the rows of `layouts.leadership.cells`.
_TALLEST, _HEAD, _ROW = 742, 44, 38


def load(reader: ScopedReader, asked: Asked) -> list[Ranked]:
    """What stands directly below; ``listed=branches`` in the address asks for every branch."""
    direct = asked.address.more.get(LISTED) != ALL
    return ranking.load(reader, asked.place, asked.month, compared(asked), direct=direct)


def table(asked: Asked, listed: Sequence[Ranked]) -> Table:
    """Rank, movement, name, points, axes, members, lights."""
    branches = all(one.place.is_branch for one in listed)
    unranked = sum(one.rank is None for one in listed)
    note = f"{integer(len(listed))} 个" + (f"，{unranked} 个不计分" if unranked else "")
    return Table(
        "ranking",
        "支部排名" if branches else "内部排名",
        columns=_columns(asked, branches=branches),
        rows=[_row(asked, one) for one in listed],
        origin_month=asked.month,
        span=7,
        rows_beside=2,
        height=min(_TALLEST, _HEAD + _ROW * len(listed)),
        note=f"{note} · 五项低于 {POOR_SCORE} 红底、低于 {_LOW} 黄底",
        empty="下面没有当月在册的党组织",
    )


def _columns(asked: Asked, *, branches: bool) -> Sequence[Column]:
    radar = asked.profile.radar
    axes = [
        Column(
            axis, radar[axis].short, "decimal", digits=0, width=47, short=True, light=f"{axis}_tint", origin=axis,
            explains=radar[axis].name,
        )
        for axis in RADAR_AXES
    ]  # fmt: skip
    return (
        Column("name", "党支部" if branches else "党组织", link="open", grows=True, width=72, pinned=True),
        Column("rank", "名次", "integer", width=48, short=True),
        Column(
            "climbed", "升降", "change", digits=0, width=52, short=True,
            explains=f"{than_label(asked)}名次，+ 为进位",
        ),
        Column("score", "诊疗分", "decimal", width=60, short=True, origin="score"),
        *axes,
        Column("members", "党员", "integer", width=56, short=True, origin="members"),
        Column("light", "预警", "light", width=86, hidden=not branches),
        Column("red", "红灯", "integer", width=48, short=True, hidden=branches, origin="red_branches"),
        Column("yellow", "黄灯", "integer", width=48, short=True, hidden=branches, origin="yellow_branches"),
        Column("code", "组织代码", width=140, hidden=True),
    )  # fmt: skip


def _row(asked: Asked, one: Ranked) -> dict[str, object]:
    return {
        "org_id": one.place.org_id,
        "name": one.place.short_name,
        "open": asked.address.to(home_of(one.place), one.place.org_id),
        "rank": one.rank,
        "climbed": None if one.rank is None or one.before is None else one.before - one.rank,
        "score": one.score,
        **one.axes,
        **{f"{axis}_tint": _tint(value) for axis, value in one.axes.items()},
        "members": one.members,
        "light": None if one.light is None else int(one.light),
        "red": one.red,
        "yellow": one.yellow,
        "code": one.place.org_code,
    }


def _tint(score: float | None) -> int | None:
    if score is None:
        return None
    return int(Light.RED) if score < POOR_SCORE else int(Light.YELLOW) if score < _LOW else None
