"""A published month stands: late rows, deletions, new rules and rebuilds leave it, a correction does not."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from data.contract import activities, month_closings
from data.indicators.line import Line
from data.projection.picture import AFTER_PUBLICATION
from data.projection.projector import District
from data.readmodel.measures import MEASURES
from tests.naive.district import end_of
from tests.naive.edits import EDITS, Living, delete_organisation
from tests.naive.life import random_district
from tests.naive.projected import (
    Table,
    differences,
    insert,
    new_source,
    new_store,
    profile_district,
    projector,
    read_table,
)

DENSE = ("branch_months", "branch_results", "committee_months", "org_months", "town_months")
SEEDS = range(3)


@dataclass
class Published:
    """A projected district whose closed months are all published, its last closed month and a movable clock."""

    source: sa.Engine
    store: sa.Engine
    now: datetime
    months: list[str]
    chance: random.Random

    def __call__(self) -> datetime:
        return self.now

    @property
    def month(self) -> str:
        return self.months[-2]

    def run(self, district: District | None = None, *, rebuild: bool = False) -> None:
        self.now += timedelta(minutes=2)
        running = projector(self.source, self.store, self, district)
        running.run(rebuild=rebuild)
        running.lease.release()

    def frozen_cells(self) -> dict[str, Table]:
        """Every stored figure of the published months that may not move any more."""
        return {name: self._of_months(name, self.months[:-1]) for name in DENSE}

    def _of_months(self, name: str, months: list[str]) -> Table:
        return {
            key: {column: value for column, value in row.items() if column not in AFTER_PUBLICATION}
            for key, row in read_table(self.store, name).items()
            if key[1] in months
        }

    def publish(self, month: str, version_no: int) -> None:
        closing = {
            "closing_id": version_no * 1000 + self.months.index(month),
            "period_month": month,
            "version_no": version_no,
            "frozen_at": end_of(month),
            "published_at": self.now - timedelta(hours=1),
            "updated_at": self.now,
            "status": "published",
        }
        insert(self.source, "month_closings", closing)

    def branch(self) -> int:
        """A branch that existed in the published month."""
        cells = read_table(self.store, "branch_months")
        return next(
            int(key[0]) for key, row in sorted(cells.items()) if row["eligible"] and key[1] == self.month
        )

    def hold_theme_day(self, branch: int, recorded_at: datetime) -> None:
        started = end_of(self.month) - timedelta(days=3)
        row = {
            "activity_id": 90_000 + self.chance.randrange(10_000),
            "org_id": branch,
            "activity_type": "theme_party_day",
            "status": "held",
            "started_at": started,
            "period_month": self.month,
            "recorded_at": recorded_at,
            "updated_at": self.now,
        }
        insert(self.source, "activities", row)

    def cell(self, branch: int) -> dict[str, float]:
        return dict(read_table(self.store, "branch_months")[branch, self.month])


@pytest.fixture(params=SEEDS)
def published(request: pytest.FixtureRequest) -> Published:
    district = random_district(request.param)
    source, store = new_source(district.rows), new_store()
    found = Published(source, store, district.now, district.months, random.Random(request.param))
    for month in district.months[:-1]:
        found.publish(month, 1)
    found.run()
    return found


def assert_unchanged(before: dict[str, Table], after: dict[str, Table]) -> None:
    for name in DENSE:
        kept = {key: row for key, row in after[name].items() if key in before[name]}
        assert differences(kept, before[name]) == []


def test_no_edit_of_the_source_moves_a_published_month(published: Published) -> None:
    before = published.frozen_cells()
    # A deleted organisation takes its rows out of every month.
    edits = [edit for edit in EDITS if edit is not delete_organisation]
    for edit in published.chance.choices(edits, k=40):
        edit(Living(published.source, published.chance, published.now, published.months))
    published.run()
    assert_unchanged(before, published.frozen_cells())


def test_a_late_row_is_shown_as_late_and_changes_nothing_else(published: Published) -> None:
    branch = published.branch()
    before, cells = published.cell(branch), published.frozen_cells()
    published.hold_theme_day(branch, recorded_at=published.now)
    published.run()
    after = published.cell(branch)
    assert after.pop("backfilled") == before.pop("backfilled") + 1
    assert after == before
    assert_unchanged(cells, published.frozen_cells())


def test_a_row_that_would_have_scored_changes_a_published_month_only_after_a_correction(
    published: Published,
) -> None:
    branch = published.branch()
    before = published.cell(branch)
    published.hold_theme_day(branch, recorded_at=end_of(published.month) - timedelta(hours=1))
    published.run()
    assert published.cell(branch) == before
    published.publish(published.month, 2)
    published.run()
    assert published.cell(branch)["theme_days"] == before["theme_days"] + 1
    version = read_table(published.store, "months")[(published.month,)]["version_no"]
    assert version == 2


def test_a_corrected_month_says_what_a_fresh_read_model_says(published: Published) -> None:
    gone = activities.c.period_month == published.month
    with published.source.begin() as connection:
        values = {"deleted_at": published.now, "updated_at": published.now}
        connection.execute(activities.update().where(gone).values(**values))
    published.run()
    published.publish(published.month, 2)
    published.run()
    fresh = replace(published, store=new_store())
    fresh.run()
    names = [measure.name for measure in MEASURES]
    wanted = {k: row for k, row in read_table(fresh.store, "branch_months").items() if k[1] == fresh.month}
    found = {k: row for k, row in read_table(published.store, "branch_months").items() if k in wanted}
    assert differences(found, wanted, names) == []


def test_a_corrected_month_is_frozen_again(published: Published) -> None:
    published.publish(published.month, 2)
    published.run()
    branch = published.branch()
    before = published.frozen_cells()
    published.hold_theme_day(branch, recorded_at=end_of(published.month) - timedelta(hours=1))
    published.run()
    assert_unchanged(before, published.frozen_cells())


def test_a_rebuild_restores_published_months_from_the_store(published: Published) -> None:
    before = published.frozen_cells()
    with published.source.begin() as connection:
        connection.execute(activities.delete())
    published.run(rebuild=True)
    assert_unchanged(before, published.frozen_cells())


def test_new_rules_begin_with_the_months_not_yet_published(published: Published) -> None:
    before = published.frozen_cells()
    ordinary = profile_district()
    strict = [
        rule.model_copy(update={"weight": rule.weight + i}) for i, rule in enumerate(ordinary.catalogue.rules)
    ]
    hard = [
        rule.model_copy(update={"yellow": Line("<=", 4000.0)}) if rule.id == "hs_b_term" else rule
        for rule in strict
    ]
    catalogue = replace(ordinary.catalogue, rules=hard)
    published.run(replace(ordinary, catalogue=catalogue, digest="other"))
    assert_unchanged(before, published.frozen_cells())
    open_lights = {
        row["hs_b_term_light"]
        for key, row in read_table(published.store, "branch_results").items()
        if key[1] == published.months[-1]
    }
    assert 2.0 not in open_lights


def test_a_withdrawn_closing_reopens_its_month(published: Published) -> None:
    branch = published.branch()
    before = published.cell(branch)
    published.hold_theme_day(branch, recorded_at=end_of(published.month) - timedelta(hours=1))
    mine = month_closings.c.period_month == published.month
    with published.source.begin() as connection:
        values = {"deleted_at": published.now, "updated_at": published.now}
        connection.execute(month_closings.update().where(mine).values(**values))
    published.run()
    assert published.cell(branch)["theme_days"] == before["theme_days"] + 1
