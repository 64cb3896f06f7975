"""A read model with warnings of lights and of the operational system beside an empty workbench, and L-05 over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dashboard.leadership.address import Address
from dashboard.leadership.look import Look
from dashboard.leadership.pages import warnings as page
from dashboard.leadership.parts import Numbers, Part, Table
from dashboard.leadership.registry import Asked
from dashboard.profile import load_profile
from data.accounts.store import open_accounts
from data.readmodel import schema
from data.readmodel.scoped import ScopedReader, open_scoped
from data.viewer import Role, Viewer
from data.workbench.workbench import Workbench
from tests.readmodel_district import NOW, fill

ENDED = ("rectified", "closed", "invalid")
MONTH = "2026-10"
Row = dict[str, Any]


@dataclass
class District:
    """A read model with warnings of lights and of the operational system, and an empty workbench."""

    store: sa.Engine
    bench: Workbench
    root: int
    committee: int
    branch: int

    def rows(self, org_id: int) -> list[Row]:
        """Warnings of a subtree, by hand."""
        w, n = schema.org_warnings, schema.nodes
        with self.store.connect() as connection:
            nodes = {row.org_id: row for row in connection.execute(sa.select(n))}
            found = [row._asdict() for row in connection.execute(sa.select(w))]
        here = nodes[org_id]
        return [row for row in found if here.position <= nodes[row["org_id"]].position < here.subtree_end]

    def parts(self, role: Role = "district_org_dept", org: int | None = None, **more: str) -> dict[str, Part]:
        """The page as a role sees it; ``org`` is the root of what it may see."""
        with self.seen(role, org or self.root, **more) as (reader, asked):
            return {part.slug: part for part in page.build(reader, asked)}

    @contextmanager
    def seen(
        self, role: Role, org: int, month: str = MONTH, **more: str
    ) -> Iterator[tuple[ScopedReader, Asked]]:
        """The reader of a role with this root, and what the page is asked."""
        with open_scoped(self.store, Viewer(1, "x", "某账号", role, org)) as reader:
            yield (
                reader,
                Asked(
                    address=Address("warnings", month=month, more=more),
                    place=reader.root,
                    month=month,
                    closed=MONTH,
                    profile=load_profile("haishu"),
                    look=Look(),
                    now=NOW,
                    viewer=reader.viewer,
                    workbench=self.bench,
                ),
            )


def warned() -> Iterator[District]:
    """The district while it is used."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    made = fill(engine, towns=3, branches=30, months=14)
    w = schema.org_warnings
    with engine.begin() as connection:
        climbed = sa.case((w.c.level == "red", w.c.warning_id % 4), else_=0)
        unfinished = w.c.state.not_in(ENDED)
        connection.execute(w.update().where(unfinished).values(escalation=climbed))
        # Every third follows from a light alone; some were false alarms.
        connection.execute(w.update().where(w.c.warning_id % 3 == 0).values(warning_id=-w.c.warning_id))
        connection.execute(w.update().where(w.c.warning_id % 17 == 0).values(state="invalid"))
        committees = connection.execute(
            sa.select(schema.nodes.c.org_id).where(schema.nodes.c.depth == 1)
        ).scalars()
        committee = next(iter(committees))
    bench = Workbench(open_accounts("sqlite://"), lambda: NOW)
    bench.prepare()
    yield District(engine, bench, 1000, committee, made.branches[0])
    engine.dispose()


def table(part: Part) -> Table:
    assert isinstance(part, Table)
    return part


def figure(parts: dict[str, Part], label: str) -> float | None:
    numbers = parts["figures"]
    assert isinstance(numbers, Numbers)
    return next(number.value for number in numbers.numbers if number.label == label)


def listed(part: Part) -> set[int]:
    return {int(str(row["warning_id"])) for row in table(part).rows}
