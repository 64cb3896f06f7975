"""Warnings of a subtree as they stand today: the list behind the workbench, one of them, counts by organisation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

import numpy as np
import sqlalchemy as sa

from data.readmodel.scoped import Place, ScopedReader

# Not to be rectified any more; those over are finished altogether.
ENDED = ("rectified", "closed", "invalid")
OVER = ("closed", "invalid")
# As many as a page sends at once; of a longer list it is asked for blocks.
AT_ONCE = 500
Choice = Literal["open", "waiting", "taken", "done", "late", "escalated", "rectified", "over", "all"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
# Numbers of `Counts`.
_WIDE = 8
_PLACE = tuple(Place.__dataclass_fields__)
_OWN = (
    "warning_id", "level", "period", "state", "raised_at", "pushed_at", "acknowledged_at",
    "acknowledge_due_on", "rectify_due_on", "rectified_at", "verified_at", "escalation",
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One warning with the organisation it is about. ``town`` and ``superior`` are empty where there is none in
    sight; ``escalation`` 0 branch, 1 committee, 2 district, 3 weak_lax. A step not taken is None."""

    place: Place
    town: str
    superior: str
    indicator: str
    warning_id: int
    level: str
    period: str
    state: str
    raised_at: datetime
    pushed_at: datetime | None
    acknowledged_at: datetime | None
    acknowledge_due_on: date | None
    rectify_due_on: date | None
    rectified_at: datetime | None
    verified_at: datetime | None
    escalation: int

    @property
    def is_derived(self) -> bool:
        """Whether it follows from a light alone; the operational system knows nothing of it."""
        return self.warning_id < 0


@dataclass(frozen=True)
class Window:
    """Which rows of a list: ``count`` from ``first`` on, by these fields of `Listed` before urgency decides."""

    first: int
    count: int
    sort: Sequence[tuple[str, Literal["asc", "desc"]]] = ()


@dataclass(frozen=True)
class Listing:
    """A part of the warnings of a choice, and how many there are."""

    rows: tuple[Listed, ...]
    total: int


@dataclass(frozen=True)
class Bench:
    """Warnings somebody has acknowledged or closed at the workbench, of which the read model knows nothing."""

    taken: Collection[int] = ()
    done: Collection[int] = ()


@dataclass(frozen=True)
class Asked:
    """Which warnings are asked for. ``level`` "" is both, no ``indicators`` are all."""

    choice: Choice
    today: date
    bench: Bench
    level: str = ""
    indicators: Collection[str] = ()


@dataclass(frozen=True)
class Counts:
    """Open warnings today; ``climbed`` by level of escalation 1 to 3."""

    open: int
    red: int
    late: int
    taken: int
    done: int
    climbed: tuple[int, int, int]

    @property
    def escalated(self) -> int:
        """Those that have left their branch."""
        return sum(self.climbed)


def load(reader: ScopedReader, place: Place, asked: Asked, window: Window | None = None) -> Listing:
    """Warnings of this organisation and all below: highest escalation first, then red, then longest overdue. A field
    that nothing can be ordered by is passed over. Without a window all rows, or none where there are more than
    `AT_ONCE`."""
    w = reader.org_warnings.c
    chosen = [*within(reader, place), *_of(w, asked)]
    if asked.level:
        chosen.append(w.level == asked.level)
    if asked.indicators:
        chosen.append(w.indicator_id.in_(asked.indicators))
    total = reader.rows(sa.select(sa.func.count(w.warning_id)).where(*chosen))[0][0]
    if window is None and total > AT_ONCE:
        return Listing((), int(total))
    window = window or Window(0, AT_ONCE)
    urgent = (
        w.escalation.desc(), w.level, sa.func.coalesce(w.rectify_due_on, sa.literal(date.max)),
        w.raised_at.desc(), w.warning_id,
    )  # fmt: skip
    order = [*_ordered(reader, window), *urgent]
    query = _listed(reader).where(*chosen).order_by(*order).offset(window.first).limit(window.count)
    rows = reader.rows(query)
    return Listing(tuple(_warning(row) for row in rows), int(total))


def one(reader: ScopedReader, warning_id: int) -> Listed | None:
    """A warning of the viewer's subtree; None: there is none of this number, or it is not the viewer's."""
    found = reader.rows(_listed(reader).where(reader.org_warnings.c.warning_id == warning_id))
    return _warning(found[0]) if found else None


def now(
    reader: ScopedReader, place: Place, today: date, bench: Bench
) -> tuple[Counts, list[tuple[Place, Counts]]]:
    """Open warnings of this organisation and all below, then those of the organisations directly below that have
    any, in tree order."""
    w, n = reader.org_warnings.c, reader.nodes.c
    named = sa.select(*(n[name] for name in _PLACE)).where(reader.below(place, direct=True))
    children = [Place(*row) for row in reader.rows(named.order_by(n.position))]
    joined = sa.join(reader.org_warnings, reader.nodes, n.org_id == w.org_id)
    own = sa.select(n.position, *_counted(w, today, bench)).select_from(joined)
    rows = reader.rows(own.where(*within(reader, place), w.state.not_in(ENDED)).group_by(n.position))
    # Which child an organisation stands below is a search in a short list, and a slow join in a database.
    starts = [child.position for child in children]
    # The first line is the organisation itself.
    sums = np.zeros((len(children) + 1, _WIDE), dtype=int)
    for position, *numbers in rows:
        sums[bisect_right(starts, position)] += [int(number) for number in numbers]
    below = [(child, _counts(found)) for child, found in zip(children, sums[1:], strict=True) if found[0]]
    return _counts(sums.sum(axis=0)), below


def within(reader: ScopedReader, place: Place) -> list[sa.ColumnElement[bool]]:
    """Conditions on `org_warnings`: about this organisation or one below; the viewer's root needs none."""
    if place.org_id == reader.root.org_id:
        return []
    n = reader.nodes.c
    inside = sa.select(n.org_id).where(n.position >= place.position, n.position < place.subtree_end)
    return [reader.org_warnings.c.org_id.in_(inside)]


def _of(w: Any, asked: Asked) -> list[sa.ColumnElement[bool]]:
    unfinished, bench = w.state.not_in(ENDED), asked.bench
    conditions: dict[Choice, list[sa.ColumnElement[bool]]] = {
        "open": [unfinished],
        "waiting": [
            unfinished,
            w.acknowledged_at.is_(None),
            w.warning_id.not_in([*bench.taken, *bench.done]),
        ],
        "taken": [unfinished, w.warning_id.in_(bench.taken)],
        "done": [unfinished, w.warning_id.in_(bench.done)],
        "late": [unfinished, w.rectify_due_on < asked.today],
        "escalated": [unfinished, w.escalation > 0],
        "rectified": [w.state == "rectified"],
        "over": [w.state.in_(OVER)],
        "all": [],
    }
    return conditions[asked.choice]


def _ordered(reader: ScopedReader, window: Window) -> list[sa.ColumnElement[Any]]:
    w, n, t = reader.org_warnings.c, reader.nodes.c, reader.towns.c
    columns = {name: w[name] for name in _OWN} | {
        "indicator": w.indicator_id,
        "town": t.name,
        "name": n.short_name,
    }
    wanted = [(columns[field], way) for field, way in window.sort if field in columns]
    # What has no value comes last whichever way, on every engine.
    return [(column.desc() if way == "desc" else column.asc()).nulls_last() for column, way in wanted]


def _listed(reader: ScopedReader) -> sa.Select[Any]:
    n, w, t = reader.nodes.c, reader.org_warnings.c, reader.towns.c
    above = reader.nodes.alias("above")
    joined = (
        reader.org_warnings.join(reader.nodes, n.org_id == w.org_id)
        .outerjoin(above, above.c.org_id == n.parent_org_id)
        .outerjoin(reader.towns, t.town_id == n.town_id)
    )
    named = (t.name.label("town"), above.c.short_name.label("superior"), w.indicator_id)
    return sa.select(*(n[name] for name in _PLACE), *named, *(w[name] for name in _OWN)).select_from(joined)


def _warning(row: Any) -> Listed:
    wide = len(_PLACE)
    town, superior, indicator = row[wide : wide + 3]
    return Listed(Place(*row[:wide]), town or "", superior or "", indicator, *row[wide + 3 :])


def _counted(w: Any, today: date, bench: Bench) -> list[sa.ColumnElement[Any]]:
    def number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    climbed = [number(w.escalation == level) for level in (1, 2, 3)]
    at_bench = [number(w.warning_id.in_(ids)) for ids in (bench.taken, bench.done)]
    late = number(w.rectify_due_on < today)
    return [sa.func.count(w.warning_id), number(w.level == "red"), late, *at_bench, *climbed]


def _counts(row: Any) -> Counts:
    total, red, late, taken, done, *climbed = (int(value) for value in row)
    return Counts(total, red, late, taken, done, (climbed[0], climbed[1], climbed[2]))
