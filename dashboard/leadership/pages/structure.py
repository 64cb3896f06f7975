"""L-17 组织架构: is the structure regular — the tree, its counts, size rules, terms that end, secretaries missing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate

from dashboard.formats import integer, month_label
from dashboard.leadership.comparing import compared, than_label
from dashboard.leadership.figures.organisation_tree import Cell, State, draw_tree
from dashboard.leadership.parts import Choice, Column, Figure, Number, Numbers, Origin, Part, Switch, Table
from dashboard.leadership.registry import Asked, home_of
from dashboard.leadership.sections import structure_terms
from dashboard.leadership.sections.structure_words import (
    BREACHES,
    kind_of,
    secretary_words,
    short_of,
    unit_words,
)
from data.queries.leadership import structure
from data.queries.leadership.structure import Unit
from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader

_COMMITTEES = ("party_committee", "working_committee")
_BRANCHES = ("branch", "joint_branch", "temporary_branch")
# Beyond so many branches the lowest band shows those that need a look; a thousand hairs are a grey field.
_MOST_DRAWN = 400
_LEVELS = ("本级", "下一级", "再下一级", "支部", "支部", "支部")
_STATES: dict[Light, State] = {Light.RED: "alarm", Light.YELLOW: "watch"}
_OF_LIGHT = "换届、书记、设置各项中最重的一盏灯"
_DEPTHS = {"1": "直接下级", "2": "下两级", "all": "全部"}


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Counts and picture, then the tree as a table, then what has to be put in order."""
    units = structure.load(reader, asked.place, asked.month)
    now = structure.counts(reader, asked.place, asked.month)
    before = structure.counts(reader, asked.place, compared(asked))
    return [
        _figures(asked, units, now, before),
        _picture(asked, units),
        structure_terms.calendar(asked, units),
        structure_terms.expiring(asked, units),
        _breaches(asked, units),
        structure_terms.vacancies(asked, units),
        _depths(asked),
        _tree(asked, units),
    ]


def _figures(
    asked: Asked, units: Sequence[Unit], now: Mapping[str, int], before: Mapping[str, int]
) -> Numbers:
    def count(label: str, kinds: Sequence[str], note: str = "") -> Number:
        here, then = (sum(found.get(kind, 0) for kind in kinds) for found in (now, before))
        return Number(
            label,
            here,
            unit="个",
            change=here - then,
            change_label=than_label(asked),
            better="neither",
            note=note,
        )

    def origin(of: str) -> Origin:
        return Origin(of, asked.place.org_id, asked.month)

    below = units[1:]
    broken = sum(bool(unit.breaches) for unit in below)
    past, soon = structure_terms.past(below), structure_terms.soon(below, asked.month)
    vacant = sum(unit.has_secretary is False for unit in below)
    terms = [unit for unit in below if unit.term_days is not None]
    special = now.get("joint_branch", 0) + now.get("temporary_branch", 0)
    return Numbers(
        "figures",
        "",
        numbers=(
            count("党(工)委", _COMMITTEES),
            count("党总支", ("general_branch",)),
            count("党支部", _BRANCHES, f"联合、临时 {special}" if special else ""),
            count("党小组", ("party_group",)),
            Number("党员", units[0].members if units else None, unit="名", origin=origin("members")),
            Number("设置不规范", broken, unit="个", better="down"),
            Number("届满未换届", len(past) if terms else None, unit="个", note=f"一年内届满 {len(soon)}"),
            Number("书记空缺", vacant if terms else None, unit="个", better="down"),
        ),
        note=f"{month_label(asked.month, year=True)}月末",
    )


def _picture(asked: Asked, units: Sequence[Unit]) -> Figure:
    """Widths are members: of a branch its own, of an area those of the branches inside it."""
    cells, levels = _cells(asked, units)
    lit = sum(unit.light in _STATES for unit in units[1:])
    drawn = bool(levels) and len(cells) > 1
    return Figure(
        "picture",
        "组织架构图",
        figure=draw_tree(asked.look, cells, levels) if drawn else None,
        describes=f"{asked.place.short_name}下设 {len(units) - 1} 个组织，其中 {lit} 个换届、书记或设置亮灯",
        note="宽度为党员人数 · 红、黄为换届、书记或设置亮灯 · 点击进入",
        empty="下级没有党员，画不出架构",
    )


def _cells(asked: Asked, units: Sequence[Unit]) -> tuple[list[Cell], list[str]]:
    branches = structure.branches_of(units)
    positions = [unit.place.position for unit in branches]
    sums = [0.0, *accumulate(unit.members or 0 for unit in branches)]
    whole = sums[-1]
    if not whole:
        return [], []
    few = len(branches) <= _MOST_DRAWN
    cells = []
    deepest = 0
    for unit in units:
        start, width = _span(unit, positions, sums)
        level = unit.place.depth - asked.place.depth
        state = _STATES.get(unit.light or Light.NA, "ok")
        if not width or (unit.place.is_branch and not few and level > 1 and state == "ok"):
            continue
        deepest = max(deepest, level)
        mark = {"alarm": "⬣", "watch": "▲", "ok": ""}[state]
        link = asked.address.to(home_of(unit.place), unit.place.org_id).url
        words = f"{mark}{unit.place.short_name}　{unit_words(unit)}"
        name = f"{mark}{short_of(unit.place)}"
        cells.append(Cell(level, start / whole, width / whole, name, words, link, state))
    return cells, list(_LEVELS[: deepest + 1])


def _span(unit: Unit, positions: Sequence[int], sums: Sequence[float]) -> tuple[float, float]:
    """Left edge and width in members: the branches between the ends of its subtree."""
    left = sums[bisect_left(positions, unit.place.position)]
    return left, sums[bisect_left(positions, unit.place.subtree_end)] - left


def _depths(asked: Asked) -> Switch:
    chosen = _depth(asked)
    choices = [
        Choice(word, asked.address.but(deep=None if name == _usual(asked) else name), name == chosen)
        for name, word in _DEPTHS.items()
    ]
    return Switch("depths", "层级", choices=choices)


def _usual(asked: Asked) -> str:
    return "1" if asked.place.parent_org_id is None else "all"


def _depth(asked: Asked) -> str:
    deep = asked.address.more.get("deep", "")
    return deep if deep in _DEPTHS else _usual(asked)


def _tree(asked: Asked, units: Sequence[Unit]) -> Table:
    deep = _depth(asked)
    most = 99 if deep == "all" else int(deep)
    shown = [unit for unit in units if unit.place.depth - asked.place.depth <= most]
    judged = any(unit.light is not None for unit in units)
    columns = (
        Column("name", "党组织", link="open", width=170, grows=True, pinned=True),
        Column("kind", "类别", width=110),
        Column("light", "组织设置", "light", width=104, hidden=not judged, explains=_OF_LIGHT),
        Column("members", "党员", "integer", width=90, origin="members"),
        Column("branches", "支部", "integer", width=84),
        Column("red", "红灯支部", "integer", width=96, better="down"),
        Column("yellow", "黄灯支部", "integer", width=96, better="down"),
        Column("until", "任期届满", "date", width=114),
        Column("days", "剩余", "integer", "天", width=96),
        Column("secretary", "书记", width=110),
        Column("breaches", "设置不规范", width=180),
    )
    return Table(
        "tree",
        "组织树",
        columns=columns,
        rows=[_row(asked, unit) for unit in shown],
        selected=asked.place.org_id,
        origin_month=asked.month,
        height=612 if len(shown) > 15 else 0,
        note=f"{len(shown)} 个 · 按隶属关系缩进",
        empty="没有下级组织",
    )


def _row(asked: Asked, unit: Unit) -> dict[str, object]:
    place = unit.place
    return {
        "org_id": place.org_id,
        "name": "　" * (place.depth - asked.place.depth) + place.short_name,
        "open": asked.address.to(home_of(place), place.org_id),
        "kind": kind_of(place),
        "light": _light(unit),
        "members": unit.members,
        "branches": unit.branches,
        "red": unit.red,
        "yellow": unit.yellow,
        "until": unit.term_until,
        "days": unit.term_days,
        "secretary": secretary_words(unit),
        "breaches": "、".join(BREACHES[name] for name in unit.breaches),
    }


def _light(unit: Unit) -> int:
    """The district itself is not judged; of others the light may be missing."""
    if unit.light is None:
        return int(Light.NA if unit.place.parent_org_id is None else Light.NODATA)
    return int(unit.light)


def _breaches(asked: Asked, units: Sequence[Unit]) -> Table:
    broken = [unit for unit in units if unit.breaches]
    rows = [{**_row(asked, unit), "name": unit.place.short_name} for unit in broken]
    columns = (
        Column("name", "党组织", link="open", width=180, pinned=True),
        Column("kind", "类别", width=104),
        Column("members", "党员", "integer", width=84, origin="members"),
        Column("breaches", "不符合", width=180, grows=True),
    )
    kinds = [
        f"{word} {n}" for name, word in BREACHES.items() if (n := sum(name in u.breaches for u in broken))
    ]
    return Table(
        "breaches",
        "设置不规范",
        columns=columns,
        rows=rows,
        span=7,
        origin_month=asked.month,
        height=0 if len(rows) <= 8 else 346,
        note=" · ".join(kinds) or f"{integer(len(units) - 1)} 个组织",
        empty="没有超出人数、联建单位或支委会规定的组织",
    )
