"""Updating equals rebuilding: after any edits, in any order, the read model says what a fresh one says."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given

from data.contract import activities, attendances, members
from data.indicators.evaluate import Evaluation, evaluate
from data.projection import build
from data.projection.tallying import THINGS
from data.readmodel.cube import Cube
from data.readmodel.schema import branch_months
from tests.naive.edits import EDITS, Living
from tests.naive.life import random_district
from tests.naive.platform_edits import PLATFORM_EDITS
from tests.naive.projected import change, content_differences, new_source, new_store, projector, read_table
from tests.naive.setup_edits import SETUP_EDITS
from tests.naive.strategies import fewer_districts, seeds

ROUNDS = 4
PAUSES = (
    timedelta(seconds=12),
    timedelta(minutes=2),
    timedelta(hours=5),
    timedelta(days=1),
    timedelta(days=20),
)
# Broken rows are looked for again after ten minutes, so are the tallies that read many rows.
LONG_ENOUGH = timedelta(minutes=11)
# A row of the future stops being one without a change; it is found with the next change or the next day.
FUTURE = "starts in the future"


class Moment:
    """A clock that stands until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def _rebuilt(source: sa.Engine, clock: Moment) -> sa.Engine:
    store = new_store()
    projector(source, store, clock).run()
    return store


@fewer_districts
@given(seeds)
def test_after_random_edits_an_update_equals_a_rebuild(seed: int) -> None:
    chance = random.Random(seed)
    district = random_district(seed)
    source, store, clock = new_source(district.rows), new_store(), Moment(district.now)
    watching = projector(source, store, clock)
    watching.run()
    done = []
    for _ in range(ROUNDS):
        clock.now += chance.choice(PAUSES)
        living = Living(source, chance, clock.now, district.months)
        for edit in chance.choices((*EDITS, *SETUP_EDITS, *PLATFORM_EDITS), k=chance.randrange(1, 6)):
            edit(living)
            done.append(edit.__name__)
        if chance.random() < 0.3:
            watching.lease.release()
            watching = projector(source, store, clock)
            done.append("restart")
            # The first run of a restart leaves the tallies for the next.
            watching.run()
        watching.run()
        assert content_differences_at_once(store, _rebuilt(source, clock)) == [], done
    clock.now += LONG_ENOUGH
    watching.run()
    assert [
        line for line in content_differences(store, _rebuilt(source, clock)) if FUTURE not in line
    ] == [], done


def content_differences_at_once(store: sa.Engine, other: sa.Engine) -> list[str]:
    """But for what is looked at every ten minutes only."""
    later = ["('" + thing.name + "'" for thing in THINGS if thing.every]
    found = [line for line in content_differences(store, other) if not line.startswith("quarantine ")]
    return [line for line in found if not any(name in line for name in later)]


def test_a_changed_sign_in_has_only_the_branches_it_concerns_judged_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    district = random_district(7)
    source, store, clock = new_source(district.rows), new_store(), Moment(district.now)
    watching = projector(source, store, clock)
    watching.run()
    judged: list[int] = []

    def evaluating(cube: Cube, *rest: Any) -> Evaluation:
        judged.extend(cube.branches)
        return evaluate(cube, *rest)

    monkeypatch.setattr(build, "evaluate", evaluating)
    of_branch = sa.select(attendances.c.attendance_id, activities.c.org_id).join(
        activities, activities.c.activity_id == attendances.c.activity_id
    )
    branches = [row["org_id"] for row in district.branches()]
    with source.connect() as connection:
        key, branch = connection.execute(of_branch.where(activities.c.org_id.in_(branches)).limit(1)).one()
    clock.now += timedelta(seconds=12)
    mine = attendances.c.attendance_id == key
    change(source, attendances, mine, deleted_at=clock.now, updated_at=clock.now)
    watching.run()
    # That of the activity, and that of the member.
    assert branch in judged
    assert len(judged) <= 2 < len(branches)
    assert content_differences_at_once(store, _rebuilt(source, clock)) == []


def test_an_activity_that_changes_hands_is_counted_at_its_new_organisation_only() -> None:
    district = random_district(7)
    source, store, clock = new_source(district.rows), new_store(), Moment(district.now)
    watching = projector(source, store, clock)
    watching.run()
    first, second = (row["org_id"] for row in district.branches()[:2])
    for organiser, other in ((first, second), (second, 1)):
        mine = (activities.c.org_id == organiser) & (activities.c.deleted_at.is_(None))
        clock.now += timedelta(minutes=2)
        change(source, activities, mine, org_id=other, updated_at=clock.now)
        watching.run()
        assert content_differences(store, _rebuilt(source, clock)) == []
        cells = read_table(store, "branch_months")
        assert not any(
            row["assemblies"] or row["theme_days"] for key, row in cells.items() if key[0] == organiser
        )


def test_a_deleted_member_takes_dues_posts_steps_and_sign_ins_along_and_brings_them_back() -> None:
    district = random_district(11)
    source, store, clock = new_source(district.rows), new_store(), Moment(district.now)
    watching = projector(source, store, clock)
    watching.run()
    before = totals(store)
    assert all(before[name] for name in ("dues_owed", "required", "transfer_steps", "committee_size"))
    deleted, moment = members.c.deleted_at, clock.now + timedelta(seconds=1)
    for whose, gone in ((deleted.is_(None), moment), (deleted == moment, None)):
        clock.now += timedelta(minutes=2)
        change(source, members, whose, deleted_at=gone, updated_at=clock.now)
        watching.run()
        assert content_differences_at_once(store, _rebuilt(source, clock)) == []
        assert totals(store) == (before if gone is None else dict.fromkeys(before, 0))


def totals(store: sa.Engine) -> dict[str, float]:
    """Sums over all cells of measures that count rows about members."""
    names = (
        "members",
        "dues_owed",
        "required",
        "signins",
        "transfer_steps",
        "committee_size",
        "index_points",
    )
    cells = read_table(store, "branch_months").values()
    return {name: sum(cell[name] or 0 for cell in cells) for name in names}


def test_the_nightly_sweep_finds_a_row_no_change_column_told_of() -> None:
    district = random_district(3)
    source, store, clock = new_source(district.rows), new_store(), Moment(district.now)
    nightly = projector(source, store, clock)
    nightly.run()
    signins = sa.select(sa.func.sum(branch_months.c.signins)).where(
        branch_months.c.period_month == district.months[-1]
    )
    with store.connect() as connection:
        assert connection.execute(signins).scalar_one() > 0
    # These tables have no triggers: the rows are gone and nothing tells of it.
    with source.begin() as connection:
        connection.execute(attendances.delete())
    assert nightly.run().changed_rows == 0
    clock.now += timedelta(days=1)
    nightly.run()
    with store.connect() as connection:
        assert connection.execute(signins).scalar_one() == 0
