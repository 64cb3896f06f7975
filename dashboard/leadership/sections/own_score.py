"""The score of one organisation: its means with their change, its standing, its course beside superior and district."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import mean

from dashboard.leadership.evaluated import Evaluated, of_year, period_of
from dashboard.leadership.figures.quarter_lines import draw_quarters
from dashboard.leadership.parts import Figure, Number, Numbers, Origin
from dashboard.leadership.scoring import quarter_words, than_quarter
from data.errors import OutOfScope
from data.queries.leadership import standings
from data.queries.leadership.standings import Score, places
from data.readmodel.scoped import Place


def means(seen: Evaluated, own: Mapping[str, Score]) -> list[Number]:
    """Total and its means with their change, of one organisation; of a year the mean of its quarters only."""
    asked, scoring = seen.asked, seen.scoring
    than = "较上年" if seen.is_yearly else than_quarter(asked, seen.end)

    def number(label: str, of: str, name: str) -> Number:
        here, before = (_mean(seen, own, end, name) for end in (seen.end, seen.before))
        change = None if here is None or before is None else here - before
        origin = None if seen.is_yearly else Origin(of, asked.place.org_id, seen.end)
        return Number(
            label, here, "decimal", "分", 1, change, than, origin=origin, why="没有得分",
            note=f"满分{scoring.full:g}" if name == "total" else "",
        )  # fmt: skip

    found = [number(scoring.name, scoring.of, "total")]
    if scoring.measured.adds_members:
        found.append(number("得分" if asked.place.is_branch else scoring.branch, scoring.of, "mean"))
    if not seen.is_yearly:
        found.append(number(scoring.member, scoring.measured.members[0], "member_mean"))
    return found


def _mean(seen: Evaluated, own: Mapping[str, Score], end: str, name: str) -> float | None:
    """One of the means at the end of a quarter, or over the quarters of its year."""
    ends = of_year(end) if seen.is_yearly else [end]
    values = [getattr(own[month], name) for month in ends if month in own]
    known = [value for value in values if value is not None]
    return mean(known) if known else None


def branch_figures(seen: Evaluated) -> Numbers:
    """Own score, place among the siblings where they may be seen, standing among all branches."""
    asked, reader, measured = seen.asked, seen.reader, seen.scoring.measured
    own = standings.own(reader, asked.place, measured, [seen.before, seen.end])
    numbers = means(seen, own)
    now = own.get(seen.end)
    if now is not None and now.mean is not None:
        lower, known = reader.standing(measured.column, seen.end, now.mean - 0.005)
        numbers.append(
            Number(f"高于{asked.profile.words.whole}支部", lower / known if known else None, "share",
                   why="没有可比的支部", note=f"{known} 个支部")
        )  # fmt: skip
    parent = _parent(seen)
    if parent is not None:
        ranked = {
            one.place.org_id: one.scores[seen.end].total or 0.0
            for one in standings.below(reader, parent, measured, [seen.end])
            if seen.end in one.scores and one.scores[seen.end].is_ranked
        }
        place = places(ranked).get(asked.place.org_id)
        numbers.append(
            Number(
                "同级名次", place, unit="名", better="neither", note=f"共 {len(ranked)}", why="本季度不排名"
            )
        )
    return Numbers("figures", "", numbers=numbers, note=period_of(seen))


def _parent(seen: Evaluated) -> Place | None:
    """The superior, where it is the viewer's to see."""
    try:
        return seen.reader.place(seen.asked.place.parent_org_id)
    except OutOfScope:
        return None


def course(seen: Evaluated) -> Figure:
    """Own course beside the superior's and the district's."""
    asked, reader, measured = seen.asked, seen.reader, seen.scoring.measured
    look = asked.look
    own = standings.own(reader, asked.place, measured, seen.ends)
    district = standings.of_district(reader, measured, seen.ends)
    courses = [(asked.profile.words.average, look.district, district)]
    parent = _parent(seen) if asked.place.parent_org_id is not None else None
    if parent is not None and parent.depth and parent != asked.place:
        courses.append(("上级", look.superior, standings.own(reader, parent, measured, seen.ends)))
    if asked.place.depth:
        courses.append(("本支部" if asked.place.is_branch else "本级", look.own, own))
    lines = [
        (name, color, [scores[end].total if end in scores else None for end in seen.ends])
        for name, color, scores in courses
    ]
    known = any(value is not None for _, _, values in lines for value in values)
    return Figure(
        "course",
        f"{seen.scoring.name}走势",
        figure=draw_quarters(look, seen.ends, lines) if known else None,
        describes="；".join(f"{name}{quarter_words(seen.end)}{values[-1]}分" for name, _, values in lines),
        span=7 if asked.place.is_branch else 12,
        note="近八季",
        empty="近八季没有得分",
    )
