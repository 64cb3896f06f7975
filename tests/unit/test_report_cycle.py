"""The monthly cycle on a small invented district: day, confirmation, resumption, correction."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from commands.cycle import due_note
from dashboard.profile import load_profile
from dashboard.reports.cycle import BRANCH, Cycle, due_month, mark_due
from data.engine import open_engine
from data.projection.resource_library import Library
from data.readmodel.report_runs import read_run
from data.readmodel.schema import months, org_months
from tests.readmodel_district import fill

PROFILE, MONTH = load_profile("haishu"), "2026-10"
EVE, DAY = datetime(2026, 11, 4, 23, 59), datetime(2026, 11, 5, 0, 0)
# One of the twelve invented branches is founded in the open month: nothing is reported of it yet.
FOUNDED, BRANCHES = 12, 11


@pytest.fixture
def cycle(tmp_path: Path) -> Cycle:
    store = open_engine(f"sqlite:///{tmp_path / 'readmodel.db'}")
    fill(store, towns=2, months=4, branches=FOUNDED, now=datetime(2026, 11, 20))
    same = dict.fromkeys(("members", "eligible", "scored_members", "red_branches", "yellow_branches"), 10)
    same |= {
        "green_branches": 10,
        "present": 9,
        "required": 10,
        "dues_full": 9,
        "dues_owed": 10,
        "red_members": 1,
    }
    same |= {"transfer_steps_on_time": 1, "transfer_steps": 1, "dev_steps_proper": 1, "dev_steps": 1}
    with store.begin() as connection:
        connection.execute(sa.update(org_months).values(**same, score_sum=900, score_count=10))
    return Cycle(store, PROFILE, tmp_path / "reports", Library)


def jump(cycle: Cycle, members: float) -> None:
    with cycle.store.begin() as connection:
        connection.execute(
            sa.update(org_months).values(members=members).where(org_months.c.period_month == MONTH)
        )


def state(cycle: Cycle) -> str | None:
    run = read_run(cycle.store, MONTH, BRANCH)
    return None if run is None else run.state


def test_reports_are_due_from_the_publish_day_on() -> None:
    assert due_month(EVE, 5) is None
    assert due_month(DAY, 5) == MONTH
    assert due_month(datetime(2027, 1, 31), 5) == "2026-12"


def test_a_month_is_reported_once_with_an_index(cycle: Cycle) -> None:
    assert cycle.run(EVE).state == "early"
    assert state(cycle) is None
    assert cycle.run(DAY).written == BRANCHES
    folder = cycle.folder / MONTH
    assert len(list((folder / "branch").iterdir())) == BRANCHES
    assert (folder / "index.html").read_text("utf-8").count('href="branch/') == BRANCHES
    run = read_run(cycle.store, MONTH, BRANCH)
    assert run is not None
    assert (run.state, run.count, run.generated_at) == ("done", BRANCHES, DAY)
    assert cycle.run(DAY).written == 0
    assert cycle.run(DAY, again=True).written == BRANCHES


@pytest.mark.parametrize(("members", "held"), [(13, False), (13.1, True), (6.9, True), (7, False)])
def test_a_jump_beyond_thirty_percent_waits_for_a_person(cycle: Cycle, members: float, held: bool) -> None:
    jump(cycle, members)
    outcome = cycle.run(DAY)
    assert (outcome.state == "held") is held
    if held:
        assert [change.figure for change in outcome.changes] == ["members"]
        assert not cycle.folder.exists()
        assert cycle.run(DAY, confirmed_by="operator").state == "done"
        run = read_run(cycle.store, MONTH, BRANCH)
        assert run is not None
        assert (run.confirmed_by, run.confirmed_at) == ("operator", DAY)


def test_an_interrupted_run_goes_on_where_it_ended(cycle: Cycle) -> None:
    class Stop(Exception): ...  # noqa: N818

    def stop_at_the_end(step: str, done: int, total: int) -> None:
        if done == total:
            raise Stop

    with pytest.raises(Stop):
        cycle.run(DAY, progress=stop_at_the_end)
    assert state(cycle) == "generating"
    lost = sorted((cycle.folder / MONTH / "branch").iterdir())[:3]
    for file in lost:
        file.unlink()
    assert cycle.run(DAY).written == 3
    assert state(cycle) == "done"


def test_a_corrected_closing_is_reported_anew_and_an_open_month_never(cycle: Cycle) -> None:
    cycle.run(DAY)
    with cycle.store.begin() as connection:
        connection.execute(sa.update(months).values(version_no=2).where(months.c.period_month == MONTH))
    assert cycle.run(DAY).written == BRANCHES
    assert cycle.run(datetime(2026, 12, 5)).state == "waiting"


def test_the_projector_only_notes_what_is_due_and_says_so_once(
    cycle: Cycle, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    note = due_note(cycle.store, PROFILE, lambda: DAY)
    note(None)
    note(None)
    assert state(cycle) == "due"
    assert caplog.text.count("reports of 2026-10 are due") == 1
    assert mark_due(cycle.store, PROFILE, DAY) is None
    assert not cycle.folder.exists()
