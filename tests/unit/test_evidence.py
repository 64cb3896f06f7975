"""Evidence: a list adds up to its number, lies in the viewer's subtree and holds nothing the role may not read."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import OutOfScope, SourceError
from data.projection.source import Block
from data.projection.trace import connection as connection_module
from data.projection.trace.connection import open_evidence
from data.projection.trace.evidence import Evidence
from data.projection.trace.ladder import COUNTED, Field
from data.projection.trace.listing import Cut, Listing
from data.projection.trace.tracing import TRACERS, is_of_persons, ladders, open_source
from data.readmodel.scoped import BRANCH_TYPES, open_scoped
from data.viewer import Role, Viewer
from tests.naive.district import District
from tests.naive.life import random_district
from tests.naive.projected import Table, new_source, new_store, projector, read_table

MEASURES = sorted(TRACERS)
ROLES: tuple[Role, ...] = ("district_leader", "district_org_dept", "committee_admin", "branch_secretary")
ALL = Cut(limit=10_000, counted=None)


@cache
def projected(seed: int) -> tuple[District, sa.Engine, sa.Engine]:
    district = random_district(seed)
    source, store = new_source(district.rows), new_store()
    projector(source, store, lambda: district.now).run()
    return district, source, store


class Witnessed(list[tuple[str, str, int, str]]):
    """What a witness would have kept."""

    def __call__(
        self,
        at: datetime,
        viewer: Viewer,
        action: str,
        *,
        page: str,
        org_id: int | None,
        subject: str,
        reason: str = "",
        outcome: str = "ok",
    ) -> None:
        self.append((viewer.role, action, org_id or 0, subject))


def viewer_of(role: Role, org_id: int) -> Viewer:
    return Viewer(1, "someone", "某人", role, org_id)


def looked(
    seed: int, role: Role, root: int, org: int, measure: str, month: str, cut: Cut = ALL
) -> tuple[Listing, Witnessed]:
    district, source, store = projected(seed)
    seen = Witnessed()
    evidence = Evidence(source, lambda: district.now, seen)
    with open_scoped(store, viewer_of(role, root)) as reader:
        return evidence.of(reader, org, measure, month, cut), seen


@cache
def read(seed: int, name: str) -> Table:
    return read_table(projected(seed)[2], name)


def published(seed: int, org: int, measure: str, month: str) -> float:
    """The number every screen shows."""
    rows = (read(seed, name).get((org, month)) for name in ("branch_months", "org_months"))
    return float(sum(float(row[measure] or 0) for row in rows if row is not None))


@cache
def nodes_of(seed: int) -> dict[int, dict[str, Any]]:
    """Organisations of the read model by id, the root first."""
    nodes = sorted(read(seed, "nodes").values(), key=lambda node: node["position"])
    return {node["org_id"]: dict(node) for node in nodes}


def root_of(seed: int) -> int:
    return int(next(iter(nodes_of(seed))))


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_list_adds_up_to_its_number_and_its_rows_lie_in_the_subtree(data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from([0, 7, 23358]))
    nodes = nodes_of(seed)
    org = data.draw(
        st.sampled_from([org for org, node in nodes.items() if node["org_type"] != "party_group"])
    )
    month = data.draw(st.sampled_from(projected(seed)[0].months[1:]))
    measure = data.draw(st.sampled_from(MEASURES))
    found, _ = looked(seed, "district_org_dept", 0, org, measure, month)
    number = published(seed, org, measure, month)
    counted = [row for row in found.rows if row["fate"] == COUNTED]
    assert sum(row["amount"] for row in counted) == pytest.approx(number)
    assert found.total_amount == pytest.approx(number)
    assert len(counted) == found.total_rows
    assert len(found.rows) == found.matching == found.total_rows + sum(found.left_out.values())
    assert len({row["row"] for row in found.rows}) == len(found.rows)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_viewer_of_a_part_never_gets_a_row_from_outside_whatever_is_asked(data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from([0, 7, 23358]))
    district, nodes = projected(seed)[0], nodes_of(seed)
    role: Role = data.draw(st.sampled_from(("committee_admin", "branch_secretary")))
    own = [o for o, n in nodes.items() if (n["org_type"] in BRANCH_TYPES) == (role == "branch_secretary")]
    root = data.draw(st.sampled_from([org for org in own if nodes[org]["org_type"] != "party_group"]))
    asked = data.draw(st.sampled_from([*nodes, -1, 10**9]))
    measure = data.draw(st.sampled_from(MEASURES))
    month = data.draw(st.sampled_from(district.months))
    here, end = nodes[root]["position"], nodes[root]["subtree_end"]
    inside = {org for org, node in nodes.items() if here <= node["position"] < end}
    if asked not in inside:
        with pytest.raises(OutOfScope):
            looked(seed, role, root, asked, measure, month)
        return
    found, _ = looked(seed, role, root, asked, measure, month)
    groups = {row["org_id"]: row["parent_org_id"] for row in district.rows["organizations"]}
    assert all(row["org_id"] in inside or groups[row["org_id"]] in inside for row in found.rows)


@pytest.mark.parametrize("measure", MEASURES)
def test_no_role_receives_a_column_beyond_its_rights(measure: str) -> None:
    district, root = projected(7)[0], root_of(7)
    for role in ROLES:
        found, seen = looked(7, role, root, root, measure, district.months[-2])
        columns = {column.name for column in found.columns}
        named = is_of_persons(measure) and role in ("committee_admin", "branch_secretary")
        assert ("name" in columns) == named, role
        assert all(("name" in row) == named for row in found.rows)
        assert found.withheld == (is_of_persons(measure) and role == "district_leader")
        assert not (found.withheld and found.rows)
        assert bool(seen) == (is_of_persons(measure) and role != "district_leader")
        assert {name for row in found.rows for name in row} <= columns | {"row", "org_id", "fate", "amount"}


def used(field: Field) -> set[sa.Column[Any]]:
    """Columns of tables the field is made of."""
    parts = [part for part in sa.sql.visitors.iterate(field.value) if isinstance(part, sa.ColumnElement)]
    return {base for part in parts for base in part.base_columns if isinstance(base, sa.Column)}


def test_fields_name_no_column_that_no_role_may_read() -> None:
    district, source, _ = projected(7)
    # States of persons that a list of rows about persons consists of.
    states = {("attendances", "status")}
    with open_source(source, district.months[-2], district.now) as found:
        for measure in MEASURES:
            for ladder in (
                ladders(found, Block((1,), (district.months[-2],)), district.months[-2], measure) or ()
            ):
                for field in ladder.fields:
                    shown = {(base.table.name, base.name): base.info.get("personal") for base in used(field)}
                    personal = {column for column, kind in shown.items() if kind and column[1] != "member_id"}
                    # A member's key chooses the name and whether a post is a member's; it is never what is shown.
                    assert personal <= ({("members", "name")} if field.of_person else states), (
                        measure,
                        field.name,
                    )
                    assert "P2" not in shown.values(), (measure, field.name)
                    assert not {name for _, name in shown} & {"payable_amount", "amount"}, (
                        measure,
                        field.name,
                    )
                    if field.of_person:
                        assert personal
                        assert ladder.of_persons
                        assert is_of_persons(measure)


def test_a_list_is_cut_in_its_order_and_by_the_reason_rows_are_left_out() -> None:
    district, root = projected(7)[0], root_of(7)
    month = district.months[-2]
    whole, _ = looked(7, "district_org_dept", root, root, "required", month, Cut(limit=1000))
    first, _ = looked(7, "district_org_dept", root, root, "required", month, Cut(limit=5))
    rest, _ = looked(7, "district_org_dept", root, root, "required", month, Cut(offset=5, limit=1000))
    assert [row["row"] for row in (*first.rows, *rest.rows)] == [row["row"] for row in whole.rows]
    late = Cut(limit=1000, sort=(("started", "desc"), ("drop table", "asc")))
    ordered, _ = looked(7, "district_org_dept", root, root, "required", month, late)
    starts = [row["started"] for row in ordered.rows]
    assert starts == sorted(starts, reverse=True)
    reason, rows = next(iter(whole.left_out.items()))
    out, _ = looked(
        7, "district_org_dept", root, root, "required", month, Cut(limit=1000, counted=False, reason=reason)
    )
    assert len(out.rows) == out.matching == rows
    assert {row["fate"] for row in out.rows} == {reason}


def test_a_measure_without_a_tracer_is_listed_as_not_traced_and_a_witness_that_fails_lets_nobody_look() -> (
    None
):
    district, source, store = projected(7)
    found, seen = looked(7, "committee_admin", 1, 1, "term_days", district.months[-2])
    assert (found.traced, found.rows, seen) == (False, (), [])

    def blind(*_: object, **__: object) -> None:
        raise RuntimeError("no record could be kept")

    with open_scoped(store, viewer_of("committee_admin", 1)) as reader, pytest.raises(RuntimeError):
        Evidence(source, lambda: district.now, blind).of(reader, 1, "present", district.months[-2])


def test_the_operational_database_gone_is_a_source_error_and_it_is_never_written(tmp_path: Path) -> None:
    district, _, store = projected(7)
    engine = open_evidence(f"sqlite:///{tmp_path}/gone.db")
    with open_scoped(store, viewer_of("district_leader", 0)) as reader, pytest.raises(SourceError):
        Evidence(engine, lambda: district.now, Witnessed()).of(
            reader, reader.root.org_id, "activities", "2026-01"
        )


def test_a_statement_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "source.db"
    file.touch()
    engine = open_evidence(f"sqlite:///{file}")
    count = sa.text(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000) select max(i) from n"
    )
    with engine.connect() as connection:
        assert connection.execute(sa.text("select 1")).scalar_one() == 1
        monkeypatch.setattr(connection_module, "STATEMENT_S", -1)
        with pytest.raises(sa.exc.OperationalError, match="interrupted"):
            connection.execute(count)
    with engine.connect() as connection, pytest.raises(sa.exc.OperationalError, match="readonly"):
        connection.execute(sa.text("create table t (i integer)"))
