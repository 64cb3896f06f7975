"""The file of a branch: numbers as the read model holds them, texts of its report, nothing above its scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from dashboard.indicator_values import branch_words, mean_words
from dashboard.leadership.address import Address
from dashboard.leadership.look import Look
from dashboard.leadership.pages import branch
from dashboard.leadership.parts import Figure, Number, Numbers, Part, Table, Text
from dashboard.leadership.registry import Asked
from dashboard.leadership.warning_words import STATES
from dashboard.lit_rules import checked_rules
from dashboard.profile import load_profile
from dashboard.reports.branch_report import branch_report
from dashboard.reports.placeholders import measures_read
from data.clock import add_months
from data.errors import OutOfScope
from data.projection.resource_library import LastingLibrary, Library, Resource
from data.queries.leadership import branch_file
from data.queries.report_branches import BranchChecks
from data.readmodel import schema
from data.readmodel.light import Light
from data.readmodel.reader import open_reader
from data.readmodel.results import RADAR_AXES
from data.readmodel.scoped import open_scoped
from data.viewer import Role, Viewer
from tests.naive.district import District
from tests.naive.life import random_district
from tests.naive.projected import in_memory, new_source, new_store, projector

PROFILE = load_profile("haishu")
RULES = checked_rules(PROFILE)
Built = Mapping[str, Part]


@cache
def known() -> tuple[District, sa.Engine]:
    district, store = random_district(23), new_store()
    projector(new_source(district.rows), store, lambda: district.now).run()
    return district, store


def copy_of(store: sa.Engine) -> sa.Engine:
    raw = store.raw_connection()
    prepared: bytes = raw.driver_connection.serialize()  # type: ignore[union-attr]
    raw.close()
    return in_memory(prepared)


def month() -> str:
    return known()[0].months[-2]


def frame(table: sa.Table, store: sa.Engine) -> pd.DataFrame:
    with store.connect() as connection:
        return pd.read_sql(sa.select(table), connection)


def row(table: sa.Table, org: int, of: str) -> Any:
    with known()[1].connect() as connection:
        return connection.execute(
            sa.select(table).where(table.c.org_id == org, table.c.period_month == of)
        ).one()


def lit_branch() -> int:
    """A branch with lights and with somebody above it other than the district."""
    results = frame(schema.branch_results, known()[1])
    nodes = frame(schema.nodes, known()[1]).set_index("org_id")
    now = results[(results.period_month == month()) & (results.light >= Light.YELLOW) & results.score.notna()]
    deep = [int(org) for org in now.org_id if nodes.depth[org] > 1]
    return deep[0]


def built(
    org: int,
    role: Role = "district_leader",
    root: int = 1,
    *,
    store: sa.Engine | None = None,
    library: Library | None = None,
    **address: Any,
) -> Built:
    district, engine = known()
    with open_scoped(store or engine, Viewer(1, "someone", "某人", role, root)) as reader:
        asked = Asked(
            address=Address("branch", org, **address),
            place=reader.place(org),
            month=address.get("month") or month(),
            closed=month(),
            profile=PROFILE,
            look=Look(),
            now=district.now,
            viewer=reader.viewer,
            library=lambda: library or Library(),
        )
        return {part.slug: part for part in branch.build(reader, asked)}


def numbers(parts: Built) -> dict[str, Number]:
    part = parts["figures"]
    assert isinstance(part, Numbers)
    return {one.label: one for one in part.numbers}


def lines(part: Part) -> list[str]:
    assert isinstance(part, Text)
    return [line.text for line in part.lines]


def test_key_figures_are_those_of_the_month_and_change_against_the_month_compared_with() -> None:
    org = lit_branch()
    now, before = (
        row(schema.branch_months, org, month()),
        row(schema.branch_months, org, add_months(month(), -1)),
    )
    judged = row(schema.branch_results, org, month())
    found = numbers(built(org))
    assert found["党员"].value == now.members
    assert found["党员"].change == now.members - before.members
    assert found["诊疗分"].value == judged.score
    assert found["当月亮灯"].value == judged.light
    owed = found["党费收缴率"].value
    assert owed == (now.dues_full / now.dues_owed if now.dues_owed else None)


def test_indicators_stand_beside_the_mean_of_judged_branches_and_the_share_with_fewer_points() -> None:
    org = lit_branch()
    results = frame(schema.branch_results, known()[1])
    counted = frame(schema.branch_months, known()[1])
    now = results[results.period_month == month()].set_index("org_id")
    eligible = counted[(counted.period_month == month()) & (counted.eligible > 0)].org_id
    table = built(org)["indicators"]
    assert isinstance(table, Table)
    assert {one["indicator"] for one in table.rows} == set(RULES)
    compared = 0
    for one in table.rows:
        column = f"{one['indicator']}_score"
        scores, own = now[column].dropna(), getattr(row(schema.branch_results, org, month()), column)
        assert one["score"] == own
        if own is None:
            continue
        compared += 1
        assert one["percentile"] == pytest.approx((scores < own).sum() / len(scores))
        assert one["average_score"] == pytest.approx(scores[scores.index.isin(eligible)].mean())
    assert compared > 5
    lights = [max(int(str(one["light"])), Light.GREEN) for one in table.rows]
    assert lights == sorted(lights, reverse=True), "what is lit stands first"


def test_the_file_says_what_the_monthly_report_says() -> None:
    district, store = known()
    shown = 0
    with open_reader(store) as reader:
        checks = BranchChecks(reader, month(), tuple(RULES), measures_read(tuple(RULES)))
    for org in [one.org_id for one in checks.organisations][:12]:
        with open_scoped(store, Viewer(1, "a", "某人", "district_leader", 1)) as scoped:
            read = measures_read(tuple(RULES))
            own = branch_file.check(scoped, scoped.place(org), month(), tuple(RULES), sorted(read))
        assert own is not None
        theirs = branch_report(PROFILE, checks.of(org), Library(), district.now)
        ours = branch_report(PROFILE, own, Library(), district.now)
        # Means of months differ in the last bits: sums of sums here, one mean there.
        same = [replace(report, sector_average=None, history=()) for report in (ours, theirs)]
        assert same[0] == same[1]
        past = [[(m.label, m.score, m.light) for m in report.history] for report in (ours, theirs)]
        assert past[0] == past[1]
        shown += len(ours.prescriptions)
    assert shown > 5


def test_every_diagnosis_names_its_limit_and_every_warning_of_the_branch_its_state() -> None:
    org = lit_branch()
    parts = built(org)
    diagnoses = parts["diagnoses"]
    assert isinstance(diagnoses, Text)
    heads = [line for line in diagnoses.lines if line.light is not None and line.light >= Light.YELLOW]
    assert heads
    assert all("限 " in line.aside for line in heads)
    warnings = frame(schema.org_warnings, known()[1])
    table = parts["warnings"]
    assert isinstance(table, Table)
    assert len(table.rows) == (warnings.org_id == org).sum() > 0
    assert {one["state"] for one in table.rows} <= set(STATES.values())


def test_prescriptions_recommend_what_stands_in_the_library() -> None:
    book = Library((Resource(1, "lecture", "新课一讲", "party_building", 0),))
    with open_reader(known()[1]) as reader:
        checks = BranchChecks(reader, month(), tuple(RULES), measures_read(tuple(RULES)))
    advised = [
        one.org_id
        for one in checks.organisations
        if any(
            "新课一讲" in said.text
            for said in branch_report(PROFILE, checks.of(one.org_id), book, known()[0].now).prescriptions
        )
    ]
    assert advised
    for org in advised:
        assert "“新课一讲”" in " ".join(lines(built(org, library=book)["diagnoses"]))
        assert "新课" not in " ".join(lines(built(org)["diagnoses"]))


def test_the_library_is_read_anew_after_ten_minutes() -> None:
    read: list[datetime] = []
    now = [datetime(2026, 11, 20, 9)]

    def reading() -> Library:
        read.append(now[0])
        return Library(projects={len(read): "项目"})

    library = LastingLibrary(reading, lambda: now[0])
    assert library() is library()
    now[0] += timedelta(minutes=9)
    assert library().projects == {1: "项目"}
    now[0] += timedelta(minutes=1)
    assert library().projects == {2: "项目"}
    assert len(read) == 2


def test_a_secretary_sees_the_branch_beside_the_district_and_nothing_of_its_superior() -> None:
    org = lit_branch()
    with open_scoped(known()[1], Viewer(1, "s", "某人", "branch_secretary", org)) as reader:
        found = branch_file.load(reader, reader.place(org), month(), tuple(RULES), RADAR_AXES, ["members"])
        assert found is not None
        assert (found.superior, found.above, found.rank) == (None, {}, None)
        assert found.district[month()]["score_count"]
        with pytest.raises(OutOfScope):
            reader.place(1)
    whole = built(org)["history"]
    narrow = built(org, "branch_secretary", org)["history"]
    assert isinstance(whole, Figure)
    assert isinstance(narrow, Figure)
    assert len(whole.figure.data) == len(narrow.figure.data) + 1  # type: ignore[union-attr]
    labels = numbers(built(org, "branch_secretary", org))
    assert not [label for label in labels if label.endswith("内名次")]


def test_the_rank_below_the_superior_is_the_place_by_points() -> None:
    org = lit_branch()
    nodes = frame(schema.nodes, known()[1]).set_index("org_id")
    results = frame(schema.branch_results, known()[1])
    with open_scoped(known()[1], Viewer(1, "d", "某人", "district_leader", 1)) as reader:
        found = branch_file.load(reader, reader.place(org), month(), tuple(RULES), RADAR_AXES, [])
    assert found is not None
    assert found.superior is not None
    inside = nodes[(nodes.position > found.superior.position) & (nodes.position < found.superior.subtree_end)]
    now = results[(results.period_month == month()) & results.org_id.isin(inside.index)].set_index("org_id")
    rounded = now.score.round(1)
    assert found.rank == ((rounded > rounded[org]).sum() + 1, rounded.notna().sum())


@pytest.mark.parametrize(
    ("indicator", "value", "own", "mean"),
    [
        ("hj_n06_study", 14.4318, "14.4 分", "14.4 分"),
        ("jn_g_politics", 80.0, "80 分", "80.0 分"),
        ("jn_w02_signin_below_50", 0.285, "28.5%", "28.5%"),
        ("hs_b_attendance_rate", 0.96, "96.0%", "96.0%"),
        ("hs_b_life_meeting", 1.0, "已开展", "100.0%"),
        ("hs_b_term", -10.0, "−10 天", "−10.0 天"),
        ("jn_w12_term_expired", -10.0, "−10", ""),
        ("hs_b_term", None, "–", "–"),
    ],
)
def test_points_made_of_a_share_are_written_as_points(
    indicator: str, value: float | None, own: str, mean: str
) -> None:
    assert (branch_words(indicator, value), mean_words(indicator, value)) == (own, mean)


def test_a_month_without_a_row_says_why_instead_of_zeros() -> None:
    parts = built(lit_branch(), month="2019-01")
    assert list(parts) == ["said"]
    assert "尚未成立" in lines(parts["said"])[0]


def test_feeds_that_are_missing_are_named_and_never_drawn_as_zero() -> None:
    org, store = lit_branch(), copy_of(known()[1])
    absent = ("activities", "assemblies", "committee_meetings", "group_meetings", "lectures", "theme_days",
              "backfilled", "present", "required", "dues_full", "dues_short", "dues_unpaid", "dues_makeup", "dues_owed",
              "venue_access", "dev_overdue", "score", *RADAR_AXES)  # fmt: skip
    with store.begin() as connection:
        for table in (schema.branch_months, schema.branch_results):
            gone = {name: None for name in absent if name in table.c}
            connection.execute(sa.update(table).where(table.c.org_id == org).values(gone))
    parts = built(org, store=store)
    for slug in ("activities", "attendance", "dues", "basics"):
        part = parts[slug]
        assert isinstance(part, Figure)
        assert part.figure is None, slug
        assert "未接入" in part.empty or "没有数据" in part.empty
    said = " ".join(lines(parts["standing"]))
    assert "阵地数据未接入" in said
    assert "发展环节未接入" in said
    found = numbers(parts)
    assert (found["诊疗分"].value, found["活动参与率"].value, found["党费收缴率"].value) == (None, None, None)
