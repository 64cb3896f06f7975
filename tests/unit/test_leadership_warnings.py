"""L-05: what the workbench lists and counts, beside a count by hand; who sees which warning and which button."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from statistics import median
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.leadership.pages import warnings as page
from dashboard.leadership.parts import Figure, Form, Numbers, Switch, Text
from dashboard.leadership.registry import BY_SLUG, Block
from data.accounts.store import open_accounts
from data.clock import add_months, cutoff
from data.queries.leadership import warning_course, warnings
from data.readmodel import schema
from data.readmodel.scoped import open_scoped
from data.viewer import Role, Viewer
from data.workbench.note import Step
from data.workbench.workbench import Workbench
from tests.readmodel_district import NOW, fill
from tests.warned_district import ENDED, MONTH, District, Row, figure, listed, table, warned

ALL_AT_ONCE = 10_000


@pytest.fixture(scope="module")
def district() -> Iterator[District]:
    yield from warned()


@pytest.fixture(autouse=True)
def untouched(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds the notes of another; lists come at once unless the test says otherwise."""
    monkeypatch.setattr(warnings, "AT_ONCE", ALL_AT_ONCE)
    with district.bench._store.begin() as connection:
        connection.exec_driver_sql("DELETE FROM warning_notes")


def raised_in(rows: Sequence[Row], months: int) -> list[Row]:
    first, last = cutoff(add_months(MONTH, -months)), cutoff(MONTH)
    return [row for row in rows if first <= row["raised_at"] < last and row["state"] != "invalid"]


def places(district: District) -> list[tuple[Role, int]]:
    return [
        ("district_leader", district.root),
        ("committee_admin", district.committee),
        ("branch_secretary", district.branch),
    ]


def test_key_figures_are_those_counted_by_hand_for_every_scope(district: District) -> None:
    for role, org in places(district):
        rows, parts = district.rows(org), district.parts(role, org)
        unfinished = [row for row in rows if row["state"] not in ENDED]
        assert figure(parts, "未销号预警") == len(unfinished)
        assert figure(parts, "超期未整改") == sum(r["rectify_due_on"] < NOW.date() for r in unfinished)
        assert figure(parts, "升级督办") == sum(row["escalation"] > 0 for row in unfinished)
        recent = raised_in(rows, 3)
        closed = [row for row in recent if row["state"] == "closed"]
        rate = len(closed) / len(recent) if len(recent) >= 5 else None
        assert figure(parts, "近三月销号率") == pytest.approx(rate)

        def days(of: Sequence[Row], end: str) -> float | None:
            spans = [(r[end].date() - r["raised_at"].date()).days for r in of if r[end] is not None]
            return median(spans) if spans else None

        assert figure(parts, "整改中位用时") == days(recent, "rectified_at")
        assert figure(parts, "销号中位用时") == days(closed, "verified_at")
    assert len(district.rows(district.root)) > len(district.rows(district.committee)) > 0


CHOSEN: dict[str, Callable[[Row], bool]] = {
    "open": lambda row: row["state"] not in ENDED,
    "waiting": lambda row: row["state"] not in ENDED and row["acknowledged_at"] is None,
    "taken": lambda row: False,
    "done": lambda row: False,
    "late": lambda row: row["state"] not in ENDED and row["rectify_due_on"] < NOW.date(),
    "escalated": lambda row: row["state"] not in ENDED and row["escalation"] > 0,
    "rectified": lambda row: row["state"] == "rectified",
    "over": lambda row: row["state"] in ("closed", "invalid"),
    "all": lambda row: True,
}


@pytest.mark.parametrize("choice", sorted(page.SHOWN))
def test_each_choice_lists_its_warnings_of_the_subtree_and_no_others(district: District, choice: str) -> None:
    for role, org in places(district):
        rows = district.rows(org)
        for level in ("", "red"):
            wanted = {r["warning_id"] for r in rows if CHOSEN[choice](r) and level in ("", r["level"])}
            more = {"show": choice, **({"level": level} if level else {})}
            assert listed(district.parts(role, org, **more)["warnings"]) == wanted


def test_the_most_urgent_come_first_and_a_long_list_comes_in_blocks_of_the_same_order(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {row["warning_id"]: row for row in district.rows(district.root)}
    shown = [row["warning_id"] for row in table(district.parts()["warnings"]).rows]
    order = [rows[int(str(one))] for one in shown]
    urgency = [(-row["escalation"], row["level"], row["rectify_due_on"]) for row in order]
    assert urgency == sorted(urgency)
    monkeypatch.setattr(warnings, "AT_ONCE", 5)
    cut = table(district.parts()["warnings"])
    assert (list(cut.rows), cut.source, cut.total) == ([], "warnings", len(shown))

    def block(first: int, count: int, *sort: tuple[str, Any]) -> list[str]:
        with district.seen("district_leader", district.root) as (reader, asked):
            found, total = page.block(reader, asked, Block(first, count, sort))
        assert total == len(shown)
        return [str(row["warning_id"]) for row in found]

    assert block(0, 4) + block(4, 1000) == shown
    ages = [rows[int(one)]["raised_at"] for one in block(0, 1000, ("age", "desc"))]
    assert ages == sorted(ages), "the oldest first"
    towns = block(0, 1000, ("standing", "asc"), ("light", "desc"))
    assert [rows[int(one)]["level"] for one in towns] == sorted((r["level"] for r in order), reverse=True)


def test_the_funnel_keeps_apart_what_the_operational_system_never_pushed(district: District) -> None:
    rows = raised_in(district.rows(district.root), 12)
    with open_scoped(district.store, Viewer(1, "x", "某账号", "district_leader", 0)) as reader:
        found = warning_course.funnel(reader, reader.root, MONTH)
    own, derived = ([r for r in rows if (r["warning_id"] > 0) is known] for known in (True, False))
    order = ("raised", "pushed", "rectifying", "rectified", "closed")

    def reached(of: Sequence[Row], state: str) -> int:
        return sum(order.index(row["state"]) >= order.index(state) for row in of)

    assert found.operational == tuple(reached(own, state) for state in order)
    assert found.derived == (
        len(derived), 0, 0, reached(derived, "rectified"), reached(derived, "closed")
    )  # fmt: skip


def test_organisations_below_add_up_to_the_place_and_a_branch_has_none(district: District) -> None:
    parts = district.parts()
    below = table(parts["below"]).rows
    assert sum(int(str(row["count"])) for row in below) == figure(parts, "未销号预警")
    assert {row["org_id"] for row in below} >= {district.committee}
    assert "below" not in district.parts("branch_secretary", district.branch)


def test_an_acknowledged_warning_leaves_those_that_wait(district: District) -> None:
    viewer = Viewer(1, "x", "某账号", "district_org_dept", district.root)
    chosen = min(listed(district.parts(show="waiting")["warnings"]))
    before = district.parts()
    with open_scoped(district.store, viewer) as reader:
        district.bench.take(reader, Step(chosen, 0, "acknowledge"))
    assert chosen not in listed(district.parts(show="waiting")["warnings"])
    assert listed(district.parts(show="taken")["warnings"]) == {chosen}
    after = district.parts()
    assert figure(after, "工作台在办") == 1
    assert figure(after, "未销号预警") == figure(before, "未销号预警"), "the operational state is another"
    row = next(r for r in table(after["warnings"]).rows if r["warning_id"] == str(chosen))
    with open_scoped(district.store, viewer) as reader:
        district.bench.take(reader, Step(chosen, 1, "close", "十一月二十日补开，见会议记录"))
    assert listed(district.parts(show="done")["warnings"]) == {chosen}
    assert chosen not in listed(district.parts(show="waiting")["warnings"])
    assert figure(district.parts(), "工作台在办") == 0
    assert (row["standing"], row["state"] in ("已亮灯", "已推送", "整改中")) == ("已签收", True)


def test_an_opened_warning_offers_the_steps_of_the_role(district: District) -> None:
    chosen = min(row["warning_id"] for row in district.rows(district.branch) if CHOSEN["open"](row))
    offered = {}
    for role, org in places(district):
        form = district.parts(role, org, warning=str(chosen))["step"]
        assert isinstance(form, Form)
        assert form.kept == {"warning": str(chosen), "revision": "0"}
        offered[role] = [act.name for act in form.acts]
        if role != "district_leader":
            (assigned,) = [field.choices for field in form.fields if field.name == "assignee"]
            assert len(assigned) == (1 if role == "branch_secretary" else 3), (
                "up to the viewer's root, no higher"
            )
    assert offered == {
        "district_leader": ["comment"],
        "committee_admin": ["acknowledge", "assign", "comment", "close"],
        "branch_secretary": ["acknowledge", "assign", "comment", "close"],
    }
    assert not BY_SLUG["warnings"].allows(Viewer(1, "x", "运行", "operator", 0))


@pytest.mark.parametrize("number", ["1e3", "٣", "9" * 18, "-", "0"])
def test_a_warning_that_is_not_there_is_answered_in_words(district: District, number: str) -> None:
    about = district.parts(warning=number)["about"]
    assert isinstance(about, Text)
    assert about.title == "没有这条预警"


def test_a_warning_of_another_subtree_looks_like_none(district: District) -> None:
    inside = {row["warning_id"] for row in district.rows(district.committee)}
    stranger = next(r["warning_id"] for r in district.rows(district.root) if r["warning_id"] not in inside)
    parts = district.parts("committee_admin", district.committee, warning=str(stranger))
    assert parts["about"].title == "没有这条预警"
    assert "step" not in parts


def test_without_any_warning_every_part_says_so() -> None:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    fill(engine, towns=2, branches=4, months=3)
    with engine.begin() as connection:
        connection.execute(schema.org_warnings.delete())
    bench = Workbench(open_accounts("sqlite://"), lambda: NOW)
    bench.prepare()
    parts = District(engine, bench, 1000, 0, 0).parts()
    assert table(parts["warnings"]).rows == []
    assert isinstance(parts["funnel"], Figure)
    assert parts["funnel"].figure is None
    assert table(parts["below"]).rows == []
    numbers = parts["figures"]
    assert isinstance(numbers, Numbers)
    assert [number.why for number in numbers.numbers if number.value is None] == ["没有预警", "尚无", "尚无"]
    engine.dispose()


def test_choices_keep_the_rest_of_the_address(district: District) -> None:
    chosen = district.parts(show="late", level="red")["level"]
    assert isinstance(chosen, Switch)
    links = {choice.label: choice.link.url for choice in chosen.choices}
    assert links["黄灯"] == "/leadership/warnings?month=2026-10&level=yellow&show=late"
    assert [choice.label for choice in chosen.choices if choice.chosen] == ["红灯"]


def test_a_median_of_grouped_days_is_that_of_the_days() -> None:
    begin = date(2026, 10, 1)
    spans = [(begin, date(2026, 10, 4), 2), (begin, date(2026, 10, 11), 3), (begin, None, 9)]
    assert warning_course._median(spans) == median([3, 3, 10, 10, 10])
    assert warning_course._median([*spans[:1], (begin, date(2026, 10, 9), 2)]) == 5.5
    assert warning_course.since("2026-10", 3) == datetime(2026, 8, 1)
