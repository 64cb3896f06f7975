"""Files of members: only inside the subtree, by role and reason, each look on record before anything is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.profile import load_profile
from data.contract import METADATA as CONTRACT
from data.errors import OutOfScope, ReadModelError
from data.persons.reading import OF_DISPOSITIONS, OF_GRADES, StoredMemberFiles
from data.persons.stored import Stored
from data.projection.member_reports import write_closed_months
from data.readmodel.light import Light
from data.readmodel.member_store import member_months
from data.readmodel.scoped import open_scoped
from data.viewer import ROLES, Role, Viewer
from tests.naive.district import District
from tests.naive.life import random_district
from tests.naive.projected import in_memory, new_source, new_store, projector, read_table

SEED = 11
REASON = "年度考察需要"
Look = tuple[str, int | None, str, str, str]


@cache
def known() -> tuple[District, sa.Engine, sa.Engine, sa.Engine]:
    """District, operational database, read model, restricted store."""
    district = random_district(SEED)
    source, store, members = new_source(district.rows), new_store(), in_memory()
    projector(source, store, lambda: district.now).run()
    write_closed_months(source, members, load_profile("haishu").catalogue, district.now)
    return district, source, store, members


def files(seen: list[Look], source: sa.Engine | None = None) -> StoredMemberFiles:
    district, operational, _, members = known()

    def witness(at: object, viewer: Viewer, action: str, **what: Any) -> None:
        seen.append((action, what["org_id"], what["subject"], what["reason"], what["outcome"]))

    return StoredMemberFiles(source or operational, members, lambda: district.now, witness)


def viewer(role: Role, org_id: int) -> Viewer:
    return Viewer(1, "someone", "某人", role, org_id)


@cache
def homes() -> dict[int, int]:
    """Member → branch of the open formal membership, members in being only."""
    district = known()[0]
    today = district.now.date()
    gone = {row["member_id"] for row in district.rows["members"] if row.get("deleted_at")}
    found = {}
    for row in district.rows["memberships"]:
        open_ = row["started_on"] <= today and (row.get("ended_on") is None or row["ended_on"] > today)
        if row.get("kind", "formal") == "formal" and open_ and not row.get("deleted_at"):
            found[row["member_id"]] = row["branch_org_id"]
    return {member: branch for member, branch in found.items() if member not in gone}


@cache
def nodes() -> dict[int, dict[str, Any]]:
    return {key[0]: dict(row) for key, row in read_table(known()[2], "nodes").items()}


def inside(root: int) -> set[int]:
    here, end = nodes()[root]["position"], nodes()[root]["subtree_end"]
    return {org for org, node in nodes().items() if here <= node["position"] < end}


def district_root() -> int:
    return min(nodes(), key=lambda org: int(nodes()[org]["position"]))


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_no_viewer_opens_the_file_of_a_member_outside_the_subtree(data: st.DataObject) -> None:
    role = data.draw(st.sampled_from(ROLES))
    root = data.draw(st.sampled_from(sorted(nodes())))
    everybody = [row["member_id"] for row in known()[0].rows["members"]]
    member = data.draw(st.sampled_from([*everybody, 0, 10**12]))
    reason = data.draw(st.sampled_from(["", "  x  ", REASON]))
    seen: list[Look] = []
    with open_scoped(known()[2], viewer(role, root)) as reader:
        whole = reader.root.org_id
        may = reader.viewer.sees_persons and (not reader.viewer.gives_reason or reason == REASON)
        month = known()[0].months[-2]
        if may and homes().get(member) in inside(whole):
            found = files(seen).file(reader, member, month, reason)
            assert found.branch_org_id == homes()[member]
            assert seen == [("member", homes()[member], str(member), reason.strip(), "ok")]
            assert (found.grades is not None) == reader.viewer.sees_grades
            assert (found.dispositions is not None) == reader.viewer.sees_dispositions
        else:
            with pytest.raises(OutOfScope):
                files(seen).file(reader, member, month, reason)
            assert all(look[-1] == "refused" for look in seen)


@pytest.mark.parametrize("role", ["district_org_dept", "committee_admin", "branch_secretary"])
def test_what_a_role_may_not_see_is_not_in_its_file(role: Role) -> None:
    district, _, store, _ = known()
    month = district.months[-2]
    with open_scoped(store, viewer(role, district_root())) as reader:
        hidden = (frozenset() if reader.viewer.sees_grades else OF_GRADES) | (
            frozenset() if reader.viewer.sees_dispositions else OF_DISPOSITIONS
        )
        opened = [files([]).file(reader, member, month, REASON) for member in sorted(homes())]
    items = [one for found in opened for one in found.items]
    assert items
    assert {one.indicator for one in items if one.hidden} == hidden
    assert all((one.value, one.points, one.average) == (None, None, None) for one in items if one.hidden)
    assert not hidden & {notice.indicator for found in opened for notice in found.notices}


def test_no_number_document_or_amount_of_a_member_is_ever_asked_for() -> None:
    district, source, store, _ = known()
    asked: list[str] = []
    sa.event.listen(source, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with open_scoped(store, viewer("district_org_dept", district_root())) as reader:
        for member in sorted(homes())[:5]:
            files([]).file(reader, member, district.months[-2], REASON)
        files([]).members(reader, next(iter(homes().values())), district.months[-2], REASON)
    selected = [statement.partition("\nFROM ")[0] for statement in asked]
    secret = {
        f"{table.name}.{column.name}"
        for table in CONTRACT.tables.values()
        for column in table.c
        if column.info.get("personal") == "P2"
    } - {"member_dispositions.disposition_kind", "appraisal_results.grade"}
    # Amounts decide the state of dues inside the statement; no column of the result is one.
    outer = [text for text in selected if "dues_obligations.payable_amount" not in text]
    assert any("members.name" in text for text in outer)
    assert not {name for name in secret for text in outer if name in text}
    assert not {name for text in selected for name in ("member_no", "mobile_enc", "id_card") if name in text}


def test_percentiles_and_means_are_of_all_members_of_the_month() -> None:
    district, _, _, members = known()
    month = district.months[-2]
    with members.connect() as connection:
        rows = connection.execute(sa.select(member_months).where(member_months.c.period_month == month)).all()
    points = {row.member_id: row.points_life for row in rows}
    scored = sorted(value for value in points.values() if value is not None)
    member = next(key for key, value in points.items() if value is not None)
    life = Stored(members).classes(member, month)[0]
    assert (life.name, life.points) == ("life", points[member])
    assert life.percentile == sum(value < points[member] for value in scored) / len(scored)
    assert life.average == pytest.approx(sum(scored) / len(scored))
    assert Stored(members).classes(member, district.months[-1]) == ()
    assert Stored(members).classes(10**12, month) == ()


def test_the_list_of_a_branch_is_its_members_of_today_and_the_operational_database_gone_leaves_points_without_names(
    tmp_path: Path,
) -> None:
    district, _, store, members = known()
    branch = max(set(homes().values()), key=list(homes().values()).count)
    gone = sa.create_engine(f"sqlite:///file:{tmp_path}/gone.db?mode=ro&uri=true")
    with open_scoped(store, viewer("branch_secretary", branch)) as reader:
        seen: list[Look] = []
        listed = files(seen).members(reader, branch, district.months[-2], "")
        assert sorted(one.member_id for one in listed) == sorted(
            m for m, home in homes().items() if home == branch
        )
        assert seen == [("members", branch, str(branch), "", "ok")]
        assert [one.name for one in listed] == sorted(one.name or "" for one in listed)
        away = files([], gone).members(reader, branch, district.months[-2], "")
        assert {one.member_id for one in away} == set(Stored(members).of_branch(branch, district.months[-2]))
        assert {one.name for one in away} == {None}
        someone = away[0].member_id
        found = files([], gone).file(reader, someone, district.months[-2], "")
        assert (found.person, found.month, len(found.items)) == (None, district.months[-2], 33)


def test_without_the_restricted_store_names_stay_and_without_either_database_nothing_is_claimed(
    tmp_path: Path,
) -> None:
    district, source, store, _ = known()
    away = sa.create_engine(f"sqlite:///file:{tmp_path}/gone.db?mode=ro&uri=true")
    member, branch = next(iter(homes().items()))
    nobody: Any = lambda *_, **__: None  # noqa: E731 - a witness for one test
    with open_scoped(store, viewer("branch_secretary", branch)) as reader:
        reading = StoredMemberFiles(source, away, lambda: district.now, nobody)
        found = reading.file(reader, member, district.months[-2], "")
        assert found.person is not None
        assert (found.month, found.items, found.classes) == (None, (), ())
        listed = reading.members(reader, branch, district.months[-2], "")
        assert {(one.points, one.light) for one in listed} == {(None, Light.NODATA)}
        blind = StoredMemberFiles(away, away, lambda: district.now, nobody)
        with pytest.raises(ReadModelError):
            blind.file(reader, member, district.months[-2], "")


def test_nobody_looks_where_the_record_cannot_be_kept() -> None:
    district, source, store, members = known()

    def blind(*_: object, **__: object) -> None:
        raise RuntimeError("no record could be kept")

    reading = StoredMemberFiles(source, members, lambda: district.now, blind)
    member, branch = next(iter(homes().items()))
    looks: list[Callable[[Any], object]] = [
        lambda reader: reading.file(reader, member, district.months[-2], ""),
        lambda reader: reading.members(reader, branch, district.months[-2], ""),
    ]
    for look in looks:
        with open_scoped(store, viewer("branch_secretary", branch)) as reader, pytest.raises(RuntimeError):
            look(reader)


def test_events_show_dues_as_states_of_the_last_twelve_months() -> None:
    district, _, store, _ = known()
    with open_scoped(store, viewer("district_org_dept", district_root())) as reader:
        opened = [files([]).file(reader, member, district.months[-2], REASON) for member in sorted(homes())]
    events = [event for found in opened for event in found.events]
    states = {event.state for event in events if event.lane == "dues"}
    assert states <= {"足额", "少缴", "未缴", "补缴", "免缴", "未到期"}
    assert {"足额", "未缴"} <= states
    assert {event.lane for event in events} >= {"activities", "dues"}
    assert all(date(2000, 1, 1) < event.at <= district.now.date() for event in events)
