"""One member's closed month from the restricted store, beside the mean of the district; never for a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.driver_errors import read_model_errors
from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.readmodel.light import Light
from data.readmodel.member_store import CLASSES, PARTS, member_keys, member_months, member_results

# HS indicators of the store; the points of the others are no part of 锋领指数.
INDICATORS = tuple(MEMBER_FORMULAS)
READ_ROWS = 500


@dataclass(frozen=True)
class Item:
    """One indicator of the member; None where it does not apply or is kept no longer (two months)."""

    indicator: str
    value: float | None
    points: float | None
    average: float | None
    light: Light


@dataclass(frozen=True)
class Standing:
    """Member points of 昆山: of a year 100, their light (na outside June and December), rank within the branch, and
    the share (0-1) of the district's members with fewer."""

    points: float
    light: Light
    rank: int | None
    share_below: float | None


@dataclass(frozen=True)
class MemberMonth:
    """``classes`` pair own points of the year to date with the district's mean, in the order of CLASSES; ``standing``
    is None for whoever has no member points."""

    member_no: str
    month: str
    branch_org_id: int
    light: Light
    classes: tuple[tuple[float | None, float | None], ...]
    items: tuple[Item, ...]
    standing: Standing | None


_Row = Mapping[str, float | None]


@dataclass(frozen=True)
class _Means:
    """The district's means of one month, by column."""

    classes: _Row
    points: _Row

    @staticmethod
    def of(connection: sa.Connection, month: str) -> _Means:
        return _Means(
            _means(connection, member_months, [f"points_{name}" for name in CLASSES], month),
            _means(connection, member_results, [f"{name}_points" for name in INDICATORS], month),
        )


def load(store: sa.Engine, member_no: str, month: str) -> MemberMonth | None:
    """The month of one member; None for an unknown number or a month the store does not hold."""
    with read_model_errors(store), store.connect() as connection:
        row = connection.execute(_of_month(month).where(member_keys.c.member_no == member_no)).mappings()
        own = row.one_or_none()
        return None if own is None else _member(own, month, _Means.of(connection, month))


def load_all(store: sa.Engine, month: str) -> Iterator[MemberMonth]:
    """The month of every member in the store, by number; read in parts."""
    with read_model_errors(store), store.connect() as connection:
        means = _Means.of(connection, month)
        query = _of_month(month).order_by(member_keys.c.member_no)
        for own in connection.execution_options(yield_per=READ_ROWS).execute(query).mappings():
            yield _member(own, month, means)


def count_members(store: sa.Engine, month: str) -> int:
    """Members the store holds in the month."""
    query = sa.select(sa.func.count()).where(member_months.c.period_month == month)
    with read_model_errors(store), store.connect() as connection:
        return connection.execute(query).scalar_one()


def _of_month(month: str) -> sa.Select[Any]:
    """Everything known of each member in the month; the single indicators NULL where they are kept no longer."""
    m, r = member_months.c, member_results.c
    single = [r[f"{name}_{part}"] for name in INDICATORS for part in PARTS]
    same = sa.and_(r.member_id == m.member_id, r.period_month == m.period_month)
    joined = member_months.join(member_keys, member_keys.c.member_id == m.member_id)
    own = [column for column in m if column.name not in ("member_id", "period_month")]
    query = sa.select(member_keys.c.member_no, *own, *single)
    return query.select_from(joined.outerjoin(member_results, same)).where(m.period_month == month)


def _member(own: sa.RowMapping, month: str, means: _Means) -> MemberMonth:
    names = [f"points_{name}" for name in CLASSES]
    return MemberMonth(
        own["member_no"],
        month,
        int(own["branch_org_id"]),
        _light(own["light"]),
        tuple((own[name], means.classes[name]) for name in names),
        tuple(
            Item(
                name,
                own[f"{name}_value"],
                own[f"{name}_points"],
                means.points[f"{name}_points"],
                _light(own[f"{name}_light"]),
            )
            for name in INDICATORS
        ),
        _standing(own),
    )


def _standing(own: sa.RowMapping) -> Standing | None:
    if own["ks_points"] is None:
        return None
    rank = None if own["ks_rank"] is None else int(own["ks_rank"])
    return Standing(own["ks_points"], _light(own["ks_light"]), rank, own["ks_share_below"])


def _means(connection: sa.Connection, table: sa.Table, names: list[str], month: str) -> _Row:
    query = sa.select(*(sa.func.avg(table.c[name]).label(name) for name in names)).where(
        table.c.period_month == month
    )
    return dict(connection.execute(query).mappings().one())


def _light(value: float | None) -> Light:
    return Light.NA if value is None else Light(int(value))
