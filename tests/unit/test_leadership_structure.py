"""The structure of an area: counts, size rules as the warning counts them, terms and vacancies, nothing outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.leadership.address import Address
from dashboard.leadership.look import Look
from dashboard.leadership.pages import structure as page
from dashboard.leadership.parts import Figure, Number, Numbers, Part, Table
from dashboard.leadership.registry import BY_SLUG, Asked
from dashboard.profile import load_profile
from data.clock import add_months, last_day, month_of
from data.queries.leadership import structure
from data.readmodel import schema
from data.readmodel.scoped import BRANCH_TYPES, open_scoped
from data.viewer import Role, Viewer
from tests.naive.district import District
from tests.naive.life import random_district
from tests.naive.projected import in_memory, new_source, new_store, projector

PROFILE = load_profile("haishu")
Built = Mapping[str, Part]


@cache
def known() -> tuple[District, sa.Engine]:
    district, store = random_district(31), new_store()
    projector(new_source(district.rows), store, lambda: district.now).run()
    return district, store


def month() -> str:
    return known()[0].months[-2]


def rows(query: sa.Select[Any], store: sa.Engine | None = None) -> list[Any]:
    with (store or known()[1]).connect() as connection:
        return list(connection.execute(query))


def root() -> int:
    return int(rows(sa.select(schema.nodes.c.org_id).where(schema.nodes.c.depth == 0))[0][0])


def committee() -> int:
    """The committee with most below it."""
    n = schema.nodes.c
    size = n.subtree_end - n.position
    query = sa.select(n.org_id).where(n.depth == 1, n.org_type.not_in(BRANCH_TYPES)).order_by(size.desc())
    return int(rows(query)[0][0])


def inside(org: int) -> set[int]:
    n = schema.nodes.c
    first, last = rows(sa.select(n.position, n.subtree_end).where(n.org_id == org))[0]
    return {row[0] for row in rows(sa.select(n.org_id).where(n.position >= first, n.position < last))}


def units(org: int, viewer_root: int | None = None) -> list[structure.Unit]:
    role: Role = "district_leader" if viewer_root is None else "committee_admin"
    with open_scoped(known()[1], Viewer(1, "a", "某人", role, viewer_root or 0)) as reader:
        return structure.load(reader, reader.place(org), month())


def built(
    org: int, role: Role = "district_leader", *, store: sa.Engine | None = None, **address: Any
) -> Built:
    district, engine = known()
    with open_scoped(store or engine, Viewer(1, "a", "某人", role, org)) as reader:
        asked = Asked(
            address=Address("structure", org, month(), more=address),
            place=reader.place(org),
            month=month(),
            closed=month(),
            profile=PROFILE,
            look=Look(),
            now=district.now,
            viewer=reader.viewer,
        )
        return {part.slug: part for part in page.build(reader, asked)}


def numbers(part: Part) -> dict[str, Number]:
    assert isinstance(part, Numbers)
    return {one.label: one for one in part.numbers}


def table(part: Part) -> Table:
    assert isinstance(part, Table)
    return part


def test_counts_are_the_organisations_in_being_at_the_end_of_the_month() -> None:
    n, day = schema.nodes.c, last_day(month())
    living = [
        row.org_type
        for row in rows(sa.select(n.org_type, n.established_on, n.dissolved_on, n.depth))
        if row.depth > 0
        and (row.established_on is None or row.established_on <= day)
        and (row.dissolved_on is None or row.dissolved_on > day)
    ]
    kinds, found = Counter(living), numbers(built(root())["figures"])
    assert found["党支部"].value == sum(kinds[kind] for kind in BRANCH_TYPES) > 0
    assert found["党总支"].value == kinds["general_branch"]
    assert found["党小组"].value == kinds["party_group"]
    tree = table(built(root(), deep="all")["tree"])
    assert len(tree.rows) == 1 + sum(n for kind, n in kinds.items() if kind != "party_group")


def test_the_size_rules_are_broken_where_the_warning_says_so_and_nowhere_else() -> None:
    r, c = schema.branch_results.c, schema.committee_months.c
    name = "jn_w15_structure_abnormal"
    judged = {
        row[0]: row[1]
        for columns in (r, c)
        for row in rows(
            sa.select(columns.org_id, columns[f"{name}_value"]).where(
                columns.period_month == month(), columns[f"{name}_value"].is_not(None)
            )
        )
    }
    broken = {unit.place.org_id: len(unit.breaches) for unit in units(root())}
    assert {org: n for org, n in broken.items() if org in judged} == judged
    assert not [org for org, n in broken.items() if n and org not in judged]
    assert any(judged.values())
    assert not all(judged.values())


def test_terms_are_past_or_end_within_a_year_and_the_calendar_adds_up_to_the_list() -> None:
    below = [unit for unit in units(root())[1:] if unit.term_days is not None]
    past = {unit.place.org_id for unit in below if unit.term_days is not None and unit.term_days < 0}
    last = last_day(add_months(month(), 12))
    soon = {
        unit.place.org_id
        for unit in below
        if unit.term_until and unit.term_until <= last and unit.place.org_id not in past
    }
    assert past
    assert soon
    parts = built(root())
    assert {row["org_id"] for row in table(parts["expiring"]).rows} == past | soon
    calendar = parts["calendar"]
    assert isinstance(calendar, Figure)
    assert calendar.figure is not None
    drawn = [sum(counts) for counts in zip(*(bar.y for bar in calendar.figure.data), strict=True)]
    assert drawn[0] == len(past)
    assert sum(drawn[1:]) == len(soon)
    assert [row["org_id"] for row in table(built(root(), due="past")["expiring"]).rows] == [
        row["org_id"] for row in table(parts["expiring"]).rows if row["org_id"] in past
    ]
    one = next(unit for unit in below if unit.place.org_id in soon and unit.term_days)
    assert one.term_until is not None
    cut = table(built(root(), due=month_of(one.term_until))["expiring"]).rows
    assert one.place.org_id in {row["org_id"] for row in cut} <= soon


def test_vacancies_are_listed_with_the_longest_first() -> None:
    vacant = {u.place.org_id: u.vacancy_days for u in units(root())[1:] if u.has_secretary is False}
    listed = table(built(root())["vacancies"]).rows
    assert {row["org_id"]: row["days"] for row in listed} == vacant != {}
    days = [float(str(row["days"] or 0)) for row in listed]
    assert days == sorted(days, reverse=True)


def test_in_the_picture_every_organisation_lies_inside_its_superior_as_wide_as_its_members() -> None:
    found = units(root())
    whole = sum(unit.members or 0 for unit in structure.branches_of(found))
    part = built(root())["picture"]
    assert isinstance(part, Figure)
    assert part.figure is not None
    cells = {
        link: (start, start + width)
        for bar in part.figure.data
        for link, start, width in zip(bar.customdata, bar.base, bar.x, strict=True)
    }
    by_org = {int(link.split("org=")[1].split("&")[0]): edge for link, edge in cells.items()}
    for unit in found:
        if unit.place.is_branch and unit.members:
            left, right = by_org[unit.place.org_id]
            assert right - left == pytest.approx(unit.members / whole)
        above = by_org.get(unit.place.parent_org_id or 0)
        if above is not None and unit.place.org_id in by_org:
            left, right = by_org[unit.place.org_id]
            assert above[0] - 1e-9 <= left <= right <= above[1] + 1e-9


def test_a_committee_sees_its_own_subtree_and_nothing_beside_it() -> None:
    own = committee()
    mine = inside(own)
    assert mine < inside(root())
    assert {unit.place.org_id for unit in units(own, own)} <= mine
    for slug, part in built(own, "committee_admin").items():
        if isinstance(part, Table):
            assert {row["org_id"] for row in part.rows} <= mine, slug
    assert not BY_SLUG["structure"].allows(Viewer(1, "s", "某人", "branch_secretary", own))


def test_without_terms_nothing_is_said_to_be_in_order() -> None:
    raw = known()[1].raw_connection()
    store = in_memory(raw.driver_connection.serialize())  # type: ignore[union-attr]
    raw.close()
    with store.begin() as connection:
        for held in (schema.branch_months, schema.committee_months):
            gone = dict.fromkeys(("term_days", "has_secretary", "vacancy_days"))
            connection.execute(sa.update(held).values(gone))
    parts = built(root(), store=store)
    calendar = parts["calendar"]
    assert isinstance(calendar, Figure)
    assert (calendar.figure, calendar.empty) == (None, "任期数据未接入")
    assert parts["vacancies"].empty == "班子数据未接入"
    found = numbers(parts["figures"])
    assert (found["届满未换届"].value, found["书记空缺"].value) == (None, None)
