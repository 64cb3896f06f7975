"""Party dues: the rate of every closed month, the states of members for staff, never for visitors."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.queries.dues import Dues, load
from data.queries.figures_of_month import Amount
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, reader_of


def district(month: str, **measures: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": month, **measures}


OCTOBER = district("2026-10", dues_owed=200, dues_full=190, dues_short=4, dues_unpaid=6, dues_makeup=3)
SEPTEMBER = district("2026-09", dues_owed=200, dues_full=180, dues_short=8, dues_unpaid=12, dues_makeup=20)


def view(mode: Mode, *rows: dict[str, Any]) -> Dues:
    with reader_of(org_months=list(rows)) as reader:
        return load(reader, Scope(mode))


def test_the_rate_is_members_in_full_of_members_who_owe_in_twelve_closed_months() -> None:
    found = view("wall_internal", SEPTEMBER, OCTOBER, district("2026-11", dues_owed=10, dues_full=1))
    assert (len(found.months), found.months[-1]) == (12, "2026-10")
    assert found.rates[-2:] == (Amount("value", 0.9), Amount("value", 0.95))
    assert found.change == 0.95 - 0.9


def test_staff_see_the_states_of_each_month() -> None:
    states = view("wall_internal", OCTOBER).states
    assert states is not None
    last = states[-1]
    assert [last.full.value, last.short.value, last.unpaid.value, last.makeup.value] == [190, 4, 6, 3]
    assert states[0].full == Amount("nodata")


def test_nothing_but_the_two_sums_of_the_rate_is_read_for_visitors() -> None:
    with reader_of(org_months=[OCTOBER]) as reader:
        asked: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        sa.event.listen(reader.connection, "before_cursor_execute", note)
        found = load(reader, Scope("wall_reception"))
    assert found.states is None
    assert found.rates[-1] == Amount("value", 0.95)
    assert "dues_full" in " ".join(asked)
    assert not any(name in " ".join(asked) for name in ("short", "unpaid", "makeup"))


def test_nobody_owing_is_not_applicable_and_no_feed_no_data() -> None:
    empty = district("2026-09", dues_owed=0, dues_full=0)
    found = view("wall_reception", empty, district("2026-10"))
    assert found.rates[-2:] == (Amount("na"), Amount("nodata"))
    assert found.change is None
