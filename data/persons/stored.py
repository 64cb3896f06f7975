"""What the restricted store knows of members: points, lights and where they stand among the district's members."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.driver_errors import read_model_errors
from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.persons.file import ClassPoints, Item
from data.readmodel.light import Light
from data.readmodel.member_store import CLASSES, member_months, member_results

_M, _R = member_months.c, member_results.c


class Stored:
    """Reads one month of one member, and of one branch. Raises ReadModelUnreachable."""

    def __init__(self, store: sa.Engine) -> None:
        self._store = store

    def _rows(self, query: sa.Select[Any]) -> list[Any]:
        with read_model_errors(self._store), self._store.connect() as connection:
            return list(connection.execute(query).mappings())

    def branch_of(self, member_id: int) -> int | None:
        """The branch of the member's newest month; None for nobody the store knows."""
        query = sa.select(_M.branch_org_id).where(_M.member_id == member_id)
        rows = self._rows(query.order_by(_M.period_month.desc()).limit(1))
        return int(rows[0]["branch_org_id"]) if rows else None

    def lights(self, member_id: int) -> tuple[tuple[str, Light], ...]:
        """Months the store holds, oldest first, with the member's light."""
        query = sa.select(_M.period_month, _M.light).where(_M.member_id == member_id)
        rows = self._rows(query.order_by(_M.period_month))
        return tuple((row["period_month"], Light(int(row["light"]))) for row in rows)

    def classes(self, member_id: int, month: str) -> tuple[ClassPoints, ...]:
        """The four classes in their order; empty for a month without the member."""
        names = [f"points_{name}" for name in CLASSES]
        rows = self._rows(
            sa.select(*(_M[name] for name in names)).where(
                _M.member_id == member_id, _M.period_month == month
            )
        )
        if not rows:
            return ()
        own = rows[0]
        asked = []
        for name in names:
            fewer = (
                sa.func.sum(sa.case((_M[name] < own[name], 1), else_=0))
                if own[name] is not None
                else sa.null()
            )
            asked += [fewer.label(f"{name}_fewer"), sa.func.count(_M[name]).label(f"{name}_known")]
            asked.append(sa.func.avg(_M[name]).label(f"{name}_mean"))
        (all_,) = self._rows(sa.select(*asked).where(_M.period_month == month))
        return tuple(
            ClassPoints(short, own[name], all_[f"{name}_mean"], _share(all_, name))
            for short, name in zip(CLASSES, names, strict=True)
        )

    def items(self, member_id: int, month: str, hidden: frozenset[str]) -> tuple[Item, ...]:
        """All indicators of a month the store keeps in detail; empty for another. What is hidden is not selected."""
        shown = [name for name in MEMBER_FORMULAS if name not in hidden]
        columns = [_R[f"{name}_{part}"] for name in shown for part in ("value", "points", "light")]
        rows = self._rows(sa.select(*columns).where(_R.member_id == member_id, _R.period_month == month))
        if not rows:
            return ()
        own = rows[0]
        (means,) = self._rows(
            sa.select(*(sa.func.avg(_R[f"{name}_points"]).label(name) for name in shown)).where(
                _R.period_month == month
            )
        )
        return tuple(
            Item(name, None, None, None, Light.NA, hidden=True)
            if name in hidden
            else Item(
                name, own[f"{name}_value"], own[f"{name}_points"], means[name], _light(own[f"{name}_light"])
            )
            for name in MEMBER_FORMULAS
        )

    def of_branch(self, branch: int, month: str) -> dict[int, tuple[float | None, Light]]:
        """Points of the year to date and light by member, of those the branch had at the end of the month."""
        parts = [_M[f"points_{name}"] for name in CLASSES]
        query = sa.select(_M.member_id, _M.light, *parts)
        rows = self._rows(query.where(_M.branch_org_id == branch, _M.period_month == month))
        found = {}
        for row in rows:
            known = [row[part.name] for part in parts if row[part.name] is not None]
            found[int(row["member_id"])] = (sum(known) if known else None, Light(int(row["light"])))
        return found


def _share(row: Any, name: str) -> float | None:
    fewer, known = row[f"{name}_fewer"], row[f"{name}_known"]
    return fewer / known if fewer is not None and known else None


def _light(value: float | None) -> Light:
    return Light.NA if value is None else Light(int(value))
