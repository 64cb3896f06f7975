"""Writing the restricted store: what each member's closed months say, when a month closed or was never written."""

from __future__ import annotations

from collections.abc import Sequence
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
        source = Source(
            connection,
            Calendar(first, now),
            Tree({}, {}),
            missing=missing_tables(connection),
            member_rules=catalogue.members,
        )
        cube, held = read_facts(source, None, wanted)
        numbers = source.rows(sa.select(members_table.c.member_id, members_table.c.member_no))
    with read_model_errors(store), store.begin() as target:
        for table, span in ((member_months, kept), (member_results, kept[-KEPT_RESULTS:])):
            stale = sa.or_(table.c.period_month.not_in(span), table.c.period_month.in_(wanted))
            target.execute(table.delete().where(stale))
        _write_keys(target, cube, {row.member_id: row.member_no for row in numbers})
        for start in range(0, len(cube.members), CHUNK):
            _write_part(target, cube, held, start, wanted, kept[-KEPT_RESULTS:], catalogue.members)
    return wanted


def _written(store: sa.Engine) -> set[str]:
    with read_model_errors(store), store.connect() as connection:
        return {row[0] for row in connection.execute(sa.select(member_months.c.period_month).distinct())}


def _write_keys(target: sa.Connection, cube: MemberCube, numbers: dict[int, str]) -> None:
    target.execute(member_keys.delete())
    rows = [(int(k), numbers[int(k)]) for k in cube.members if int(k) in numbers]
    if rows:
        insert_many(target, member_keys, ["member_id", "member_no"], rows)


def _write_part(
    target: sa.Connection,
    cube: MemberCube,
    held: Enrolment,
    start: int,
    months: Sequence[str],
    detailed: Sequence[str],
    rules: MemberRules,
) -> None:
    """The months of some members: whoever is enrolled at the end of a month, under the branch of that day."""
    at = MemberSetting(cube.part(slice(start, start + CHUNK)))
    found = results(at, rules)
    columns: dict[str, Array] = {"light": worst_light(at, found)}
    for group, name in CLASSES.items():
        mine = [one.points for indicator, one in found.items() if rules[indicator].group == group]
        columns[name.replace("index", "points")] = np.where(at.scored, np.sum(mine, axis=0), np.nan)
    columns |= {"wj_score": wujin.year_score(at, rules), "ks_points": kunshan.points(at, rules)}
    single = {f"{name}_{part}": getattr(one, part) for name, one in found.items() for part in PARTS}
    mine_held = np.flatnonzero((held.member >= start) & (held.member < start + CHUNK))
    for month in months:
        j = list(cube.months).index(month)
        now = mine_held[held.counted[mine_held, j]]
        # One row a member: the register allows one formal membership at a time, the last one stands.
        branch = dict(zip((held.member[now] - start).tolist(), held.branch[now].tolist(), strict=True))
        _insert(target, member_months, at, branch, month, j, columns)
        if month in detailed:
            _insert(target, member_results, at, branch, month, j, single)


def _insert(
    target: sa.Connection,
    table: sa.Table,
    at: MemberSetting,
    branch: dict[int, int],
    month: str,
    j: int,
    columns: dict[str, Array],
) -> None:
    names = [name for name in columns if name in table.c]
    values = np.column_stack([columns[name][:, j].astype(float) for name in names])
    rows = []
    for row, org in sorted(branch.items()):
        cells = (None if cell != cell else cell for cell in values[row].tolist())
        rows.append((int(at.cube.members[row]), month, org, *cells))
    if rows:
        insert_many(target, table, ["member_id", "period_month", "branch_org_id", *names], rows)
