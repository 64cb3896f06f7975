"""Pages of origin and evidence: every measure leads to its rows, the sum is compared in words, persons stay inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.leadership.address import Address
from dashboard.leadership.look import Look
from dashboard.leadership.pages import evidence as evidence_page
from dashboard.leadership.pages import member, members, trace
from dashboard.leadership.parts import Ask, Figure, Numbers, Part, Table, Text
from dashboard.leadership.registry import BY_SLUG, Asked, Block
from dashboard.profile import load_profile
from data.persons.reading import StoredMemberFiles
from data.persons.registered import branch_of
from data.projection.member_reports import write_closed_months
from data.projection.trace.evidence import Evidence
from data.projection.trace.tracing import open_source
from data.readmodel import schema
from data.readmodel.member_store import member_months
from data.readmodel.scoped import ScopedReader, open_scoped
from data.viewer import Role, Viewer
from tests.naive.district import District
from tests.naive.life import random_district
from tests.naive.projected import change, in_memory, new_source, new_store, projector

PROFILE = load_profile("haishu")
Built = dict[str, Part]
Build = Callable[[ScopedReader, Asked], Sequence[Part]]


@cache
def known() -> tuple[District, sa.Engine, sa.Engine, sa.Engine]:
    district = random_district(11)
    source, store, restricted = new_source(district.rows), new_store(), in_memory()
    projector(source, store, lambda: district.now).run()
    write_closed_months(source, restricted, PROFILE.catalogue, district.now)
    return district, source, store, restricted


def nobody_notes(*_: object, **__: object) -> None:
    """A record for tests that do not look at it."""


def built(
    build: Build, role: Role, address: Address, *, reason: str = "", source: sa.Engine | None = None
) -> Built:
    """The parts of a page by slug, as the role sees it at the address."""
    district, operational, store, restricted = known()
    engine = source or operational
    viewer = Viewer(1, "someone", "某人", role, 1)
    with open_scoped(store, viewer) as reader:
        viewer = replace(viewer, org_id=reader.root.org_id)
        asked = Asked(
            address=address,
            place=reader.place(address.org),
            month=address.month or district.months[-2],
            closed=district.months[-2],
            profile=PROFILE,
            look=Look(),
            now=district.now,
            viewer=viewer,
            evidence=Evidence(engine, lambda: district.now, nobody_notes),
            members=StoredMemberFiles(engine, restricted, lambda: district.now, nobody_notes),
            reason=reason,
        )
        return {part.slug: part for part in build(reader, asked)}


def words(part: Part) -> str:
    assert isinstance(part, Text)
    return " ".join(f"{line.label} {line.text}" for line in part.lines)


def table(part: Part) -> Table:
    assert isinstance(part, Table)
    return part


def branch_with(measure: str) -> tuple[int, str]:
    """A branch and closed month whose measure is above zero."""
    with known()[2].connect() as connection:
        query = sa.select(schema.branch_months.c.org_id, schema.branch_months.c.period_month).where(
            schema.branch_months.c[measure] > 0, schema.branch_months.c.period_month < known()[0].months[-1]
        )
        row = connection.execute(query).first()
    assert row is not None
    return row.org_id, row.period_month


@pytest.mark.parametrize("rule", PROFILE.light_rules, ids=lambda rule: rule.id)
def test_every_indicator_that_lights_leads_from_its_definition_to_the_rows_of_its_measures(rule: Any) -> None:
    branch, month = branch_with("members")
    for org in (None, branch):
        parts = built(trace.build, "district_org_dept", Address("trace", org, month, rule.id))
        said = words(parts["facts"])
        assert "公式" in said
        assert "来源" in said
        assert ("below" in parts) == (org is None)
        for row in table(parts["measures"]).rows if "measures" in parts else ():
            to = row.get("to")
            assert to is None or (isinstance(to, Address) and to.page == "evidence" and to.org == org)


def test_the_sum_of_a_list_is_compared_with_its_number_in_words() -> None:
    branch, month = branch_with("present")
    address = Address("evidence", branch, month, "present")
    parts = built(evidence_page.build, "committee_admin", address)
    numbers = parts["numbers"]
    assert isinstance(numbers, Numbers)
    assert numbers.numbers[0].value == numbers.numbers[1].value
    assert "= 已发布" in words(parts["sum"])
    assert len(table(parts["rows"]).rows) == numbers.numbers[2].value
    assert not table(parts["rows"]).exports
    moved = new_source(known()[0].rows)
    attendances = sa.Table("attendances", sa.MetaData(), autoload_with=moved)
    change(moved, attendances, sa.true(), deleted_at=known()[0].now)
    parts = built(evidence_page.build, "committee_admin", address, source=moved)
    assert "业务库比发布时少" in words(parts["sum"])
    assert "已删除" in words(parts["sum"])


def test_left_out_rows_are_listed_with_their_reason() -> None:
    branch, month = branch_with("required")
    address = Address("evidence", branch, month, "present", more={"which": "out"})
    rows = table(built(evidence_page.build, "committee_admin", address)["rows"]).rows
    assert rows
    assert all(row["fate"] != "计入" for row in rows)


def test_leaders_of_the_district_see_numbers_and_no_row_about_a_person() -> None:
    branch, month = branch_with("present")
    parts = built(evidence_page.build, "district_leader", Address("evidence", branch, month, "present"))
    assert "只看数量" in words(parts["sum"])
    assert "rows" not in parts
    branch, month = branch_with("activities")
    parts = built(evidence_page.build, "district_leader", Address("evidence", branch, month, "activities"))
    assert table(parts["rows"]).rows


def test_a_list_too_long_for_one_page_asks_for_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_page, "AT_ONCE", 1)
    branch, month = branch_with("required")
    address = Address("evidence", branch, month, "required")
    parts = built(evidence_page.build, "committee_admin", address)
    listed = table(parts["rows"])
    assert (listed.rows, listed.source) == ((), "evidence")
    blocks: list[Any] = []

    def every_block(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
        wanted = [Block(0, 2, (("row", "asc"),)), Block(2, 10**9, (("row", "asc"),))]
        blocks.extend(evidence_page.block(reader, asked, one) for one in wanted)
        return []

    built(every_block, "committee_admin", address)
    (first, total), (rest, same) = blocks
    assert total == same == listed.total == len(first) + len(rest)
    assert len({row["row"] for row in (*first, *rest)}) == total, "no row twice"


def test_the_published_number_stays_when_the_operational_database_is_gone() -> None:
    branch, month = branch_with("present")
    gone = sa.create_engine("sqlite:///file:/nowhere/gone.db?mode=ro&uri=true")
    parts = built(
        evidence_page.build, "committee_admin", Address("evidence", branch, month, "present"), source=gone
    )
    numbers = parts["numbers"]
    assert isinstance(numbers, Numbers)
    assert (numbers.numbers[0].value or 0) > 0
    assert "业务库暂时连接不上" in words(parts["said"])


@pytest.mark.parametrize(
    ("role", "reason", "asks"),
    [
        ("district_org_dept", "", True),
        ("district_org_dept", "abc", True),
        ("district_org_dept", "年度考察", False),
        ("branch_secretary", "", False),
    ],
)
def test_a_file_asks_for_a_reason_and_shows_four_classes_and_all_indicators(
    role: Role, reason: str, asks: bool
) -> None:
    branch, someone = member_of_closed_month()
    at = Address("members", branch)
    parts = built(members.build, role, at, reason=reason)
    opened = built(member.build, role, at.to("member", member=str(someone)), reason=reason)
    assert isinstance(parts.get("reason"), Ask) == isinstance(opened.get("reason"), Ask) == asks
    if asks:
        assert len(parts) == len(opened) == 1
        return
    assert str(someone) in {row["member"] for row in table(parts["members"]).rows}
    assert len(table(opened["items"]).rows) == 33
    assert isinstance(opened["classes"], Figure)
    assert all(not part.exports for part in (*parts.values(), *opened.values()) if isinstance(part, Table))


def member_of_closed_month() -> tuple[int, int]:
    """A branch and a member of it, in the closed month and today."""
    district, source, _, restricted = known()
    with restricted.connect() as connection:
        query = sa.select(member_months.c.branch_org_id, member_months.c.member_id)
        then = connection.execute(query.where(member_months.c.period_month == district.months[-2])).all()
    with open_source(source, district.months[-1], district.now) as found:
        return next(
            (row.branch_org_id, row.member_id)
            for row in then
            if branch_of(found, row.member_id) == row.branch_org_id
        )


def test_pages_that_look_at_evidence_are_neither_kept_nor_repainted() -> None:
    looking = ("evidence", "members", "member")
    assert all(not BY_SLUG[slug].cached and not BY_SLUG[slug].refreshed for slug in looking)
    leader = Viewer(1, "leader", "某人", "district_leader", 1)
    assert [slug for slug in looking if BY_SLUG[slug].allows(leader)] == ["evidence"]
