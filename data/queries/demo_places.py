"""Three organisations on which a demo shows what a role sees: the district, its largest committee, a branch in it."""

from __future__ import annotations

import sqlalchemy as sa

from data.queries.trace import BRANCH_TYPES, Place, root
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes


def load(reader: Reader) -> tuple[Place, Place, Place]:
    """District, committee directly below it with most organisations, its first branch that stands today.

    A district without such a committee or branch stands for both itself.
    """
    district = root(reader)
    size = nodes.c.subtree_end - nodes.c.position
    committee = _first(
        reader, nodes.c.depth == 1, nodes.c.dissolved_on.is_(None), order=(size.desc(), nodes.c.position)
    )
    above = committee or district
    inside = sa.and_(nodes.c.position > above.position, nodes.c.position < above.subtree_end)
    branch = _first(
        reader,
        inside,
        nodes.c.org_type.in_(BRANCH_TYPES),
        nodes.c.dissolved_on.is_(None),
        order=(nodes.c.established_on, nodes.c.position),
    )
    return district, above, branch or above


def _first(
    reader: Reader, *where: sa.ColumnElement[bool], order: tuple[sa.ColumnElement[object], ...]
) -> Place | None:
    columns = [nodes.c[name] for name in Place.__dataclass_fields__]
    row = reader.connection.execute(sa.select(*columns).where(*where).order_by(*order).limit(1)).first()
    return None if row is None else Place(*row)
