"""The synthetic district: exact totals, the same rows again, believable shares, nothing in the future."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
import sqlalchemy as sa

from data.contract import METADATA, activities, organizations
from data.contract.check import check
from data.demo.bulk import encode
from data.demo.districts import district_spec
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.demo.people import build_people
from data.demo.places import organisation_points
from data.demo.registry import build_registry
from data.demo.timeline import timeline
from data.demo.tree import BRANCH_TYPES, build_tree
from geo.outlines import district_outline

NOW = datetime(2026, 11, 18, 14, 30)
SMALL = haishu_spec().scaled(towns=3, branches=30, members=400)
OTHERS = ("wujin", "jiangning", "huiji", "kunshan")
BROKEN_ON_PURPOSE = {"held-without-start"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    built = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'operational.db'}")
    generate(built, SMALL, now=NOW)
    yield built
    built.dispose()


def frame(engine: sa.Engine, statement: str) -> pd.DataFrame:
    with engine.connect() as connection:
        return pd.read_sql(sa.text(statement), connection)


def test_haishu_has_exactly_2654_organisations_and_its_villages_and_towns() -> None:
    tree = build_tree(haishu_spec(), np.random.default_rng(1))
    kinds = Counter(org.org_type for org in tree.orgs)
    assert kinds["party_committee"] + kinds["general_branch"] + sum(kinds[k] for k in BRANCH_TYPES) == 2654
    places = Counter(division.kind for division in tree.divisions)
    assert (places["village"], places["community"]) == (167, 103)
    assert places["town"] + places["subdistrict"] == 17
    assert sum(org.parent == 1 for org in tree.orgs) == 45


def test_short_names_fit_the_wall_and_are_unique_inside_a_town() -> None:
    tree = build_tree(haishu_spec(), np.random.default_rng(1))
    assert max(len(org.short_name) for org in tree.orgs) <= 10
    assert len({(org.town, org.short_name) for org in tree.orgs}) == len(tree.orgs)


def test_haishu_has_47411_members_of_the_national_bands() -> None:
    time = timeline(NOW, 24, 20190701)
    registry = build_registry(haishu_spec(), time)
    people = build_people(registry, time)
    present = people.fate == 0
    age = (time.now_day - people.birth[present]) / 365.25
    assert int(present.sum()) == 47411
    assert people.woman[present].mean() == pytest.approx(0.30, abs=0.02)
    assert (people.education[present] <= 2).mean() == pytest.approx(0.57, abs=0.02)
    assert 0.20 <= (age < 36).mean() <= 0.25
    assert 0.28 <= (age >= 61).mean() <= 0.34
    assert registry.size.min() >= 3
    assert (registry.size > 50).mean() < 0.01


def test_members_with_an_open_formal_membership_are_exactly_those_specified(engine: sa.Engine) -> None:
    found = frame(
        engine,
        "SELECT count(*) n, count(DISTINCT m.member_id) persons FROM members m JOIN memberships s"
        " ON s.member_id = m.member_id WHERE m.membership_state = 'in_party' AND s.kind = 'formal'"
        " AND s.ended_on IS NULL",
    )
    assert found.iloc[0].to_list() == [400, 400]


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    spec = haishu_spec().scaled(towns=2, branches=12, members=170, months=4)

    def rows(seed: int) -> dict[str, list[tuple[object, ...]]]:
        built = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('seed') / 'x.db'}")
        generate(built, spec, now=NOW, seed=seed)
        with built.connect() as connection:
            found = {
                name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
                for name in METADATA.tables
            }
        built.dispose()
        return found

    first = rows(5)
    assert first == rows(5)
    assert first["attendances"] != rows(6)["attendances"]


def test_the_contract_check_finds_only_what_was_broken_on_purpose(engine: sa.Engine) -> None:
    report = check(engine)
    assert report.can_project
    assert {finding.code for finding in report.findings} <= BROKEN_ON_PURPOSE


@pytest.mark.parametrize("slug", OTHERS)
def test_every_other_district_passes_the_contract_check(slug: str, tmp_path: Path) -> None:
    built = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    generate(built, district_spec(slug).scaled(towns=4, branches=40, members=700, months=4), now=NOW)
    report = check(built)
    assert report.can_project
    assert {finding.code for finding in report.findings} <= BROKEN_ON_PURPOSE
    zones = frame(built, "SELECT count(*) n FROM divisions WHERE kind = 'dev_zone'").n[0]
    assert zones == (0 if slug == "huiji" else 1)
    built.dispose()


@pytest.mark.parametrize("slug", OTHERS)
def test_short_names_of_every_other_district_fit_the_wall(slug: str) -> None:
    tree = build_tree(district_spec(slug), np.random.default_rng(1))
    assert max(len(org.short_name) for org in tree.orgs) <= 10
    assert len({(org.town, org.short_name) for org in tree.orgs}) == len(tree.orgs)


@pytest.mark.parametrize("slug", OTHERS)
def test_no_branch_of_another_district_is_empty_and_few_break_the_rule_of_fifty(slug: str) -> None:
    registry = build_registry(district_spec(slug), timeline(NOW, 3, 20190701))
    assert registry.size.min() >= 3
    assert (registry.size > 50).mean() < 0.01
    assert (registry.size == 49).mean() < 0.2


@pytest.mark.parametrize("slug", [*OTHERS, "haishu"])
def test_organisations_stand_inside_their_district_and_around_its_seat(slug: str) -> None:
    spec, time = district_spec(slug), timeline(NOW, 3, 20190701)
    tree = build_registry(spec, time).tree
    lng, lat = organisation_points(tree, time.stream("places"))
    outline = district_outline(spec.code).buffer(0.004)
    # Seats are known to a kilometre or so: one of them may stand beyond the border.
    assert (~shapely.contains_xy(outline, lng, lat)).sum() <= 1
    own = [n for n, org in enumerate(tree.orgs) if org.parent == 1 and not org.town]
    seat = [(d.lng, d.lat) for d in tree.divisions if d.name == spec.seat]
    if seat:
        assert abs(np.median(lng[own]) - (seat[0][0] or 0)) < 0.01
        assert abs(np.median(lat[own]) - (seat[0][1] or 0)) < 0.01


def test_bulk_text_is_what_sqlalchemy_writes() -> None:
    moment = datetime(2026, 3, 5, 9, 7, 1)
    seconds = np.array([int((moment - datetime(1970, 1, 1)).total_seconds())])
    built = sa.create_engine("sqlite://")
    with built.begin() as connection:
        METADATA.create_all(connection, tables=[activities, organizations])
        common = {
            "org_id": 1,
            "title": "会议",
            "status": "held",
            "activity_type": "other",
            "period_month": "2026-03",
        }
        flags = {"is_online": True, "is_deliberation": False, "media_count": 0}
        times = dict.fromkeys(("started_at", "recorded_at", "created_at", "updated_at"), moment)
        connection.execute(
            activities.insert().values(activity_id=1, class_hours=1.5, **common, **flags, **times)
        )
        stored = connection.exec_driver_sql("SELECT * FROM activities").mappings().one()
    bulk = {
        name: np.array([value])
        for name, value in {**flags, "activity_id": 1, "class_hours": 1.5, "org_id": 1}.items()
    }
    texts = {name: np.array([value], dtype=object) for name, value in common.items() if name != "org_id"}
    encoded = encode(activities, bulk | texts | dict.fromkeys(times, seconds), "sqlite").to_pylist()[0]
    assert encoded == {name: stored[name] for name in encoded}


def test_nothing_lies_in_the_future(engine: sa.Engine) -> None:
    limit = f"{NOW}"
    for table, column in (
        ("activities", "started_at"), ("activities", "recorded_at"), ("attendances", "recorded_at"),
        ("dues_payments", "paid_at"), ("point_entries", "recorded_at"), ("volunteer_records", "verified_at"),
        ("posts", "published_at"), ("warnings", "updated_at"), ("transfers", "updated_at"),
    ):  # fmt: skip
        assert frame(engine, f"SELECT count(*) n FROM {table} WHERE {column} > '{limit}'").n[0] == 0, (
            table,
            column,
        )
    assert frame(engine, "SELECT count(*) n FROM activities WHERE status = 'planned'").n[0] > 0


def test_snapshots_of_today_are_what_the_tables_hold(engine: sa.Engine) -> None:
    today = frame(
        engine, f"SELECT table_name, row_total FROM data_volume_snapshots WHERE snapshot_on = '{NOW.date()}'"
    )
    for name, total in zip(today.table_name, today.row_total, strict=True):
        assert frame(engine, f"SELECT count(*) n FROM {name}").n[0] == total, name


def test_every_point_of_a_sign_in_has_its_valid_sign_in(engine: sa.Engine) -> None:
    lost = frame(
        engine,
        "SELECT count(*) n FROM point_entries p LEFT JOIN attendances t ON t.attendance_id = p.source_id"
        " WHERE p.source_table = 'attendances' AND (t.member_id IS NOT p.member_id OR t.status <> 'present'"
        " OR t.sign_method = 'manual')",
    )
    assert lost.n[0] == 0
