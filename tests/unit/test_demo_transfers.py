"""Synthetic transfers: published totals, agreement with the memberships, one desk after the other."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.demo.figures import PublishedFigures
from data.demo.haishu import haishu_spec
from data.demo.people_rows import write_people
from data.demo.transfers import Transfers
from data.demo.world import World
from tests.demo_rows import NOW, rows_of

SMALL = haishu_spec().scaled(towns=4, branches=80, members=1600)


def _write(world: World) -> None:
    write_people(world.writer, world.people, world.roster, world.registry, world.time)
    Transfers(world).write()


@pytest.mark.parametrize(("wanted", "months"), [(30, 24), (170, 24), (170, 4)])
def test_a_published_number_of_transfers_is_completed_exactly_and_moves_as_many_members(
    wanted: int, months: int
) -> None:
    figures = PublishedFigures(transfers_completed=wanted)
    found = rows_of(replace(SMALL, figures=figures, months=months), _write)
    transfers, memberships = found["transfers"], found["memberships"]
    done = transfers[transfers.state == "completed"].set_index("transfer_id")
    assert len(done) == wanted
    assert done.completed_at.notna().all()
    assert set(memberships.transfer_id.dropna()) == set(done.index)
    started = memberships[memberships.start_reason == "transfer_in"].set_index("transfer_id")
    assert (started.branch_org_id == done.to_org_id[started.index]).all()
    assert (started.member_id == done.member_id[started.index]).all()
    assert set(done.direction) == {"within", "in", "out"} or wanted == 30
    assert (transfers.state != "completed").any()


@pytest.mark.parametrize("solved", [0, 56])
def test_a_published_number_of_overdue_reviews_was_decided_late_each_in_another_transfer(solved: int) -> None:
    figures = PublishedFigures(transfers_overdue_solved=solved)
    found = rows_of(replace(SMALL, figures=figures), _write)
    steps = found["transfer_steps"]
    late = steps[steps.decided_at > steps.due_at]
    assert late.transfer_id.nunique() == len(late) == solved
    assert late.step_type.str.endswith("_review").all()
    assert steps.decided_at.isna().any()


def test_a_step_opens_when_the_one_before_it_was_approved() -> None:
    steps = rows_of(SMALL, _write)["transfer_steps"].sort_values(["transfer_id", "step_seq"])
    before = steps.groupby("transfer_id")[["decided_at", "decision"]].shift()
    later = steps[(steps.step_seq > 1) & steps.opened_at.notna()]
    assert (before.decision[later.index] == "approve").all()
    assert pd.Series(before.decided_at[later.index] <= later.opened_at).all()


def test_a_letter_nobody_took_in_is_valid_or_expired_and_its_bearer_still_belongs_here() -> None:
    found = rows_of(SMALL, _write)
    transfers = found["transfers"]
    letters = transfers[transfers.state.isin(["letter_issued", "expired"])]
    today = f"{NOW.date()}"
    assert set(letters.state) == {"letter_issued", "expired"}
    assert ((letters.letter_valid_until < today) == (letters.state == "expired")).all()
    assert letters.completed_at.isna().all()
    assert letters.member_id.is_unique
    held = (
        found["memberships"]
        .query("ended_on.isna() and kind == 'formal'")
        .set_index("member_id")
        .branch_org_id
    )
    assert (held[letters.member_id].to_numpy() == letters.from_org_id).all()
    out = transfers[(transfers.direction == "out") & (transfers.state == "completed")]
    assert (out.letter_valid_until > out.letter_issued_on).all()
    assert (out.receipt_on.dropna() < today).all()
    steps = found["transfer_steps"].query("transfer_id in @letters.transfer_id")
    assert (steps.decision == "approve").all()
