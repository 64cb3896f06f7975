"""Key figures of the left wing: how large the district is, and what happens in the open month."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.figures_of_month import (
    Amount,
    KeyFigure,
    amount_of,
    district_months,
    figure_of,
    grassroots,
    organisation_counts,
    trend_months,
)
from data.readmodel.reader import Reader
from data.readmodel.schema import towns
from data.scope import Scope


@dataclass(frozen=True)
class KeyFiguresLeft:
    """Four figures of the open month; ``attendance`` is present ÷ required so far this month."""

    organisations: KeyFigure
    members: KeyFigure
    divisions: KeyFigure
    villages: Amount
    communities: Amount
    signins: KeyFigure
    attendance: Amount


def load(reader: Reader, scope: Scope) -> KeyFiguresLeft:
    """Counts of persons and organisations in being now; the same in every exposure mode."""
    month = reader.version.open_month
    span = trend_months(month)
    counts = organisation_counts(reader, span[0], "type")
    rows = district_months(reader, ("members", "signins", "present", "required"), span[0])
    villages, communities = _divisions(reader)
    both = None if villages is None or communities is None else villages + communities
    return KeyFiguresLeft(
        organisations=figure_of("d_org_total", month, {m: grassroots(counts, m) for m in span}),
        members=figure_of("members", month, {m: amount_of(rows, m, "members") for m in span}),
        divisions=KeyFigure("divisions", Amount.of(both), month),
        villages=Amount.of(villages),
        communities=Amount.of(communities),
        # No change and no trend: a month that is not over is not compared with whole ones.
        signins=KeyFigure("signins", amount_of(rows, month, "signins"), month),
        attendance=amount_of(rows, month, "present", over="required"),
    )


def _divisions(reader: Reader) -> tuple[int | None, int | None]:
    """Villages and communities of the district; None when no town is known."""
    query = sa.select(sa.func.sum(towns.c.villages), sa.func.sum(towns.c.communities))
    villages, communities = reader.connection.execute(query).one()
    return villages, communities
