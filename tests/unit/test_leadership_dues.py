"""The page of dues: rates, arrears and tables beside counts by hand; the ledger adds up; money only where it may be."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Numbers, Table
from dashboard.leadership.small_rates import rate_shown
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
    sums,
)
from tests.leadership_tallies import adding_up, inserted, month, tally

PAGE = "dues"


@pytest.mark.parametrize("root", areas())
def test_figures_arrears_and_the_table_below_are_sums_over_the_branches_of_the_subtree(root: int) -> None:
    names = ("dues_owed", "dues_unpaid", "dues_short", "dues_makeup", "unpaid_over_6")
    parts, shown = adding_up(root, PAGE, names)
    by_hand = sums(root, month(), *names)
    full, long = sums(root, month(), "dues_full", "unpaid_3_to_6")
    arrears = parts["arrears"]
    assert isinstance(arrears, Figure)
    rate = rate_shown(full, by_hand[0])
    assert shown["dues_full"] == (rate if isinstance(rate, float) else 0)
    if arrears.figure is not None:
        first = max(0, by_hand[1] + by_hand[2] - long - by_hand[4])
        assert list(arrears.figure.data[0].y) == [first, long, by_hand[4]]


def test_rates_of_twelve_months_are_those_of_each_month_and_coloured_by_the_lines_of_the_district() -> None:
    first, last = known()[0].months[-3], month()
    b = schema.branch_months
    branch = next(org for org, node in nodes().items() if node["parent_org_id"] == 4)
    paid = {first: 6, last: 9}
    changes = {
        at: b.update()
        .where(b.c.org_id == branch, b.c.period_month == at)
        .values(dues_owed=10, dues_full=full)
        for at, full in paid.items()
    }
    with changed(**changes) as store, seen_by("committee_admin", 4, store) as reader:
        table = built(reader, PAGE)["rates-below"]
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row["org_id"] == branch)
    assert [(row[at], row[f"{at}_light"]) for at in paid] == [(0.6, 4), (0.9, 3)]


def test_the_ledger_of_three_levels_adds_up_and_says_where_it_does_not() -> None:
    rows = tally(
        "dues_ledger", month(), 0,
        branch__collect__in=100, branch__remit_up__out=60, branch__relief__out=50, committee__remit_up__in=58,
        committee__remit_up__out=30, committee__return_down__in=8, district__remit_up__in=30,
        district__return_down__out=8, district__interest__in=2.5,
    )  # fmt: skip
    with changed(**inserted(*rows)) as store, seen_by("district_leader", 1, store) as reader:
        parts, later = built(reader, PAGE), built(reader, PAGE, month=known()[0].months[-1])
    books, flow = parts["books"], parts["flow"]
    assert isinstance(books, Table)
    assert isinstance(flow, Figure)
    assert flow.figure is not None
    found = {row["level"]: (row["spent"], row["kept"], row["difference"]) for row in books.rows}
    assert found == {"branch": (50, -10, None), "committee": (None, 36, -2), "district": (None, 24.5, 0)}
    ribbons = [trace.name for trace in flow.figure.data if trace.hoveron == "fills"]
    assert "支部收入 → 党(工)委收入　60 元" in ribbons
    assert "区委收入 → 下拨党(工)委　8 元" in ribbons
    words = [note.text for note in flow.figure.layout.annotations]
    # A level is named by what came in, whatever of its savings it spends.
    assert "支部收入　<b>100 元</b>" in words
    assert not any("支部留存" in word for word in words)
    assert "books" not in later
    assert later["flow"].empty == "本月尚未记账"


def test_money_is_shown_of_the_district_and_of_towns_and_never_below_them() -> None:
    rows = [
        row for town in (0, 1, 2) for name in ("dues_collected", "dues_ledger")
        for row in tally(name, month(), town, collected=90, payable=100, branch__collect__in=90)
    ]  # fmt: skip
    with changed(**inserted(*rows)) as store:
        for root in roots():
            with seen_by(
                "branch_secretary" if nodes()[root]["depth"] > 1 else "district_leader", root, store
            ) as reader:
                parts = built(reader, PAGE, root)
            figures = parts["figures"]
            assert isinstance(figures, Numbers)
            has_money = nodes()[root]["depth"] <= 1
            assert any(n.unit == "元" for n in figures.numbers) == has_money
            assert ("flow" in parts) == has_money
            assert ("elsewhere" in parts) != has_money


def test_the_running_month_is_no_arrears_and_compared_with_nothing() -> None:
    with seen_by("district_leader", 1) as reader:
        closed, running = built(reader, PAGE), built(reader, PAGE, month=known()[0].months[-1])
    for slug in ("rates", "arrears", "states"):
        one, other = closed[slug], running[slug]
        assert isinstance(one, Figure)
        assert isinstance(other, Figure)
        assert one.describes == other.describes
    figures, before = running["figures"], closed["figures"]
    assert isinstance(figures, Numbers)
    assert isinstance(before, Numbers)
    assert all(n.change is None for n in figures.numbers)
    assert any(n.change is not None for n in before.numbers)


@pytest.mark.parametrize("root", roots())
def test_without_tallies_or_before_the_first_month_every_figure_says_why_it_is_empty(root: int) -> None:
    nothing = {
        "a": EMPTY_TALLIES,
        "b": sa.update(schema.org_months).values(dues_owed=None, ledger_balanced=None),
    }
    with changed(**nothing) as store, seen_by("district_leader", 1, store) as reader:
        for parts in (built(reader, PAGE, root), built(reader, PAGE, root, month="2020-01", versus="year")):
            drawn = [part for part in parts.values() if isinstance(part, Figure)]
            assert drawn
            assert all(part.figure is not None or part.empty for part in drawn)


def test_sums_of_money_of_fewer_than_five_who_paid_are_told_to_nobody() -> None:
    rows = tally("dues_collected", month(), 0, collected=90, payable=100)
    rows += tally("dues_ledger", month(), 0, branch__collect__in=90)
    o = schema.org_months
    for paid, is_told in ((4, False), (5, True)):
        few = {"c_few": o.update().where(o.c.org_id == 1, o.c.period_month == month()).values(dues_full=paid)}
        with changed(**inserted(*rows), **few) as store, seen_by("district_org_dept", 1, store) as reader:
            parts = built(reader, PAGE)
        figures = parts["figures"]
        assert isinstance(figures, Numbers)
        assert [n.value for n in figures.numbers if n.label == "实收党费"] == [90 if is_told else None]
        assert ("books" in parts) == is_told
