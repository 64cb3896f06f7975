"""The page of transfers and floating members: flows, waiting steps, days, cases of lost contact, reports by quarter."""

from __future__ import annotations

from statistics import median

import pytest
import sqlalchemy as sa

from dashboard.leadership.figures.flows import Node, Ribbon, draw_flows
from dashboard.leadership.look import Look
from dashboard.leadership.parts import Figure, Table
from dashboard.leadership.sections.transfers_below import QUARTERS
from data.queries.leadership import transfers
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

PAGE = "transfers"


@pytest.mark.parametrize("root", areas())
def test_figures_and_the_table_below_are_sums_over_the_branches_of_the_subtree(root: int) -> None:
    names = ("moved_in", "moved_out", "transfer_overdue", "pocket_overdue", "lost_members")
    adding_up(root, PAGE, names)


def test_the_median_of_days_is_that_of_all_transfers_of_the_year_to_the_month() -> None:
    year = month()[:4]
    rows = [*tally("transfer_days", f"{year}-01", 0, **{"0003": 2, "0040": 1})]
    rows += [
        *tally("transfer_days", month(), 0, **{"0009": 1}),
        *tally("transfer_days", "2025-12", 0, **{"0099": 9}),
    ]
    with changed(**inserted(*rows)) as store, seen_by("district_leader", 1, store) as reader:
        found = transfers.days(reader, reader.root, month())
        parts = built(reader, PAGE)
    assert found is not None
    assert found.median == median((3, 3, 9, 40)) == 6
    drawn = parts["days"]
    assert isinstance(drawn, Figure)
    assert drawn.figure is not None
    # Whatever took thirty days and more shares the last column.
    assert [(x, y) for x, y in zip(drawn.figure.data[0].x, drawn.figure.data[0].y, strict=True) if y] == [
        (3, 2),
        (9, 1),
        (30, 1),
    ]


def test_flows_are_the_districts_alone_and_none_below_five_is_drawn() -> None:
    flows = {"within__1__2": 6, "within__2__1": 4, "in__440000__2": 9}
    rows = tally("transfer_flow", month(), 0, **flows)
    committee = next(org for org, node in nodes().items() if node["depth"] == 1)
    with changed(**inserted(*rows)) as store, seen_by("district_leader", 1, store) as reader:
        whole, part = built(reader, PAGE), built(reader, PAGE, committee)
    drawn = whole["flows"]
    assert isinstance(drawn, Figure)
    assert drawn.figure is not None
    ribbons = [trace.name for trace in drawn.figure.data if trace.hoveron == "fills"]
    assert sorted(int(name.split()[-1]) for name in ribbons) == [6, 9]
    assert "flows" not in part
    assert "15 人次" in drawn.note


def test_waiting_steps_stand_by_age_and_lost_contact_adds_up() -> None:
    rows = [
        *tally("transfers_waiting", "", 0, branch_accept__0=5, branch_accept__31=2, receipt__3=1),
        *tally("transfers_open", "", 0, branch_accept=7, branch_accept__overdue=2, receipt=1),
        *tally("lost_contact", "", 0, total=9, found=6, integrated=4, status__integrated=4, status__found=1,
               status__searching=3),
    ]  # fmt: skip
    with changed(**inserted(*rows)) as store, seen_by("district_leader", 1, store) as reader:
        waiting, lost = transfers.waiting(reader, reader.root), transfers.lost(reader, reader.root)
        parts = built(reader, PAGE)
    assert waiting == [
        transfers.Waiting("branch_accept", (5, 0, 0, 0, 2), 2),
        transfers.Waiting("receipt", (0, 1, 0, 0, 0), 0),
    ]
    assert lost is not None
    assert (lost.total, lost.other) == (9, 1)
    drawn = parts["lost"]
    assert isinstance(drawn, Figure)
    assert drawn.figure is not None
    bars = drawn.figure.data[0]
    # Each part hangs where the one before ended; what is left stands on the ground.
    assert list(bars.base) == [0, 5, 4, 3, 0]
    assert list(bars.y) == [9, 4, 1, 1, 3]


def test_reports_of_a_quarter_are_coloured_from_five_on_and_only_of_whoever_had_to() -> None:
    end = known()[0].months[4]
    assert end.endswith("-06")
    b = schema.branch_months
    branches = [
        org for org, node in nodes().items() if node["org_type"] == "branch" and node["parent_org_id"] == 4
    ]
    due = {branches[0]: (10, 5), branches[1]: (2, 0)}
    several = {
        f"{at}": b.update().where(b.c.org_id == org, b.c.period_month == end).values(
            floating_due=owed, floating_reported=done
        )
        for at, (org, (owed, done)) in enumerate(due.items())
    }  # fmt: skip
    with changed(**several) as store, seen_by("committee_admin", 4, store) as reader:
        table = built(reader, PAGE)["reports"]
    assert isinstance(table, Table)
    found = {row["org_id"]: (row[end], row[f"{end}_light"]) for row in table.rows}
    assert found == {branches[0]: ("5 / 10", 4), branches[1]: ("0 / 2", None)}
    assert len(table.columns) == QUARTERS + 1


@pytest.mark.parametrize("root", roots())
def test_without_tallies_or_before_the_first_month_the_page_still_stands(root: int) -> None:
    gone = {"a": EMPTY_TALLIES, "b": sa.delete(schema.committee_months)}
    with changed(**gone) as store, seen_by("district_leader", 1, store) as reader:
        for parts in (built(reader, PAGE, root), built(reader, PAGE, root, month="2020-01", versus="year")):
            drawn = [part for part in parts.values() if isinstance(part, Figure)]
            assert drawn
            assert all(part.figure is not None or part.empty for part in drawn)
            assert ("elsewhere" in parts) != ("waiting" in parts)


def test_bars_of_a_flow_are_as_thick_as_their_ribbons_and_never_overlap() -> None:
    nodes = [Node(str(at), str(at), at // 2, "#000") for at in range(4)]
    ribbons = [Ribbon("0", "2", 30, "#111"), Ribbon("0", "3", 10, "#111"), Ribbon("1", "3", 20, "#111")]
    figure = draw_flows(Look(), nodes, ribbons, str)
    bars = [trace for trace in figure.data if trace.hoverinfo == "skip"]
    spans = [(min(bar.y), max(bar.y)) for bar in bars]
    thick = [round((bottom - top) / (spans[0][1] - spans[0][0]) * 40) for top, bottom in spans]
    assert thick == [40, 20, 30, 30]
    assert spans[0][1] < spans[1][0]
    assert spans[2][1] < spans[3][0]
    assert max(bottom for _, bottom in spans) <= figure.layout.yaxis.range[0]
