"""The units of a quarterly report: score and place of each, what it got of every node, its problems."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from dashboard.leadership.parts import Column, Table
from dashboard.leadership.registry import Asked
from dashboard.leadership.scoring import Scoring, before_of, quarter_words, scoring_of, than_quarter
from data.indicators.nodes import NODES
from data.queries.leadership import quarter_nodes, standings
from data.queries.leadership.problems import Problem
from data.queries.leadership.standings import Scored, places
from data.queries.leadership.sums import branches_below, committees_below
from data.readmodel.scoped import Place, ScopedReader

# Nodes in two or three letters, for a head of nine columns.
_HEADS = {
    "hj_n01_assembly": "大会",
    "hj_n02_committee": "支委会",
    "hj_n03_group": "小组会",
    "hj_n04_lecture": "党课",
    "hj_n05_theme_day": "党日",
    "hj_n06_study": "学习",
    "hj_n07_volunteer": "志愿",
    "hj_n08_community": "社区",
    "hj_n09_posts": "信息",
}
Rates = Mapping[int, Mapping[str, float | None]]


def units_part(reader: ScopedReader, asked: Asked, end: str, problems: Sequence[Problem] | None) -> Table:
    """What stands directly below; ``problems`` None: the quarter is running, nothing is scored or listed yet."""
    scoring, closed = scoring_of(asked.profile), problems is not None
    month, before = (end if closed else asked.month), before_of(asked, end)
    found = standings.below(reader, asked.place, scoring.measured, [before, month])
    found = [one for one in found if month in one.scores]
    now, then = (_places(found, at) if closed else {} for at in (month, before))
    weights = _weights(asked)
    rates = _rates(reader, asked.place, found, month, weights, closed)
    found.sort(key=lambda one: (one.is_unit, now.get(one.place.org_id, 1_000_000), one.place.position))
    rows = [
        _row(asked, one, month, now, then, problems or ()) | dict(rates.get(one.place.org_id, {}))
        for one in found
    ]
    when = quarter_words(end) if closed else f"{quarter_words(end)}进行中，季末计分"
    return Table(
        "units",
        "各单位计分",
        columns=_columns(asked, scoring, closed, end, weights),
        rows=rows,
        origin_month=month,
        note=f"{when}，{len(rows)} 个" + ("，各项为得分率" if weights else ""),
        empty="没有下级党组织在这一季度有数据",
    )


def _places(found: Sequence[Scored], end: str) -> dict[int, int]:
    """Places at the end of a quarter, towns and direct units apart."""
    ranked: dict[int, int] = {}
    for unit in (False, True):
        totals = {
            one.place.org_id: score.total
            for one in found
            if one.is_unit == unit and (score := one.scores.get(end)) is not None and score.is_ranked
        }
        ranked |= places({org_id: total for org_id, total in totals.items() if total is not None})
    return ranked


def _row(
    asked: Asked,
    one: Scored,
    month: str,
    now: Mapping[int, int],
    then: Mapping[int, int],
    problems: Sequence[Problem],
) -> dict[str, object]:
    org_id, score, was = one.place.org_id, one.scores[month], one.scores.get(before_of(asked, month))
    place, place_before = now.get(org_id), then.get(org_id)
    # The list is in tree order: a subtree is a slice of it.
    first, end = (
        bisect_left(problems, at, key=_position) for at in (one.place.position, one.place.subtree_end)
    )
    mine = problems[first:end]
    change = None
    if place and score.total is not None and was is not None and was.total is not None:
        change = round(score.total - was.total, 2)
    words = asked.profile.words
    return {
        "org_id": org_id,
        "name": one.place.short_name,
        "open": asked.address.but(org=org_id, state=None),
        "kind": f"{words.direct}单位" if one.is_unit else words.towns,
        "place": place,
        "climbed": place_before - place if place and place_before else None,
        "total": score.total,
        "change": change,
        "branches": score.branches,
        "problems": len(mine),
        "unsolved": sum(not p.is_closed for p in mine),
    }


def _position(problem: Problem) -> int:
    return problem.place.position


def _columns(
    asked: Asked, scoring: Scoring, closed: bool, end: str, weights: Mapping[str, float]
) -> Sequence[Column]:
    district, rules = asked.place.depth == 0, asked.profile.every_rule
    return (
        Column("name", "党组织", link="open", grows=True, width=76, pinned=True),
        Column("kind", "类别", width=88, hidden=not district),
        Column("place", "名次", "integer", width=66, hidden=not closed),
        Column("climbed", "升降", "change", digits=0, width=66, hidden=True),
        Column("total", scoring.name, "decimal", digits=2, width=100, origin=scoring.of, hidden=not closed),
        Column("change", than_quarter(asked, end), "change", digits=2, width=104, hidden=True),
        Column("branches", "支部", "integer", width=66, hidden=True),
        Column("problems", "问题", "integer", width=66, better="down", hidden=not closed),
        Column("unsolved", "未销号", "integer", width=84, better="down", hidden=not closed),
        *(
            Column(
                name,
                _HEADS[name],
                "share",
                width=86 if len(_HEADS[name]) > 2 else 70,
                explains=f"{rules[name].short}，满分{weight:g}",
            )
            for name, weight in weights.items()
        ),
    )  # fmt: skip


def _weights(asked: Asked) -> dict[str, float]:
    if "hj" not in asked.profile.sets:
        return {}
    return {name: asked.profile.rule(name).weight for name in NODES}


def _rates(
    reader: ScopedReader,
    place: Place,
    units: Sequence[Scored],
    month: str,
    weights: Mapping[str, float],
    closed: bool,
) -> Rates:
    """Shares of the points of each node by organisation."""
    if not weights:
        return {}
    parts = ("value", "score")
    sums = [f"{name}_{part}_{of}" for name in weights for part in parts for of in ("sum", "count")]
    areas = committees_below(reader, place, sums, month)
    own = [f"{name}_{part}" for name in weights for part in parts]
    below = branches_below(reader, place, own, month) if any(one.place.is_branch for one in units) else []
    direct = [pair for pair in below if pair[0].parent_org_id == place.org_id]
    found: dict[int, Mapping[str, float | None]] = {}
    for pairs, is_branch in ((areas, False), (direct, True)):
        shares = quarter_nodes.rates([row for _, row in pairs], is_branch, closed, weights)
        found |= {one.org_id: share for (one, _), share in zip(pairs, shares, strict=True)}
    return found
