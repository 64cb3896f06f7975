"""Documents of the kiosk over a filled read model: what is told, what is withheld."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from data.public.document import decode, encode
from data.queries.kiosk import (
    DOCUMENTS,
    activities,
    joining,
    numbers,
    party_map,
    places,
    resources,
    service,
    structure,
)
from data.queries.kiosk.cells import Cell
from data.queries.small_cells import share_of_persons
from data.readmodel.reader import Reader, open_reader
from data.readmodel.schema import branch_months, listings, nodes, tallies
from layouts.kiosk.pages.activities import _line
from tests.kiosk_rows import CENTRES_PER_TOWN, add_public_rows
from tests.readmodel_district import NOW, TOWNS, fill


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    """A small district with everything the kiosk reads."""
    found = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    fill(found, branches=60, months=14)
    add_public_rows(found)
    yield found
    found.dispose()


@pytest.fixture
def reader(engine: sa.Engine) -> Iterator[Reader]:
    """A reader of it."""
    with open_reader(engine) as found:
        yield found


def write_structure(engine: sa.Engine, **cells: float) -> None:
    """Education of the district, counted by hand."""
    rows = [
        {"tally": "member_structure", "period_month": "", "town_id": 0, "key": f"education|{key}", "value": n}
        for key, n in cells.items()
    ]
    with engine.begin() as connection:
        connection.execute(sa.delete(tallies).where(tallies.c.tally == "member_structure"))
        connection.execute(sa.insert(tallies), rows)


def test_every_document_survives_the_store(reader: Reader) -> None:
    for document in DOCUMENTS:
        value = document.load(reader)
        assert decode(encode(value, document.type), document.type) == value, document.name


def test_a_cell_of_four_persons_is_not_told_and_does_not_follow_from_the_total(engine: sa.Engine) -> None:
    write_structure(engine, postgraduate=4, bachelor=50, secondary=20, junior_high=90)
    with open_reader(engine) as reader:
        cells = {cell.key: cell for cell in numbers.load(reader).education}
    assert cells["postgraduate"] == Cell("postgraduate", None, is_small=True)
    assert cells["secondary"] == Cell("secondary", None, is_small=False)
    assert [cells[key].count for key in ("bachelor", "junior_high")] == [50, 90]


def test_an_unlisted_unit_is_counted_without_its_name(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        second = sa.and_(nodes.c.depth == 1, nodes.c.town_id == 10)
        connection.execute(
            sa.update(nodes).where(second).values(town_id=None, is_public=False, short_name="某局党委")
        )
    with open_reader(engine) as reader:
        view = structure.load(reader)
        below = reader.connection.execute(
            sa.select(sa.func.count()).where(
                nodes.c.org_type.in_(("branch", "general_branch", "party_committee"))
            )
        ).scalar_one()
    direct = [unit for unit in view.units if unit.group == "direct"]
    assert [(unit.name, unit.units) for unit in direct] == [("", 1)]
    assert direct[0].organisations > 0
    assert view.total() == below
    assert [unit.name for unit in view.units if unit.group == "town"] == [town[0] for town in TOWNS[1:]]


def test_towns_carry_counts_of_organisations_activities_and_positions(reader: Reader) -> None:
    view = party_map.load(reader)
    first = view.towns[0]
    assert [town.name for town in view.towns] == [town[0] for town in TOWNS]
    assert (first.organisations, first.centres) == (40, CENTRES_PER_TOWN + 1)
    assert first.activities == sum(5 + k for k in range(12))
    assert view.month == "2026-11"
    assert view.closed == "2026-10"
    assert all(town.theme_days is None or 0 <= town.theme_days <= 1 for town in view.towns)


def test_public_news_say_how_many_pictures_they_have(engine: sa.Engine) -> None:
    of_node = sa.select(nodes.c.org_id).where(nodes.c.is_public).limit(1)
    with engine.begin() as connection:
        org = connection.execute(of_node).scalar_one()
        rows = [
            {
                "listing": listing, "position": 90 + n, "at": NOW, "org_id": org, "kind": "branch_news",
                "title": f"第{n}次故事会", "amount": amount, "is_public": True,
            }
            for n, (listing, amount) in enumerate([("public_pictures", 5.0), ("newest_posts", None)])
        ]  # fmt: skip
        connection.execute(
            sa.delete(listings).where(listings.c.listing.in_(["public_pictures", "newest_posts"]))
        )
        connection.execute(sa.insert(listings), rows)
    with open_reader(engine) as reader:
        news = activities.load(reader).news
    assert {line.title: line.amount for line in news} == {"第0次故事会": 5.0, "第1次故事会": None}
    said = {line.title: str(_line(line)) for line in news}
    assert "· 5 图" in said["第0次故事会"]
    assert "图" not in said["第1次故事会"]


def test_a_year_of_activities_adds_up_by_group_and_by_type(reader: Reader) -> None:
    view = activities.load(reader)
    assert [month.month for month in view.months][::11] == ["2025-12", "2026-11"]
    per_month = len(TOWNS) * sum(5 + k for k in range(12))
    assert {month.total for month in view.months} == {per_month}
    assert view.year == 11 * per_month
    assert dict(view.types)["member_assembly"] == 11 * 5 * len(TOWNS)


def test_a_share_of_one_to_four_persons_is_not_told_on_either_side() -> None:
    shares = {
        (4, 100): None,
        (5, 100): 0.05,
        (96, 100): None,
        (95, 100): 0.95,
        (0, 100): 0.0,
        (100, 100): 1.0,
    }
    assert {case: share_of_persons(*case) for case in shares} == shares
    assert [share_of_persons(*case) for case in ((0, 4), (None, 9), (3, None), (0, 0))] == [None] * 4


def test_the_share_of_a_town_with_few_branches_is_not_told_nor_that_of_the_town_that_hides_it(
    engine: sa.Engine,
) -> None:
    with open_reader(engine) as reader:
        month = party_map.load(reader).closed
        b, n = branch_months.c, nodes.c
        query = (
            sa.select(n.town_id, b.org_id)
            .join_from(branch_months, nodes, n.org_id == b.org_id)
            .where(b.period_month == month, b.eligible == 1, n.town_id.is_not(None))
        )
        of_town: dict[int, list[int]] = {}
        for town, org in reader.connection.execute(query):
            of_town.setdefault(town, []).append(org)
    few, *others = sorted(of_town, key=lambda town: len(of_town[town]))
    with engine.begin() as connection:
        gone = sa.and_(b.period_month == month, b.org_id.in_(of_town[few][4:]))
        connection.execute(branch_months.update().where(gone).values(eligible=0))
    with open_reader(engine) as reader:
        told = {town.town_id: town.theme_days for town in party_map.load(reader).towns}
    assert told[few] is None
    hidden = {town for town in others if told[town] is None}
    assert hidden
    assert max(len(of_town[town]) for town in hidden) <= min(len(of_town[t]) for t in set(others) - hidden)


def test_a_need_of_help_for_somebody_is_told_by_its_kind_alone(reader: Reader) -> None:
    needs = service.load(reader).needs
    assert next(need for need in needs if need.kind == "poverty_help").title is None
    assert next(need for need in needs if need.kind == "culture").title == "招募志愿者 1"


def test_open_needs_and_those_done_this_year_are_counted_by_kind(reader: Reader) -> None:
    view = service.load(reader)
    assert view.open_needs == 4 + 5 + 6 + 7
    assert view.done_needs == 70
    assert view.kinds[0] == ("security", 7, 0)
    assert ("culture", 4, 70) in view.kinds


def test_no_lecturer_is_among_the_resources(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        of_one = sa.and_(listings.c.listing == "public_resources", listings.c.position == 0)
        connection.execute(sa.update(listings).where(of_one).values(kind="lecturer|rural", title="张三"))
    with open_reader(engine) as reader:
        view = resources.load(reader)
    assert "张三" not in [item.title for item in view.items]
    assert dict(view.counts) == {"lecture": 30, "video": 10, "base": 10, "book": 10}


def test_steps_come_with_their_rules(reader: Reader) -> None:
    steps = joining.load(reader).steps
    assert [step.number for step in steps] == list(range(1, 26))
    assert (steps[0].anchor, steps[0].max_days) == (None, None)
    assert (steps[6].stage, steps[6].anchor, steps[6].min_days, steps[6].max_days) == (3, 6, None, 30)


def test_positions_stand_before_organisations_each_in_its_town(reader: Reader) -> None:
    view = places.load(reader)
    sources = [place.source for place in view.places]
    assert sources == sorted(sources, reverse=True)
    assert {place.town for place in view.places} == {town[0] for town in TOWNS}


def test_without_its_feeds_the_kiosk_says_so_and_no_zero(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.delete(tallies))
        connection.execute(sa.delete(listings))
    with open_reader(engine) as reader:
        assert {town.organisations for town in party_map.load(reader).towns} == {None}
        assert activities.load(reader).months == ()
        assert service.load(reader).open_needs is None
        assert joining.load(reader).steps == ()
        assert numbers.load(reader).education == ()
