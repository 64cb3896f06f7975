"""The quarterly report: node states counted by hand, the problem list and what became of it, scope, running quarter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Table, Text
from dashboard.profile import load_profile
from data.indicators.nodes import NODES
from data.queries import report_problems
from data.queries.leadership import problems, quarter_nodes
from data.queries.leadership.quarter_nodes import NodePeriod
from data.readmodel import schema
from data.readmodel.light import Light
from data.readmodel.reader import open_reader
from tests.leadership_filled import (
    TOWN,
    branches,
    built,
    changed,
    frame,
    inside,
    numbers,
    rows,
    seen_by,
    store,
)

END, OPEN = "2026-09", "2026-11"
RULES = tuple(rule.id for rule in load_profile("huiji").catalogue.rules)
R, W = schema.branch_results, schema.org_warnings


def states(engine: sa.Engine, org: int, end: str) -> dict[tuple[str, str], str]:
    """State of one branch by node and month of the period."""
    with seen_by(engine=engine) as reader:
        found = quarter_nodes.load(reader, reader.place(org), end)
    return {(one.indicator, one.month): _state(one) for one in found}


def _state(period: NodePeriod) -> str:
    return next(state for state, count in period.branches.items() if count)


def lit(org: int, month: str, node: str, light: Light, score: float | None) -> sa.Update:
    values = {f"{node}_light": light, f"{node}_score": score}
    return sa.update(R).where(R.c.org_id == org, R.c.period_month == month).values(values)


def test_a_closed_month_is_told_by_its_light_and_a_closed_quarter_by_its_share() -> None:
    org = branches()[0]
    with changed(
        lit(org, "2026-07", "hj_n05_theme_day", Light.RED, 0),
        # Held, but the score of the quarter so far still lacks July.
        lit(org, "2026-08", "hj_n05_theme_day", Light.GREEN, 50),
        lit(org, "2026-08", "hj_n03_group", Light.YELLOW, 80),
        lit(org, END, "hj_n01_assembly", Light.GREEN, 100),
        lit(org, END, "hj_n06_study", Light.GREEN, 80),
        lit(org, END, "hj_n08_community", Light.NA, None),
    ) as engine:
        found = states(engine, org, END)
    assert found["hj_n05_theme_day", "2026-07"] == "missed"
    assert found["hj_n05_theme_day", "2026-08"] == "done"
    assert found["hj_n03_group", "2026-08"] == "partly"
    assert found["hj_n01_assembly", END] == "done"
    assert found["hj_n06_study", END] == "partly"
    assert found["hj_n08_community", END] == "na"


def test_a_running_period_is_pending_until_all_is_done_or_its_node_day_has_passed() -> None:
    org = branches()[0]
    with changed(
        lit(org, OPEN, "hj_n02_committee", Light.YELLOW, None),
        lit(org, OPEN, "hj_n05_theme_day", Light.GREEN, 66),
        lit(org, OPEN, "hj_n01_assembly", Light.GREEN, None),
        lit(org, OPEN, "hj_n04_lecture", Light.GREEN, 100),
    ) as engine:
        found = states(engine, org, "2026-12")
    assert found["hj_n02_committee", OPEN] == "reminded"
    assert found["hj_n05_theme_day", OPEN] == "done"
    assert found["hj_n01_assembly", OPEN] == "pending"
    assert found["hj_n04_lecture", OPEN] == "done"
    assert ("hj_n02_committee", "2026-12") not in found


def test_the_states_of_a_committee_are_those_of_its_branches_and_of_no_other() -> None:
    with seen_by("committee_admin", TOWN) as reader:
        periods = quarter_nodes.load(reader, reader.root, END)
    results = frame(R)
    results = results[results.org_id.isin(branches(TOWN))]
    assert {period.indicator for period in periods} == set(NODES)
    assert sum(len(period.days) for period in periods if period.indicator == "hj_n02_committee") == 3
    for period in periods:
        lights = results[results.period_month == period.month][f"{period.indicator}_light"].dropna()
        assert sum(period.branches.values()) == len(lights)
        assert period.branches["missed"] == (lights == Light.RED).sum()
        assert period.branches["na"] == (lights == Light.NA).sum()
        assert period.yellow == (lights == Light.YELLOW).sum()


def test_the_problem_list_is_that_of_the_issued_document_within_the_scope() -> None:
    every = [rule.id for rule in load_profile("haishu").catalogue.rules]
    with open_reader(store()) as reader:
        listed = report_problems.load(reader, every, END)
    with seen_by() as scoped:
        whole = problems.load(scoped, scoped.root, every, END)
        page = built(scoped, "quarter", "haishu", month=END)
    assert [(p.place.org_id, p.indicator, p.value, p.light) for p in whole] == [
        (p.org_id, p.indicator, p.value, p.light) for p in listed
    ]
    assert len(whole) > 2
    assert numbers(page["problem-numbers"])["问题"].value == len(whole)
    assert sum(row["problems"] for row in rows(page["units"])) == len(whole)
    with seen_by("committee_admin", TOWN) as scoped:
        own = built(scoped, "quarter", "haishu", month=END)
    mine = [p for p in listed if p.org_id in inside(TOWN)]
    assert mine
    assert {row["id"] for row in rows(own["problems"])} == {f"{p.org_id}-{p.indicator}" for p in mine}


def with_problem(org: int, state: str | None, **moments: datetime) -> list[sa.Executable]:
    """One problem at the close of the quarter, its warning in a state (None: no warning), green since."""
    node = "hj_n01_assembly"
    made: list[sa.Executable] = [
        sa.delete(W).where(W.c.org_id == org),
        *(sa.update(R).where(R.c.org_id == org).values({f"{name}_light": Light.GREEN}) for name in RULES),
        lit(org, END, node, Light.RED, 0),
    ]
    if state is not None:
        row: dict[str, Any] = {
            "warning_id": 900_001, "indicator_id": node, "level": "red", "org_id": org, "period": END,
            "state": state, "raised_at": datetime(2026, 10, 1, 8), "rectify_due_on": datetime(2026, 10, 16).date(),
            "escalation": 0,
        }  # fmt: skip
        made.append(sa.insert(W).values(row | moments))
    return made


@pytest.mark.parametrize(
    ("state", "moments", "words"),
    [
        ("acknowledged", {}, "超期未销号"),
        ("closed", {"rectified_at": datetime(2026, 10, 12, 9)}, "已销号"),
        # An older warning that ended before the close says nothing of this problem.
        ("closed", {"raised_at": datetime(2026, 8, 1), "rectified_at": datetime(2026, 8, 9)}, "已销号"),
        (None, {}, "已销号"),
    ],
)
def test_a_problem_is_closed_by_its_warning_or_by_a_month_without_it(
    state: str | None, moments: dict[str, datetime], words: str
) -> None:
    org = branches(TOWN)[0]
    with changed(*with_problem(org, state, **moments)) as engine, seen_by(engine=engine) as reader:
        found = rows(built(reader, "quarter", "huiji", org, END)["problems"])
        late = rows(built(reader, "quarter", "huiji", org, END, state="late")["problems"])
    (row,) = found
    assert (row["state"], row["due"] is not None) == (
        words,
        moments.get("raised_at") is None and state is not None,
    )
    assert len(late) == (words == "超期未销号")


def test_a_problem_nobody_was_warned_of_stays_open_while_its_light_is_red() -> None:
    org = branches(TOWN)[0]
    still = lit(org, "2026-10", "hj_n01_assembly", Light.RED, 0)
    with changed(*with_problem(org, None), still) as engine, seen_by(engine=engine) as reader:
        (row,) = rows(built(reader, "quarter", "huiji", org, END)["problems"])
    assert row["state"] == "待下发"


def test_units_have_the_share_of_points_of_their_branches() -> None:
    with seen_by() as reader:
        found = {row["org_id"]: row for row in rows(built(reader, "quarter", "huiji")["units"])}
    results = frame(R)
    own = results[(results.period_month == END) & results.org_id.isin(branches(TOWN))]
    assert found[TOWN]["hj_n06_study"] == pytest.approx(own.hj_n06_study_score.mean() / 100)
    assert found[TOWN]["total"] == pytest.approx(own.hj_quarter_score_value.mean(), abs=0.006)


def test_the_running_quarter_has_nodes_but_no_score_and_no_list() -> None:
    with seen_by() as reader:
        page = built(reader, "quarter", "huiji", month=OPEN)
    assert "figures" not in page
    part = page["problems"]
    assert isinstance(part, Text)
    assert part.empty == "季度尚未结束，问题清单在关账后形成"
    units = page["units"]
    assert isinstance(units, Table)
    assert [c.hidden for c in units.columns if c.field == "total"] == [True]
    calendar = page["calendar"]
    assert isinstance(calendar, Figure)
    assert calendar.figure is not None
    assert "今天" in [note.text for note in calendar.figure.layout.annotations]


def test_a_district_without_nodes_shows_what_its_score_is_made_of() -> None:
    with seen_by() as reader:
        page = built(reader, "quarter", "wujin")
        branch = built(reader, "quarter", "wujin", branches()[0])
    assert {"calendar", "nodes"}.isdisjoint(page)
    assert len(rows(page["items"])) == 17
    assert "units" not in branch


def test_a_quarter_before_the_data_is_empty_in_words() -> None:
    with seen_by() as reader:
        page = built(reader, "quarter", "huiji", month="2024-11")
    calendar, units = page["calendar"], page["units"]
    assert isinstance(calendar, Figure)
    assert (calendar.figure, calendar.empty) == (None, "这一季度没有节点数据")
    assert isinstance(units, Table)
    assert (len(units.rows), bool(units.empty)) == (0, True)
    assert numbers(page["problem-numbers"])["本季到期问题"].why == "未接入"
