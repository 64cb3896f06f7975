"""One member's closed month from the restricted store, beside the mean of the district; never for a screen."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.driver_errors import read_model_errors
from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.readmodel.light import Light
from data.readmodel.member_store import CLASSES, member_keys, member_months, member_results

# HS indicators of the store; the points of the others are no part of 锋领指数.
INDICATORS = tuple(MEMBER_FORMULAS)


@dataclass(frozen=True)
class Item:
    """One indicator of the member; None where it does not apply or is kept no longer (two months)."""

    indicator: str
    value: float | None
    points: float | None
    average: float | None
    light: Light


@dataclass(frozen=True)
class MemberMonth:
    """``classes`` pair own points of the year to date with the district's mean, in the order of CLASSES."""

    member_no: str
    month: str
    branch_org_id: int
    light: Light
    classes: tuple[tuple[float | None, float | None], ...]
    items: tuple[Item, ...]


def load(store: sa.Engine, member_no: str, month: str) -> MemberMonth | None:
    """The month of one member; None for an unknown number or a month the store does not hold."""
    with read_model_errors(store), store.connect() as connection:
        key = connection.execute(
            sa.select(member_keys.c.member_id).where(member_keys.c.member_no == member_no)
        ).scalar_one_or_none()
        own = _row(connection, member_months, key, month)
        if own is None:
            return None
        single = _row(connection, member_results, key, month) or {}
        names = [f"points_{name}" for name in CLASSES]
        means = _means(connection, member_months, names, month)
        averages = _means(connection, member_results, [f"{name}_points" for name in INDICATORS], month)
    return MemberMonth(
        member_no,
        month,
        int(own["branch_org_id"] or 0),
        _light(own["light"]),
        tuple((own[name], means[name]) for name in names),
        tuple(
            Item(
                name,
                single.get(f"{name}_value"),
                single.get(f"{name}_points"),
                averages[f"{name}_points"],
                _light(single.get(f"{name}_light")),
            )
            for name in INDICATORS
        ),
    )


def _row(
    connection: sa.Connection, table: sa.Table, key: int | None, month: str
) -> dict[str, float | None] | None:
    query = sa.select(table).where(table.c.member_id == key, table.c.period_month == month)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else dict(row)


def _means(
    connection: sa.Connection, table: sa.Table, names: list[str], month: str
) -> dict[str, float | None]:
    query = sa.select(*(sa.func.avg(table.c[name]).label(name) for name in names)).where(
        table.c.period_month == month
    )
    return dict(connection.execute(query).mappings().one())


def _light(value: float | None) -> Light:
    return Light.NA if value is None else Light(int(value))
