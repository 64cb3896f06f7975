"""Tallies of the register, of cadres and of contact against rows written by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.naive.rows import Row, Rows
from tests.tallied import DIRECT, FIVE, GROUP, LONG_AGO, NOW, SIX, TODAY, members, tallied


def test_organisations_in_being_by_type_and_sector() -> None:
    assert tallied("organisations", {}) == {
        "type|party_committee": 1, "type|branch": 3, "sector|village": 4,
    }  # fmt: skip
    assert tallied("organisations", {}, town=5) == {
        "type|party_committee": 1, "type|branch": 1, "sector|village": 2,
    }  # fmt: skip


def test_venues_lie_where_their_division_lies_else_where_their_keeper_does() -> None:
    def venue(number: int, **columns: Any) -> Row:
        return {
            "venue_id": number,
            "name": "室",
            "venue_kind": "activity_room",
            "is_public": False,
            **columns,
        }

    rows: Rows = {
        "venues": [
            venue(1, division_id=61, org_id=FIVE, is_public=True), venue(2, org_id=FIVE),
            venue(3, opened_on=TODAY + timedelta(days=1)), venue(4, org_id=FIVE, deleted_at=NOW),
            venue(5, venue_kind="micro_position", opened_on=TODAY),
        ]
    }  # fmt: skip
    assert tallied("venues", rows) == {
        "kind|activity_room": 2, "public|activity_room": 1, "kind|micro_position": 1,
    }  # fmt: skip
    assert tallied("venues", rows, town=6) == {"kind|activity_room": 1, "public|activity_room": 1}
    assert tallied("venues", rows, town=5) == {"kind|activity_room": 1}


def test_records_are_the_newest_snapshot_of_each_table_of_facts() -> None:
    def shot(number: int, table: str, day: date, n: int) -> Row:
        return {"snapshot_id": number, "table_name": table, "snapshot_on": day, "row_total": n}

    yesterday = TODAY - timedelta(days=1)
    rows = {
        "data_volume_snapshots": [
            shot(1, "members", yesterday, 9), shot(2, "members", TODAY, 10), shot(3, "activities", yesterday, 7),
            shot(4, "activity_types", TODAY, 24), shot(5, "members", TODAY + timedelta(days=1), 99),
        ]
    }  # fmt: skip
    assert tallied("records", rows) == {"members": 10, "activities": 7}


class TestMembers:
    """The roster of today."""

    def test_everybody_is_counted_once_in_every_dimension(self) -> None:
        rows = members(FIVE, SIX, DIRECT, education="bachelor", occupation=None, ethnicity="回族")
        found = tallied("member_structure", rows)
        assert found == {
            "stage|full": 3, "category|unknown": 3, "education|bachelor": 3, "occupation|unknown": 3,
            "ethnicity|minority": 3, "join|to_2012": 3, "age|45|M": 3,
        }  # fmt: skip
        assert tallied("member_structure", rows, town=6)["age|45|M"] == 1

    @pytest.mark.parametrize(
        ("birthday", "key"),
        [
            (date(1995, 11, 22), "age|30|M"), (date(1995, 11, 21), "age|35|M"), (date(1965, 11, 21), "age|61|M"),
            (None, "age|unknown|M"),
        ],
    )  # fmt: skip
    def test_ages_are_completed_years_in_the_bands_of_the_bulletin(
        self, birthday: date | None, key: str
    ) -> None:
        assert tallied("member_structure", members(FIVE, birthday=birthday))[key] == 1

    @pytest.mark.parametrize(
        ("joined", "key"),
        [
            (date(1949, 9, 30), "before_1949"), (date(1949, 10, 1), "to_1978"), (date(1978, 12, 17), "to_1978"),
            (date(1978, 12, 18), "to_2012"), (date(2012, 11, 7), "to_2012"), (date(2012, 11, 8), "later"),
        ],
    )  # fmt: skip
    def test_periods_of_joining_begin_on_their_days(self, joined: date, key: str) -> None:
        assert tallied("member_structure", members(FIVE, joined_on=joined))[f"join|{key}"] == 1

    def test_managed_members_stand_apart_and_deleted_ones_nowhere(self) -> None:
        rows = members(FIVE, FIVE)
        rows["memberships"][0]["kind"] = "flow_in"
        rows["members"][1]["deleted_at"] = NOW
        assert tallied("member_structure", rows) == {"category|flow_in": 1}


CADRES: Rows = {
    "cadres": [
        {"cadre_id": 1, "name": "甲", "gender": "M", "birthday": date(1976, 11, 22), "education": "bachelor",
         "division_id": 51, "cadre_kind": "village_secretary", "is_reserve": False, "status": "active"},
        {"cadre_id": 2, "name": "乙", "gender": "F", "birthday": date(1996, 1, 1), "education": None,
         "division_id": 61, "cadre_kind": "reserve", "is_reserve": True, "status": "active"},
        {"cadre_id": 3, "name": "丙", "gender": "F", "birthday": date(1966, 1, 1), "division_id": 51,
         "cadre_kind": "village_secretary", "is_reserve": True, "status": "left"},
    ]
}  # fmt: skip


class TestCadres:
    """Cadres of villages and communities."""

    def test_ages_education_and_reserve_of_the_active_ones(self) -> None:
        assert tallied("cadres", CADRES) == {
            "count|village_secretary": 1, "age_sum|village_secretary": 49, "age|village_secretary|50": 1,
            "education|village_secretary|bachelor": 1, "count|reserve": 1, "age_sum|reserve": 30, "age|reserve|30": 1,
            "education|reserve|unknown": 1, "reserve": 1, "units": 2,
        }  # fmt: skip
        assert tallied("cadres", CADRES, town=6)["reserve"] == 1

    @pytest.mark.parametrize(
        ("now", "newest"), [(datetime(2026, 10, 10, 9), "2026-06"), (datetime(2026, 10, 11, 9), "2026-09")]
    )
    def test_a_quarter_counts_once_its_days_of_grace_have_passed(self, now: datetime, newest: str) -> None:
        found = tallied("cadre_updates", CADRES, now)
        assert max(month for month, _ in found) == newest
        assert len(found) == 8

    @pytest.mark.parametrize(
        ("submitted", "flag", "updated"),
        [
            (datetime(2026, 7, 1), True, 1), (datetime(2026, 10, 10, 23, 59), True, 1),
            (datetime(2026, 10, 11), True, 0), (datetime(2026, 6, 30), True, 0), (datetime(2026, 8, 1), False, 0),
        ],
    )  # fmt: skip
    def test_an_update_is_whole_and_in_time(self, submitted: datetime, flag: bool, updated: int) -> None:
        flags = {
            "basic_updated": True,
            "post_updated": True,
            "training_updated": True,
            "performance_updated": flag,
        }
        row = {"update_id": 1, "cadre_id": 1, "quarter": "2026Q3", "submitted_at": submitted, **flags}
        found = tallied("cadre_updates", {**CADRES, "cadre_quarterly_updates": [row]})
        assert (found["2026-09", "due"], found.get(("2026-09", "updated"), 0)) == (2, updated)

    def test_hours_of_training_by_month_and_kind(self) -> None:
        def training(number: int, who: int, day: date) -> Row:
            return {"training_id": number, "cadre_id": who, "title": "训", "class_hours": 8.5, "held_on": day}

        days = [
            training(1, 1, date(2026, 3, 1)),
            training(2, 1, date(2026, 3, 9)),
            training(3, 3, date(2026, 3, 9)),
        ]
        found = tallied("cadre_training", {**CADRES, "cadre_trainings": [*days, training(4, 1, LONG_AGO)]})
        assert found == {("2026-03", "village_secretary"): 17}


def test_lost_cases_floating_members_and_birthday_greetings() -> None:
    rows = members(FIVE, SIX, DIRECT, FIVE, joined_on=date(2008, 11, 20))
    rows["members"][2]["joined_on"] = date(2008, 11, 21)
    cases = (
        ("integrated", date(2026, 2, 1), FIVE),
        ("found", date(2026, 2, 1), GROUP),
        ("searching", None, SIX),
    )
    rows["lost_contact_cases"] = [
        {"case_id": n, "member_id": n, "branch_org_id": branch, "registered_on": LONG_AGO, "status": status,
         "found_on": found}
        for n, (status, found, branch) in enumerate(cases, 1)
    ]  # fmt: skip
    rows["floating_registrations"] = [
        {
            "floating_id": n,
            "member_id": n,
            "branch_org_id": FIVE,
            "direction": way,
            "started_on": LONG_AGO,
            "ended_on": end,
        }
        for n, (way, end) in enumerate((("out", None), ("out", TODAY), ("in", TODAY + timedelta(days=1))), 1)
    ]
    sent = datetime(2026, 11, 20, 8)
    rows["notifications"] = [
        {"notification_id": n, "notify_kind": kind, "channel": "sms", "member_id": who, "sent_at": at}
        for n, (kind, who, at) in enumerate(
            (("political_birthday", 1, sent), ("political_birthday", 1, sent), ("dues", 2, sent),
             ("political_birthday", 4, sent - timedelta(days=1)), ("political_birthday", 3, sent)), 1
        )
    ]  # fmt: skip
    assert tallied("lost_contact", rows) == {
        "total": 3, "found": 2, "integrated": 1, "status|integrated": 1, "status|found": 1, "status|searching": 1,
    }  # fmt: skip
    assert tallied("lost_contact", rows, town=5)["found"] == 2
    assert tallied("floating", rows) == {"out": 1, "in": 1}
    assert tallied("greetings", rows) == {"due": 3, "sent": 1}
