"""Members of every town as visitors may see them: a town of one to four is never told, nor what gives it away."""

from __future__ import annotations

import sqlalchemy as sa

from data.queries.figures_of_month import district_months
from data.queries.small_cells import small_cells
from data.readmodel.reader import Reader
from data.readmodel.schema import town_months

# Members of branches that belong to no town: with the total and the towns their number follows, too.
_ELSEWHERE = "elsewhere"


def members_by_town(reader: Reader, month: str) -> dict[int, float]:
    """By town id; towns whose number is withheld, or not known, are absent."""
    query = sa.select(town_months.c.town_id, town_months.c.members).where(town_months.c.period_month == month)
    known = {int(town): float(n) for town, n in reader.connection.execute(query) if n is not None}
    total = district_months(reader, ("members",), month).get(month, {}).get("members")
    counts = {str(town): n for town, n in known.items()}
    if total is not None:
        counts[_ELSEWHERE] = max(0.0, total - sum(known.values()))
    hidden = small_cells(counts).hidden
    return {town: n for town, n in known.items() if str(town) not in hidden}
