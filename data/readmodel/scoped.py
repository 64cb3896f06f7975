"""Reading for one viewer: every table is met only as far as the viewer's subtree goes.

Queries of the leadership pages take a `ScopedReader` and never the tables of the schema themselves (import-linter):
without a viewer there is no reader, without a reader no rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import sqlalchemy as sa

from data.errors import OutOfScope
from data.readmodel import schema
from data.readmodel.reader import Feed, Reader, Version, open_reader
from data.scope import Scope
from data.viewer import Viewer

Monthly = Literal["branch_months", "branch_results", "org_months", "committee_months", "district_months"]
BRANCH_TYPES = ("branch", "joint_branch", "temporary_branch")
# Tables with an organisation in each row; whatever is not here is not read through a scope.
_OF_ORGANISATIONS = (
    schema.branch_months,
    schema.branch_results,
    schema.org_months,
    schema.committee_months,
    schema.org_warnings,
    schema.listings,
)


@dataclass(frozen=True)
class Place:
    """An organisation of the tree; ``position`` and ``subtree_end`` enclose what stands below it."""

    org_id: int
    parent_org_id: int | None
    name: str
    short_name: str
    org_code: str
    org_type: str
    sector: str
    town_id: int | None
    depth: int
    position: int
    subtree_end: int

    @property
    def is_branch(self) -> bool:
        """Whether it has values of its own; others have the sums of their branches."""
        return self.org_type in BRANCH_TYPES

    @property
    def is_group(self) -> bool:
        """Whether it is a party group: a part of its branch, without a page of its own."""
        return self.org_type == "party_group"


_PLACE = [schema.nodes.c[name] for name in Place.__dataclass_fields__]


@dataclass(frozen=True)
class ScopedReader:
    """One transaction over one version, seen by one viewer. ``root`` is the top of the viewer's subtree."""

    _reader: Reader
    viewer: Viewer
    root: Place

    @property
    def version(self) -> Version:
        """The version all rows are of."""
        return self._reader.version

    @property
    def feed(self) -> Feed:
        """Whether the projector reaches its source."""
        return self._reader.feed

    @property
    def key(self) -> tuple[int, str, int]:
        """What a cached answer hangs on besides the question: version, role, root of the subtree."""
        return self.version.number, self.viewer.role, self.root.org_id

    def rows(self, statement: sa.Executable) -> list[Any]:
        """The rows of a statement over tables of this reader."""
        return list(self._reader.connection.execute(statement))

    def table(self, table: sa.Table, name: str | None = None) -> sa.Subquery:
        """A table of organisations, only rows of the viewer's subtree; ``name`` tells two uses of one table apart."""
        if table is schema.nodes:
            return sa.select(table).where(_inside(table, self.root)).subquery(name or table.name)
        if table not in _OF_ORGANISATIONS:
            raise OutOfScope(table.name, "not a table of organisations")
        inside = sa.select(schema.nodes.c.org_id).where(_inside(schema.nodes, self.root))
        return sa.select(table).where(table.c.org_id.in_(inside)).subquery(name or table.name)

    def columns(self, of: Monthly, names: Iterable[str]) -> sa.Subquery:
        """Organisation, month and only these columns of a table of months: a statement over a few columns is made and
        compared many times faster than one over all of them. Raises KeyError for a column there is not."""
        table = schema.METADATA.tables["org_months" if of == "district_months" else of]
        own = dict.fromkeys(("org_id", "period_month", *names))
        asked = sa.select(*(table.c[name] for name in own))
        if of == "district_months":
            return asked.where(table.c.org_id == self._reader.root_org_id).subquery(of)
        inside = sa.select(schema.nodes.c.org_id).where(_inside(schema.nodes, self.root))
        return asked.where(table.c.org_id.in_(inside)).subquery(of)

    @cached_property
    def nodes(self) -> sa.Subquery:
        """Organisations of the subtree, its root included."""
        return self.table(schema.nodes)

    @cached_property
    def branch_months(self) -> sa.Subquery:
        """Measures of the branches, by month."""
        return self.table(schema.branch_months)

    @cached_property
    def branch_results(self) -> sa.Subquery:
        """Value, points and light of the branches, by month."""
        return self.table(schema.branch_results)

    @cached_property
    def org_months(self) -> sa.Subquery:
        """Sums of what stands above branches, by month."""
        return self.table(schema.org_months)

    @cached_property
    def committee_months(self) -> sa.Subquery:
        """What committees are judged by themselves."""
        return self.table(schema.committee_months)

    @cached_property
    def org_warnings(self) -> sa.Subquery:
        """Warnings about organisations of the subtree."""
        return self.table(schema.org_warnings)

    @cached_property
    def listings(self) -> sa.Subquery:
        """Short lists of the subtree's organisations."""
        return self.table(schema.listings)

    @cached_property
    def district_months(self) -> sa.Subquery:
        """The sums of the whole district: the average everybody is compared with. One row a month."""
        own = schema.org_months.c.org_id == self._reader.root_org_id
        return sa.select(schema.org_months).where(own).subquery("district_months")

    @cached_property
    def town_months(self) -> sa.Subquery:
        """Sums of towns: those of which the viewer sees the whole committee."""
        inside = schema.town_months.c.town_id.in_(self.whole_towns)
        return sa.select(schema.town_months).where(inside).subquery("town_months")

    @cached_property
    def tallies(self) -> sa.Subquery:
        """Distributions: of the district (town 0) for a viewer of the district, else of the viewer's towns."""
        inside = schema.tallies.c.town_id.in_(
            [*self.whole_towns, *([0] if self.viewer.is_of_district else [])]
        )
        return sa.select(schema.tallies).where(inside).subquery("tallies")

    @property
    def months(self) -> sa.Table:
        """State of every month; nothing in it is of one organisation."""
        return schema.months

    @property
    def towns(self) -> sa.Table:
        """Names and seats of towns: geography, of no organisation."""
        return schema.towns

    @property
    def sources(self) -> sa.Table:
        """How far each operational table is read. Raises OutOfScope for a viewer of less than the district."""
        return self._of_operation(schema.sources)

    @property
    def quarantine(self) -> sa.Table:
        """Rows no figure counts, by table and reason. Raises OutOfScope for a viewer of less than the district."""
        return self._of_operation(schema.quarantine)

    @property
    def versions(self) -> sa.Table:
        """What was published when and what it cost. Raises OutOfScope for a viewer of less than the district."""
        return self._of_operation(schema.versions)

    def _of_operation(self, table: sa.Table) -> sa.Table:
        if not self.viewer.is_of_district:
            raise OutOfScope(table.name, "the operation of the whole district")
        return table

    @cached_property
    def step_names(self) -> sa.Subquery:
        """Steps of admission by name, in their order: words, of no organisation."""
        named = schema.listings.c.listing == "step_names"
        return sa.select(schema.listings).where(named).subquery("step_names")

    @cached_property
    def whole_towns(self) -> list[int]:
        """Towns whose committee, standing directly below the district, is in the subtree, and with it every
        organisation of the town: sums of a town count all of them, whoever they stand below."""
        n = self.nodes.c
        one = schema.nodes.c
        elsewhere = sa.and_(one.town_id.is_not(None), one.depth > 0, ~_inside(schema.nodes, self.root))
        others = sa.select(one.town_id).where(elsewhere)
        query = sa.select(n.town_id).where(n.depth == 1, n.town_id.is_not(None), n.town_id.not_in(others))
        return [int(row.town_id) for row in self.rows(query.distinct())]

    def of_district(self) -> tuple[Reader, Scope]:
        """Reader and scope of the district's panels. Raises OutOfScope for a viewer of less than the district."""
        if not self.viewer.is_of_district or self.root.org_id != self._reader.root_org_id:
            raise OutOfScope("district", "the viewer sees a part of it")
        return self._reader, Scope("drill_down")

    def standing(self, column: str, month: str, value: float) -> tuple[int, int]:
        """Of all branches of the district in a month: how many have less in a column of `branch_results`, how many
        have a value. Two counts: a branch learns where it stands and nothing of any other."""
        return self.standings({column: value}, month)[column]

    def standings(self, values: Mapping[str, float], month: str) -> dict[str, tuple[int, int]]:
        """`standing` of many columns in one statement."""
        if not values:
            return {}
        r = schema.branch_results.c
        counts: list[sa.ColumnElement[int]] = []
        for column, value in values.items():
            lower = sa.func.coalesce(sa.func.sum(sa.case((r[column] < value, 1), else_=0)), 0)
            counts += [lower, sa.func.count(r[column])]
        row = self.rows(sa.select(*counts).where(r.period_month == month))[0]
        return {name: (int(row[2 * i]), int(row[2 * i + 1])) for i, name in enumerate(values)}

    def place(self, org_id: int | None) -> Place:
        """An organisation of the subtree, None its root. Raises OutOfScope: unknown and forbidden look alike."""
        if org_id is None or org_id == self.root.org_id:
            return self.root
        found = self.rows(sa.select(*_of(self.nodes)).where(self.nodes.c.org_id == org_id))
        if not found:
            raise OutOfScope(str(org_id), "not an organisation of the viewer's subtree")
        return Place(*found[0])

    def path(self, place: Place) -> list[Place]:
        """The organisations from the viewer's root down to this one, both included."""
        n = self.nodes.c
        above = sa.and_(n.position <= place.position, n.subtree_end >= place.subtree_end)
        return [Place(*row) for row in self.rows(sa.select(*_of(self.nodes)).where(above).order_by(n.depth))]

    def below(self, place: Place, *, direct: bool = False) -> sa.ColumnElement[bool]:
        """Condition on `nodes`: what stands below this organisation, not itself; ``direct``: its children."""
        n = self.nodes.c
        if direct:
            return n.parent_org_id == place.org_id
        return sa.and_(n.position > place.position, n.position < place.subtree_end)


@contextmanager
def open_scoped(engine: sa.Engine, viewer: Viewer) -> Iterator[ScopedReader]:
    """A reader of what this viewer may see. Raises OutOfScope when the viewer's organisation is no more."""
    with open_reader(engine) as reader:
        org_id = reader.root_org_id if viewer.is_of_district else viewer.org_id
        found = reader.connection.execute(
            sa.select(*_PLACE).where(schema.nodes.c.org_id == org_id)
        ).one_or_none()
        if found is None:
            raise OutOfScope(str(viewer.org_id), "the account's organisation is not in the read model")
        yield ScopedReader(reader, viewer, Place(*found))


def _inside(nodes: sa.Table, root: Place) -> sa.ColumnElement[bool]:
    return sa.and_(nodes.c.position >= root.position, nodes.c.position < root.subtree_end)


def _of(nodes: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    return [nodes.c[name] for name in Place.__dataclass_fields__]
