"""Leadership pages over the invented read model, whatever set a district judges by: parts by slug, rows by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import pandas as pd
import sqlalchemy as sa

from dashboard.leadership.address import Address
from dashboard.leadership.look import Look
from dashboard.leadership.parts import Number, Numbers, Part, Table
from dashboard.leadership.registry import BY_SLUG, Asked
from dashboard.profile import load_profile
from data.clock import add_months
from data.readmodel import schema
from data.readmodel.scoped import ScopedReader, open_scoped
from data.viewer import Role, Viewer
from tests.naive.projected import in_memory
from tests.readmodel_district import NOW, fill

# Organisations of the district: the root, the committee of the first town.
ROOT, TOWN = 1000, 1001


@cache
def store() -> sa.Engine:
    """Four towns, forty branches, two years; member scores of 武进 are those of its members' index."""
    engine = in_memory()
    fill(engine, towns=4, branches=40, months=25, seed=5)
    with engine.begin() as connection:
        for table in (schema.branch_months, schema.org_months):
            values = {"wj_member_scored": table.c.members, "wj_member_score_sum": 2 * table.c.index_points}
            connection.execute(sa.update(table).values(values))
    return engine


@contextmanager
def changed(*statements: sa.Executable) -> Iterator[sa.Engine]:
    """A copy of the read model after these statements."""
    raw = store().raw_connection()
    copy = in_memory(raw.driver_connection.serialize())  # type: ignore[union-attr]
    raw.close()
    with copy.begin() as connection:
        for statement in statements:
            connection.execute(statement)
    yield copy
    copy.dispose()


@contextmanager
def seen_by(
    role: Role = "district_leader", root: int = ROOT, engine: sa.Engine | None = None
) -> Iterator[ScopedReader]:
    """A reader of what this viewer sees."""
    with open_scoped(engine or store(), Viewer(1, "someone", "某人", role, root)) as reader:
        yield reader


def built(
    reader: ScopedReader,
    page: str,
    district: str,
    org: int | None = None,
    month: str | None = None,
    **more: str,
) -> dict[str, Part]:
    """The parts of a page by slug, none twice."""
    closed = add_months(reader.version.open_month, -1)
    named = {name: more.pop(name) for name in ("versus", "indicator") if name in more}
    asked = Asked(
        address=Address(page, org, month, more=more, **named),
        place=reader.place(org),
        month=month or closed,
        closed=closed,
        profile=load_profile(district),
        look=Look(),
        now=NOW,
        viewer=reader.viewer,
    )
    found = list(BY_SLUG[page].build(reader, asked))
    assert len({part.slug for part in found}) == len(found)
    return {part.slug: part for part in found}


def frame(table: sa.Table, engine: sa.Engine | None = None) -> pd.DataFrame:
    """A whole table."""
    with (engine or store()).connect() as connection:
        return pd.read_sql(sa.select(table), connection)


def inside(root: int) -> set[int]:
    """Organisations of a subtree."""
    nodes = frame(schema.nodes).set_index("org_id")
    here, end = nodes.position[root], nodes.subtree_end[root]
    return {int(org) for org in nodes.index[(nodes.position >= here) & (nodes.position < end)]}


def branches(root: int = ROOT) -> list[int]:
    """Branches of a subtree, in tree order."""
    nodes = frame(schema.nodes)
    return [int(org) for org in nodes.org_id[nodes.org_type == "branch"] if org in inside(root)]


def numbers(part: Part) -> Mapping[str, Number]:
    """Key figures by their label."""
    assert isinstance(part, Numbers)
    return {number.label: number for number in part.numbers}


def rows(part: Part) -> list[dict[str, Any]]:
    """Rows of a table."""
    assert isinstance(part, Table)
    return [dict(row) for row in part.rows]
