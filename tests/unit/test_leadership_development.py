"""The page of development: numbers beside counts by hand, steps of a chosen stage, what a place has no numbers of."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Switch, Table, Text
from dashboard.leadership.small_rates import FEW, rate_shown
from data.readmodel import schema
from tests.leadership_pages import (
    EMPTY_TALLIES,
    areas,
    built,
    changed,
    known,
    nodes,
    roots,
    seen_by,
)
from tests.leadership_tallies import adding_up, inserted, month, tally

PAGE = "development"
STAGE = "stage"


@pytest.mark.parametrize("root", areas())
def test_figures_and_the_table_below_are_sums_over_the_branches_of_the_subtree(root: int) -> None:
    names = ("dev_steps", "dev_overdue", "dev_overdue_30", "dev_due_soon")
    adding_up(root, PAGE, names)


def test_a_chosen_stage_leaves_its_own_steps_and_can_be_left_again() -> None:
    rows = tally(
        "step_board", "", 0,
        **{"25__2__waiting": 3, "25__2__soon": 1, "25__12__waiting": 4, "25__12__overdue": 2, "25__12__overdue_30": 1},
    ) + tally("development_funnel", "", 0, stage__1=3, stage__4=4, reached__1=9)  # fmt: skip
    named = [
        {
            "listing": "step_names",
            "position": at,
            "kind": f"25|{no}|{stage}",
            "title": f"步{no}",
            "is_public": True,
        }
        for at, (no, stage) in enumerate(((2, 1), (12, 4)))
    ]
    listing = {
        "c_listed": sa.delete(schema.listings).where(schema.listings.c.listing == "step_names"),
        "d_listed": sa.insert(schema.listings).values(named),
    }
    with changed(**inserted(*rows), **listing) as store, seen_by("district_leader", 1, store) as reader:
        whole, chosen = built(reader, PAGE), built(reader, PAGE, stage="4")
    steps = {slug: parts["steps"] for slug, parts in (("whole", whole), ("chosen", chosen))}
    counts = {slug: [(r["number"], r["waiting"], r["overdue"]) for r in t.rows] for slug, t in steps.items()}  # type: ignore[attr-defined]
    assert counts == {"whole": [("第2步", 3, 0), ("第12步", 4, 3)], "chosen": [("第12步", 4, 3)]}
    switch, board = chosen[STAGE], chosen["stages"]
    assert isinstance(switch, Switch)
    assert isinstance(board, Figure)
    assert board.figure is not None
    assert [c.label for c in switch.choices if c.chosen] == ["预备接收"]
    overdue = next(trace for trace in board.figure.data if trace.name == "超期")
    assert list(overdue.x) == [0, 0, 0, 3, 0]
    # The bar of the chosen stage leads back to all, any other to its own.
    assert "stage=" not in overdue.customdata[3]
    assert "stage=1" in overdue.customdata[0]


def test_shares_of_the_admitted_wait_for_five_and_gates_of_few_are_a_small_sample() -> None:
    year = month()[:4]
    rows = [
        *tally("development_admitted", f"{year}-03", 0, all=4, women=2),
        *tally("development_admitted", month(), 0, all=1, women=1, age_35=1),
        *tally("development_admitted", known()[0].months[-1], 0, all=90),
        *tally(
            "exams", month(), 0, taken__2=4, first__2=3, passed__2=3, taken__3=10, first__3=9, passed__3=10
        ),
    ]
    with changed(**inserted(*rows)) as store, seen_by("district_leader", 1, store) as reader:
        now, before = built(reader, PAGE), built(reader, PAGE, month=f"{year}-03")
    drawn, early, gates = now["admitted"], before["admitted"], now["exams"]
    assert isinstance(drawn, Figure)
    assert isinstance(early, Figure)
    assert isinstance(gates, Table)
    assert drawn.figure is not None
    assert list(drawn.figure.data[0].x) == [0.2, 0, 0, 0.6]
    assert early.figure is None
    assert "不足5名" in early.empty
    assert [(row["taken"], row["first_rate"]) for row in gates.rows] == [(4, FEW), (10, 0.9), (0, None)]


def test_a_committee_and_the_district_are_told_the_same_of_a_town_and_nothing_of_another() -> None:
    rows = [*tally("development_funnel", "", 0, stage__1=50), *tally("development_funnel", "", 2, stage__1=7)]
    rows += tally("development_funnel", "", 1, stage__1=43)
    town = next(org for org, node in nodes().items() if node["depth"] == 1 and node["town_id"] == 2)
    with changed(**inserted(*rows)) as store:
        with seen_by("committee_admin", town, store) as reader:
            own = built(reader, PAGE)
        with seen_by("district_leader", 1, store) as reader:
            from_above = built(reader, PAGE, town)
    assert own["stages"].note == from_above["stages"].note
    assert "在办 7 件" in own["stages"].note


@pytest.mark.parametrize("root", roots())
def test_without_tallies_or_before_the_first_month_every_part_says_why_it_is_empty(root: int) -> None:
    with changed(a=EMPTY_TALLIES) as store, seen_by("district_leader", 1, store) as reader:
        for parts in (built(reader, PAGE, root), built(reader, PAGE, root, month="2020-01", versus="year")):
            assert "stages" not in parts
            for part in parts.values():
                assert part.empty or (isinstance(part, Text) and part.lines)
            assert ("elsewhere" in parts) != ("exams" in parts)


def test_a_rate_is_told_from_five_cases_on() -> None:
    assert [rate_shown(n, d) for n, d in ((4, 4), (3, 5), (0, 0), (None, 9), (0, 7))] == [
        FEW,
        0.6,
        None,
        None,
        0.0,
    ]
