"""Committees and general branches judged themselves: the four warnings at their lines, in the book and on the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from dashboard.profile import load_profile
from dashboard.trace_rows import as_json
from dashboard.trace_words import facts
from data.clock import months_between
from data.contract import organizations, party_posts
from data.indicators.evaluate import evaluate_committees
from data.indicators.sets import BY_ID, COMMITTEE_INDICATORS
from data.projection.committees import empty
from data.queries import trace, warning_feed
from data.readmodel.light import Light
from data.readmodel.reader import open_reader
from data.readmodel.schema import org_warnings
from data.scope import Scope
from tests.naive.district import District, end_of
from tests.naive.life import random_district
from tests.naive.projected import (
    change,
    insert,
    new_source,
    new_store,
    profile_district,
    projector,
    read_table,
)

GREEN, YELLOW, RED, NA, NODATA = Light.GREEN, Light.YELLOW, Light.RED, Light.NA, Light.NODATA
CATALOGUE = load_profile("jiangning").catalogue
MONTHS = months_between("2026-06", "2026-11")
VACANT = "jn_w13_secretary_vacant"


def light(indicator: str, column: int, **given: list[float]) -> Light:
    """Light of one committee founded long ago; every measure's list ends with the open month."""
    cube = empty().reshaped([20], MONTHS)
    cube["eligible"][:], cube["established_day"][:] = 1, date(2015, 1, 1).toordinal()
    for name, values in given.items():
        cube[name][0, len(MONTHS) - len(values) :] = values
    columns = evaluate_committees(cube, CATALOGUE)
    return Light(int(columns[f"{indicator}_light"][0, column]))


def test_four_warnings_judge_committees_themselves() -> None:
    assert [name[:6] for name in COMMITTEE_INDICATORS] == ["jn_w03", "jn_w12", "jn_w13", "jn_w15"]


@pytest.mark.parametrize(
    ("indicator", "given", "expected"),
    [
        ("jn_w03_transfer_overdue", {}, GREEN),
        ("jn_w03_transfer_overdue", {"transfer_due_soon": [1]}, YELLOW),
        ("jn_w03_transfer_overdue", {"transfer_overdue": [1]}, RED),
        ("jn_w12_term_expired", {}, NODATA),
        ("jn_w12_term_expired", {"term_days": [91]}, GREEN),
        ("jn_w12_term_expired", {"term_days": [90]}, YELLOW),
        ("jn_w12_term_expired", {"term_days": [0]}, YELLOW),
        ("jn_w12_term_expired", {"term_days": [-1]}, RED),
        (VACANT, {}, NODATA),
        (VACANT, {"vacancy_days": [30]}, GREEN),
        (VACANT, {"vacancy_days": [31]}, YELLOW),
        (VACANT, {"vacancy_days": [90]}, YELLOW),
        (VACANT, {"vacancy_days": [91]}, RED),
        (VACANT, {"vacancy_days": [200], "eligible": [0]}, NA),
    ],
)
def test_limits_that_are_dates_are_judged_today(
    indicator: str, given: dict[str, list[float]], expected: Light
) -> None:
    assert light(indicator, -1, **given) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        # Of the last closed month and the one before; the open one shows the last closed.
        ([100, 100, 300], GREEN),
        ([100, 101, 100], YELLOW),
        ([101, 101, 100], RED),
        ([101, 100, 101], GREEN),
        ([np.nan, np.nan, np.nan], NA),
    ],
)
def test_a_general_branch_of_more_than_100_members_is_yellow_and_at_two_month_ends_red(
    members: list[float], expected: Light
) -> None:
    assert light("jn_w15_structure_abnormal", -1, members=members) == expected


class Led:
    """A district whose second organisation, a committee, lost its secretary on a day; a clock that can be set."""

    def __init__(self) -> None:
        self.district: District = random_district(11)
        self.now = self.district.now
        self.committee: int = self.district.committees()[1]["org_id"]
        self.root: int = self.district.committees()[0]["org_id"]
        rows = self.district.rows
        rows["party_posts"] = [row for row in rows["party_posts"] if row["org_id"] != self.committee]
        self.member = self.living_member()
        self.post(started=date(2021, 1, 1), ended=self.now.date() - timedelta(days=99))
        self.source, self.store = new_source(rows), new_store()

    def living_member(self) -> int:
        return next(r["member_id"] for r in self.district.rows["members"] if not r.get("deleted_at"))

    def post(self, started: date, ended: date | None) -> None:
        values: dict[str, Any] = {"post_type": "secretary", "started_on": started, "ended_on": ended}
        self.district.add(
            "party_posts", "post_id", org_id=self.committee, member_id=self.member, deleted_at=None, **values
        )

    def __call__(self) -> datetime:
        return self.now

    def warning(self) -> dict[str, Any]:
        """The one warning about the vacancy."""
        rows = read_table(self.store, "org_warnings").values()
        (found,) = [r for r in rows if r["org_id"] == self.committee and r["indicator_id"] == VACANT]
        return dict(found)


def test_a_committee_without_a_secretary_is_warned_climbs_and_is_released_when_there_is_one_again() -> None:
    led = Led()
    running = projector(led.source, led.store, led)
    running.run()
    found = led.warning()
    assert (found["level"], found["state"], found["owner_org_id"]) == ("red", "raised", led.committee)
    # Raised at a closing weeks ago and acknowledged by nobody: its superior has it, here the district.
    assert (found["escalation"] > 0, found["escalated_to_org_id"]) == (True, led.root)
    stored = read_table(led.store, "committee_months")[led.committee, led.district.months[-1]]
    assert (stored["vacancy_days"], stored[f"{VACANT}_light"]) == (100, RED)

    key = max(row["post_id"] for row in led.district.rows["party_posts"])
    led.now += timedelta(days=20)
    today = led.now.date()
    change(
        led.source,
        party_posts,
        party_posts.c.post_id == key,
        started_on=today,
        ended_on=None,
        updated_at=led.now,
    )
    running.run()
    assert led.warning()["state"] in ("rectified", "closed")
    assert led.warning()["rectified_at"] == led.now


def test_a_warning_the_operational_system_raised_about_the_committee_is_not_doubled() -> None:
    led = Led()
    values = {
        "indicator_id": VACANT,
        "level": "red",
        "subject_type": "org",
        "org_id": led.committee,
        "period": led.district.months[-2],
        "state": "acknowledged",
        "raised_at": end_of(led.district.months[-2]),
        "acknowledged_at": led.now - timedelta(hours=1),
    }
    insert(led.source, "warnings", {"warning_id": 9_001, "updated_at": led.now, **values})
    projector(led.source, led.store, led).run()
    assert (led.warning()["warning_id"], led.warning()["state"]) == (9_001, "acknowledged")


def test_the_feed_names_the_committee() -> None:
    led = Led()
    change(led.source, organizations, organizations.c.org_id == led.committee, short_name="高桥镇党委")
    projector(led.source, led.store, led).run()
    with led.store.begin() as connection:
        connection.execute(org_warnings.delete().where(org_warnings.c.indicator_id != VACANT))
    with open_reader(led.store) as reader:
        view = warning_feed.load(reader, Scope("drill_down"))
    assert isinstance(view, warning_feed.OpenWarnings)
    assert ("高桥镇党委", VACANT, "red") in {(r.organisation, r.indicator, r.level) for r in view.rows}


def test_the_trace_of_a_committee_tells_what_it_is_judged_by_itself_beside_its_branches() -> None:
    led = Led()
    projector(led.source, led.store, led).run()
    with open_reader(led.store) as reader:
        (place,) = trace.find(reader, str(led.committee))
        found = trace.load(reader, Scope("drill_down"), BY_ID[VACANT], place, led.district.months[-1])
        other = trace.load(
            reader, Scope("drill_down"), BY_ID["jn_w04_meetings_missed"], place, led.district.months[-2]
        )
    assert found is not None
    assert found.own is not None
    assert (found.own.value, found.own.light) == (100, RED)
    assert [(seen.measure.name, seen.month) for seen in found.own.measures] == [("vacancy_days", 100)]
    told = dict(facts(load_profile("haishu"), BY_ID[VACANT], found))
    assert (told["本级数值"], told["本级亮灯"]) == ("100", "⬣ 红灯")
    assert as_json([], found, [])["own"]["measures"]["vacancy_days"]["month"] == 100
    assert other is not None
    assert other.own is None


def test_before_the_first_officer_of_a_committee_is_recorded_nobody_knows_who_leads_it() -> None:
    led = Led()
    projector(led.source, led.store, led).run()
    rows = read_table(led.store, "committee_months")
    unled = {key[0] for key, row in rows.items() if row["vacancy_days"] is None}
    recorded = {row["org_id"] for row in led.district.rows["party_posts"]}
    assert unled - recorded
    lights = {rows[key][f"{VACANT}_light"] for key in rows if key[0] in unled - recorded}
    assert lights <= {NA, NODATA}


def test_a_district_without_these_indicators_judges_no_committee() -> None:
    led = Led()
    kept = [rule for rule in CATALOGUE.rules if rule.id not in COMMITTEE_INDICATORS]
    district = profile_district(catalogue=replace(CATALOGUE, rules=kept))
    projector(led.source, led.store, led, district).run()
    assert read_table(led.store, "committee_months") == {}
