"""Headline figures of how it stands: life carried out, index, lights of branches and members, warnings (§10)."""

from __future__ import annotations

from statistics import median

import sqlalchemy as sa

from data.clock import add_months, first_day, months_between
from data.queries.figure_parts import Asked, Figure, Part, count, of_persons, share
from data.queries.figures_of_month import Amount, closed_month
from data.readmodel.schema import branch_months, nodes, org_warnings

INDEX_BANDS = ("below_10", "from_10", "from_20", "from_30", "from_50", "from_75", "from_100", "from_150")
WARNING_MONTHS = 3
SECONDS_PER_DAY = 86_400


def life_fulfilment(asked: Asked) -> list[Part]:
    """Eligible branches with organisation life in the month; a sum of activities would count one twice."""
    b = branch_months.c
    held = sa.func.sum(sa.case((b.life_activities >= 1, 1), else_=0))
    statement = sa.select(
        sa.func.count().label("d"), held.label("n"), sa.func.count(b.life_activities).label("known")
    )
    statement = statement.where(b.eligible == 1, b.period_month == asked.month)
    if asked.scope.focus_town is not None:
        statement = statement.join(nodes, nodes.c.org_id == b.org_id).where(
            nodes.c.town_id == asked.scope.focus_town
        )
    row = asked.reader.connection.execute(statement).one()
    if row.d and not row.known:
        return [share("rate", None, None)]
    return [share("rate", row.n or 0, row.d)]


def index_avg(asked: Asked) -> list[Part]:
    """Mean of the scored members, then how many of them stand in each of the eight bands."""
    names = [f"index_{band}" for band in INDEX_BANDS]
    row = asked.measures("index_points", "scored_members", *names)
    bands = [count(band, "members", row[f"index_{band}"]) for band in INDEX_BANDS]
    return [share("mean", row["index_points"], row["scored_members"], "points"), *of_persons(asked, bands)]


def _branches(light: str) -> Figure:
    """In the last closed month, whatever month is asked."""

    def figure(asked: Asked) -> list[Part]:
        months = [min(asked.month, closed_month(asked.reader))]
        row = asked.measures(light, "eligible", months=months)
        return [count("total", "branches", row[light]), share("share", row[light], row["eligible"])]

    return figure


def red_members(asked: Asked) -> list[Part]:
    row = asked.measures("red_members", "scored_members")
    total = of_persons(asked, [count("total", "members", row["red_members"])])
    return [*total, share("share", row["red_members"], row["scored_members"])]


def three_no(asked: Asked) -> list[Part]:
    """Each member once, then by kind."""
    names = {"three_no": "total", "long_unpaid": "unpaid", "long_absent": "absent", "task_red": "task"}
    row = asked.measures(*names)
    return of_persons(asked, [count(key, "members", row[name]) for name, key in names.items()])


def warning_closed_rate(asked: Asked) -> list[Part]:
    """Warnings about organisations raised in the last three closed months, and the median days until closed."""
    last = min(asked.month, closed_month(asked.reader))
    months = months_between(add_months(last, 1 - WARNING_MONTHS), last)
    row = asked.measures("warnings_closed", "warnings_raised", months=months)
    w = org_warnings.c
    statement = sa.select(w.raised_at, w.verified_at).where(
        w.state == "closed",
        w.verified_at.is_not(None),
        w.raised_at >= first_day(months[0]),
        w.raised_at < first_day(add_months(last, 1)),
    )
    if asked.scope.focus_town is not None:
        statement = statement.join(nodes, nodes.c.org_id == w.org_id).where(
            nodes.c.town_id == asked.scope.focus_town
        )
    lives = [
        (closed - raised).total_seconds() / SECONDS_PER_DAY
        for raised, closed in asked.reader.connection.execute(statement)
    ]
    days = Amount("value", median(lives)) if lives else Amount("na")
    return [share("rate", row["warnings_closed"], row["warnings_raised"]), Part("median", "days", days)]


FIGURES: dict[str, Figure] = {
    "d_life_fulfilment": life_fulfilment,
    "d_index_avg": index_avg,
    "d_red_branches": _branches("red_branches"),
    "d_yellow_branches": _branches("yellow_branches"),
    "d_red_members": red_members,
    "d_three_no_members": three_no,
    "d_warning_closed_rate": warning_closed_rate,
}
