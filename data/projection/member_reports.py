"""Writing the restricted store: what each member's closed months say, when a month closed or was never written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa

from data.clock import add_months, month_of
from data.contract import members as members_table
from data.driver_errors import read_model_errors, source_errors
from data.indicators.evaluate import Catalogue
from data.indicators.member import kunshan, wujin
from data.indicators.member.cube import Array, MemberCube
from data.indicators.member.judge import results, worst_light
from data.indicators.member.rules import MemberRules
from data.indicators.member.setting import MemberSetting
from data.projection.connected import missing_tables
from data.projection.directory import first_month
from data.projection.families.member_lights import CHUNK, read_facts
from data.projection.families.member_register import Enrolment
from data.projection.families.points import CLASSES
from data.projection.measure import Progress, silent
from data.projection.source import Calendar, Source
from data.projection.tree import Tree
from data.readmodel.member_store import (
    PARTS,
    member_keys,
    member_months,
    member_results,
    prepare_members,
)
from data.readmodel.sheet import insert_many

KEPT_MONTHS, KEPT_RESULTS = 13, 2


def write_closed_months(
    operational: sa.Engine,
    store: sa.Engine,
    catalogue: Catalogue,
    now: datetime,
    again: Sequence[str] = (),
    progress: Progress = silent,
) -> list[str]:
    """Write the closed months the store does not hold, and those named ``again`` after a correction; drop what is
    older than thirteen months (single indicators: two). Returns the months written."""
    prepare_members(store)
    open_month = month_of(now.date())
    kept = [add_months(open_month, -n) for n in range(KEPT_MONTHS, 0, -1)]
    with source_errors(operational), operational.connect() as connection, connection.begin():
        first = first_month(connection, kept[0])
        kept = [month for month in kept if month >= first]
        wanted = [month for month in kept if month in again or month not in _written(store)]
        if not wanted:
            return []
        cube, held, numbers = _read(connection, catalogue, Calendar(first, now), wanted)
    with read_model_errors(store), store.begin() as target:
        for table, span in ((member_months, kept), (member_results, kept[-KEPT_RESULTS:])):
            stale = sa.or_(table.c.period_month.not_in(span), table.c.period_month.in_(wanted))
            target.execute(table.delete().where(stale))
        _write_keys(target, cube, numbers)
        standing = _standing(cube, held, wanted, catalogue.members)
        for start in range(0, len(cube.members), CHUNK):
            progress("党员", start, len(cube.members))
            part = Part(start, MemberSetting(cube.part(slice(start, start + CHUNK))), held)
            mine = {name: values[start : start + CHUNK] for name, values in standing.items()}
            _write_part(target, part, mine, wanted, kept[-KEPT_RESULTS:], catalogue.members)
        progress("党员", len(cube.members), len(cube.members))
    return wanted


def _read(
    connection: sa.Connection, catalogue: Catalogue, calendar: Calendar, months: Sequence[str]
) -> tuple[MemberCube, Enrolment, dict[int, str]]:
    """Facts of everybody in these months, who was enrolled where, and the number of each member."""
    missing = missing_tables(connection)
    source = Source(connection, calendar, Tree({}, {}), missing=missing, member_rules=catalogue.members)
    cube, held = read_facts(source, None, months)
    numbers = source.rows(sa.select(members_table.c.member_id, members_table.c.member_no))
    return cube, held, {row.member_id: row.member_no for row in numbers}


def _written(store: sa.Engine) -> set[str]:
    with read_model_errors(store), store.connect() as connection:
        return {row[0] for row in connection.execute(sa.select(member_months.c.period_month).distinct())}


def _write_keys(target: sa.Connection, cube: MemberCube, numbers: dict[int, str]) -> None:
    target.execute(member_keys.delete())
    rows = [(int(k), numbers[int(k)]) for k in cube.members if int(k) in numbers]
    if rows:
        insert_many(target, member_keys, ["member_id", "member_no"], rows)


def _standing(
    cube: MemberCube, held: Enrolment, months: Sequence[str], rules: MemberRules
) -> dict[str, Array]:
    """Points of 昆山 with their light, rank and share below, members × months of the cube: ranks need everybody."""
    shape = (len(cube.members), len(cube.months))
    found = {name: np.full(shape, np.nan) for name in ("ks_points", "ks_light", "ks_rank", "ks_share_below")}
    for start in range(0, len(cube.members), CHUNK):
        part = slice(start, start + CHUNK)
        at = MemberSetting(cube.part(part))
        found["ks_points"][part] = points = kunshan.points(at, rules)
        found["ks_light"][part] = kunshan.judged(at, rules["ks_member_points"], points)
    for month in months:
        j = list(cube.months).index(month)
        branch = np.full(shape[0], -1)
        now = held.counted[:, j]
        branch[held.member[now]] = held.branch[now]
        found["ks_rank"][:, j], found["ks_share_below"][:, j] = kunshan.ranks(
            found["ks_points"][:, j], branch
        )
    return found


@dataclass(frozen=True)
class Part:
    """Members from row ``start`` of the cube on, their facts, and everybody's enrolment."""

    start: int
    at: MemberSetting
    held: Enrolment

    def branches(self, month: str) -> dict[int, int]:
        """Row of each member enrolled at the end of the month → branch."""
        start, held, j = self.start, self.held, list(self.at.cube.months).index(month)
        mine = (held.member >= start) & (held.member < start + self.at.shape[0]) & held.counted[:, j]
        now = np.flatnonzero(mine)
        # One row a member: the register allows one formal membership at a time, the last one stands.
        return dict(zip((held.member[now] - start).tolist(), held.branch[now].tolist(), strict=True))


def _write_part(
    target: sa.Connection,
    part: Part,
    standing: dict[str, Array],
    months: Sequence[str],
    detailed: Sequence[str],
    rules: MemberRules,
) -> None:
    """The months of some members: whoever is enrolled at the end of a month, under the branch of that day."""
    at = part.at
    found = results(at, rules)
    columns: dict[str, Array] = {"light": worst_light(at, found), **standing}
    for group, name in CLASSES.items():
        mine = [one.points for indicator, one in found.items() if rules[indicator].group == group]
        columns[name.replace("index", "points")] = np.where(at.scored, np.sum(mine, axis=0), np.nan)
    columns["wj_score"] = wujin.year_score(at, rules)
    single = {f"{name}_{each}": getattr(one, each) for name, one in found.items() for each in PARTS}
    for month in months:
        branch = part.branches(month)
        _insert(target, member_months, at, branch, month, columns)
        if month in detailed:
            _insert(target, member_results, at, branch, month, single)


def _insert(
    target: sa.Connection,
    table: sa.Table,
    at: MemberSetting,
    branch: dict[int, int],
    month: str,
    columns: dict[str, Array],
) -> None:
    j = list(at.cube.months).index(month)
    names = [name for name in columns if name in table.c]
    values = np.column_stack([columns[name][:, j].astype(float) for name in names])
    rows = []
    for row, org in sorted(branch.items()):
        cells = (None if cell != cell else cell for cell in values[row].tolist())
        rows.append((int(at.cube.members[row]), month, org, *cells))
    if rows:
        insert_many(target, table, ["member_id", "period_month", "branch_org_id", *names], rows)
