"""The restricted store: what is known of single members, for reports to them and their branch secretaries only.

A database of its own, apart from the read model every screen opens: no screen is given its address. Members stand in
it by key and number, never by name.
"""

from __future__ import annotations

import sqlalchemy as sa

from data.driver_errors import read_model_errors
from data.engine import open_existing
from data.indicators.member.catalogue import MEMBER_FORMULAS

METADATA = sa.MetaData()
CLASSES = ("life", "post", "conduct", "contribution")
PARTS = ("value", "points", "light")

_KEY = (
    ("member_id", sa.BigInteger()),
    ("period_month", sa.String(7)),
)


def _table(name: str, *columns: sa.Column[object]) -> sa.Table:
    keys = [sa.Column(key, kind, primary_key=True, autoincrement=False) for key, kind in _KEY]
    branch = sa.Column("branch_org_id", sa.BigInteger, nullable=False, index=True)
    return sa.Table(name, METADATA, *keys, branch, *columns)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Float)


member_keys = sa.Table(
    "member_keys",
    METADATA,
    sa.Column("member_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("member_no", sa.String(32), nullable=False),
)
# Light (`Light`), points of the year to date by class, and the two scores; of the points of 昆山 also the light, the
# rank within the branch (1 is best) and the share (0-1) of the district's members with fewer. The last thirteen
# closed months.
member_months = _table(
    "member_months",
    sa.Column("light", sa.SmallInteger, nullable=False),
    *(_number(f"points_{name}") for name in CLASSES),
    _number("wj_score"),
    _number("ks_points"),
    _number("ks_light"),
    _number("ks_rank"),
    _number("ks_share_below"),
)
# Value, points and light of every indicator; the last two closed months.
member_results = _table(
    "member_results", *(_number(f"{name}_{part}") for name in MEMBER_FORMULAS for part in PARTS)
)


def prepare_members(engine: sa.Engine) -> None:
    """Make the tables of an empty store; one with other columns is emptied, for it is a projection."""
    with read_model_errors(engine):
        inspector = sa.inspect(engine)
        for table in METADATA.tables.values():
            if inspector.has_table(table.name):
                found = {column["name"] for column in inspector.get_columns(table.name)}
                if found != {column.name for column in table.c}:
                    METADATA.drop_all(engine)
                    break
        METADATA.create_all(engine)


def open_members(url: str) -> sa.Engine:
    """An engine that only reads the restricted store; for reports, never for a screen."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        return open_existing(url)
    return sa.create_engine(url, pool_pre_ping=True)
