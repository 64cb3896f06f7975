"""Leadership pages of a small random district, projected once: any page for any viewer, its parts by slug."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import sqlalchemy as sa

from dashboard.leadership.address import Address
from dashboard.leadership.look import Look
from dashboard.leadership.parts import Part
from dashboard.leadership.registry import BY_SLUG, Asked
from dashboard.profile import load_profile
from data.clock import add_months
from data.readmodel import schema
from data.readmodel.scoped import BRANCH_TYPES, ScopedReader, open_scoped
from data.viewer import Role, Viewer
from tests.naive.district import District
from tests.naive.life import random_district
from tests.naive.projected import in_memory, new_source, new_store, projector, read_table

SEED = 11


@cache
def known() -> tuple[District, sa.Engine, sa.Engine]:
    """District, operational database, read model."""
    district = random_district(SEED)
    source, store = new_source(district.rows), new_store()
    projector(source, store, lambda: district.now).run()
    return district, source, store


def nodes() -> dict[int, dict[str, Any]]:
    """Organisations by id."""
    return {key[0]: dict(row) for key, row in read_table(known()[2], "nodes").items()}


def roots() -> list[int]:
    """The district, and of every kind of organisation below it the one with the most below."""
    best: dict[tuple[int, str], dict[str, Any]] = {}
    for node in nodes().values():
        kind = (node["depth"], node["org_type"])
        wide = node["subtree_end"] - node["position"]
        if kind not in best or wide > best[kind]["subtree_end"] - best[kind]["position"]:
            best[kind] = node
    return [node["org_id"] for node in best.values()]


def areas() -> list[int]:
    """Of `roots`, those above branches."""
    return [org for org in roots() if nodes()[org]["org_type"] not in BRANCH_TYPES]


def inside(root: int) -> set[int]:
    """Organisations of a subtree."""
    here, end = nodes()[root]["position"], nodes()[root]["subtree_end"]
    return {org for org, node in nodes().items() if here <= node["position"] < end}


@contextmanager
def seen_by(role: Role, org_id: int, store: sa.Engine | None = None) -> Iterator[ScopedReader]:
    """A reader of what this viewer sees."""
    with open_scoped(store or known()[2], Viewer(1, "someone", "某人", role, org_id)) as reader:
        yield reader


def asked(reader: ScopedReader, page: str, org: int | None = None, **parts: Any) -> Asked:
    """A question to a page: the last closed month unless told."""
    closed = add_months(reader.version.open_month, -1)
    services = {name: parts.pop(name) for name in ("evidence",) if name in parts}
    month = parts.pop("month", None)
    more = {name: parts.pop(name) for name in list(parts) if name not in Address.__dataclass_fields__}
    return Asked(
        address=Address(page, org, month, more=more, **parts),
        place=reader.place(org),
        month=month or closed,
        closed=closed,
        profile=load_profile("haishu"),
        look=Look(),
        now=known()[0].now,
        viewer=reader.viewer,
        **services,
    )


def built(reader: ScopedReader, page: str, org: int | None = None, **parts: Any) -> dict[str, Part]:
    """The parts of a page by slug, none twice."""
    found = list(BY_SLUG[page].build(reader, asked(reader, page, org, **parts)))
    assert len({part.slug for part in found}) == len(found)
    return {part.slug: part for part in found}


@contextmanager
def changed(**statements: sa.Executable) -> Iterator[sa.Engine]:
    """A copy of the read model after these statements, in the order of their names."""
    raw = known()[2].raw_connection()
    copy = in_memory(raw.driver_connection.serialize())  # type: ignore[union-attr]
    raw.close()
    with copy.begin() as connection:
        for name in sorted(statements):
            connection.execute(statements[name])
    yield copy
    copy.dispose()


def sums(root: int, month: str, *names: str) -> list[float]:
    """Columns of `branch_months` added up by hand over the branches of a subtree."""
    orgs = inside(root)
    rows = [row for key, row in read_table(known()[2], "branch_months").items() if key[0] in orgs]
    return [sum(row[name] or 0 for row in rows if row["period_month"] == month) for name in names]


EMPTY_TALLIES = sa.delete(schema.tallies)
