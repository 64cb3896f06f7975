"""The newest red light of a branch, which interrupts the wall for those inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.readmodel.reader import Reader
from data.readmodel.schema import nodes, org_warnings
from data.scope import Scope

# Lights of one closing come together: they are one interruption.
TOGETHER = timedelta(minutes=10)
_MOST = 500
_OVER = ("closed", "invalid", "rectified")


@dataclass(frozen=True)
class RedLight:
    """One red light of a branch."""

    raised_at: datetime
    organisation: str
    indicator: str


@dataclass(frozen=True)
class Interruption:
    """The newest red light and how many others came with it."""

    light: RedLight
    others: int


def load(reader: Reader, scope: Scope) -> Interruption | None:
    """None where no light may be named or none is red."""
    lights = newest(reader, _MOST) if scope.names_lights else []
    if not lights:
        return None
    first = lights[0]
    return Interruption(first, sum(first.raised_at - row.raised_at <= TOGETHER for row in lights) - 1)


def newest(reader: Reader, limit: int) -> list[RedLight]:
    """Red lights of branches that are on, newest first."""
    query = (
        sa.select(org_warnings.c.raised_at, nodes.c.short_name, org_warnings.c.indicator_id)
        .join(nodes, nodes.c.org_id == org_warnings.c.org_id)
        .where(
            org_warnings.c.level == "red",
            org_warnings.c.state.not_in(_OVER),
            nodes.c.org_type.like("%branch"),
            nodes.c.org_type != "general_branch",
        )
        .order_by(org_warnings.c.raised_at.desc(), org_warnings.c.warning_id.desc())
        .limit(limit)
    )
    return [RedLight(*row) for row in reader.connection.execute(query)]
