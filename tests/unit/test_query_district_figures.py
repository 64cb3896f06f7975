"""Headline figures: each from hand-made sums, with its unit; what is missing, withheld or not for visitors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from data.indicators.sets import INDICATORS
from data.queries.district_figures import FIGURES, INTERNAL
from tests.figures_asked import DESK, INSIDE, VISITORS, month, parts, tally, values
from tests.readmodel_rows import OPEN_MONTH, ROOT, node, town


def test_every_figure_of_areas_is_defined_and_nothing_else() -> None:
    of_areas = {entry.id for entry in INDICATORS if entry.level == "area"}
    assert set(FIGURES) == of_areas | {"jn_eight_x_rate"}


@pytest.mark.parametrize("indicator", sorted(FIGURES))
def test_without_any_feed_no_figure_claims_a_number(indicator: str) -> None:
    found = parts(indicator)
    assert found
    claimed = {part.key for part in found if part.amount.state == "value" and part.amount.value}
    # A target is no count.
    assert claimed <= {"target"}


@pytest.mark.parametrize("indicator", sorted(INTERNAL))
def test_visitors_get_nothing_of_what_is_internal(indicator: str) -> None:
    assert parts(indicator, scope=VISITORS) == []
    assert parts(indicator, scope=INSIDE) != []


COUNTS = [
    {"period_month": OPEN_MONTH, "kind": kind, "count": n}
    for kind, n in (
        ("type:party_committee", 2), ("type:general_branch", 3), ("type:branch", 40), ("type:joint_branch", 4),
        ("type:temporary_branch", 1), ("sector:private_enterprise", 6), ("sector:social_org", 2),
        ("sector:community", 9),
    )
]  # fmt: skip


class TestRegister:
    """What there is."""

    def test_organisations_by_type_and_sector(self) -> None:
        assert values("d_org_total", org_counts=COUNTS) == {"total": 50}
        by_type = {"party_committee": 2, "general_branch": 3, "branch": 45}
        assert values("d_org_by_type", org_counts=COUNTS) == by_type
        assert values("d_org_by_sector", org_counts=COUNTS)["two_new"] == 8

    def test_a_town_has_its_own_organisations(self) -> None:
        rows = tally("organisations", at=5, type__branch=7, type__party_committee=1, sector__village=8)
        assert values("d_org_total", scope=DESK.with_focus(5), tallies=rows) == {"total": 8}

    def test_members_and_their_change(self) -> None:
        rows = [
            month("2026-10", members=100, full_members=94),
            month("2026-11", members=103, full_members=96, admitted=4, moved_in=2, moved_out=1),
        ]
        assert values("d_member_total", org_months=rows) == {"total": 103}
        assert values("d_member_full", org_months=rows) == {"full": 96, "probationary": 7}
        flow = {"net": 3, "admitted": 4, "moved_in": 2, "moved_out": 1, "left": 2}
        assert values("d_member_flow", org_months=rows) == flow

    def test_structure_keeps_the_unknown_and_shares_leave_it_out(self) -> None:
        rows = tally(
            "member_structure", education__bachelor=30, education__secondary=60, education__unknown=10,
            age__30__F=5, age__30__M=6, age__unknown__M=7, ethnicity__minority=2, ethnicity__majority=14,
            ethnicity__unknown=2, category__normal_active=90, category__flow_in=8, join__later=17,
        )  # fmt: skip
        found = values("d_member_by_education", tallies=rows)
        assert (found["bachelor"], found["unknown"], found["college"]) == (30, 10, 30 / 90)
        assert values("d_member_by_age", tallies=rows)["30"] == 11
        assert values("d_member_by_gender", tallies=rows) == {"women": 5 / 18, "minority": 2 / 16}
        assert list(values("d_member_by_category", tallies=rows))[-1] == "flow_in"
        assert values("d_member_by_join_period", tallies=rows)["before_1949"] == 0

    def test_on_the_wall_small_cells_are_withheld_with_a_second_one(self) -> None:
        rows = tally("member_structure", occupation__farmer=3, occupation__worker=50, occupation__manager=9)
        found = {p.key: p for p in parts("d_member_by_occupation", scope=INSIDE, tallies=rows)}
        assert (found["farmer"].withheld, found["manager"].withheld, found["worker"].withheld) == (
            True,
            True,
            False,
        )
        assert found["farmer"].amount.value is None
        assert values("d_member_by_occupation", tallies=rows)["farmer"] == 3

    def test_villages_venues_and_records(self) -> None:
        place = {**town(5, "集仕港"), "villages": 20, "communities": 3}
        other = {**town(6, "鼓楼"), "villages": 0, "communities": 9}
        assert values("d_village_total", towns=[place, other]) == {"total": 20}
        assert values("d_community_total", scope=DESK.with_focus(6), towns=[place, other]) == {"total": 9}
        rows = tally("venues", kind__activity_room=6, kind__micro_position=4, public__micro_position=2)
        assert values("d_venue_total", tallies=rows) == {"total": 6, "micro_position": 4, "activity_room": 6}
        assert values("d_record_total", tallies=tally("records", members=5, activities=7)) == {"total": 12}


class TestWork:
    """What is done."""

    def test_activities_and_sign_ins(self) -> None:
        rows = [
            *tally("activities_by_type", OPEN_MONTH, theme_party_day=8, training=2),
            *tally("signins_by_method", OPEN_MONTH, qr=5, wechat=7),
        ]
        sums = [month(OPEN_MONTH, activities=9, signins=12, present=9, required=12)]
        assert values("d_activity_total", tallies=rows) == {"total": 10, "theme_party_day": 8, "training": 2}
        assert values("d_activity_total", org_months=sums) == {"total": 9}
        assert values("d_signin_total", tallies=rows, org_months=sums) == {"total": 12, "qr": 5, "wechat": 7}
        assert values("d_attendance_rate", org_months=sums) == {"rate": 0.75}

    def test_life_fulfilment_counts_branches_not_activities(self) -> None:
        nodes = [node(2, town_id=5), node(3), node(4)]
        rows = [
            {"org_id": 2, "period_month": OPEN_MONTH, "eligible": 1, "life_activities": 7},
            {"org_id": 3, "period_month": OPEN_MONTH, "eligible": 1, "life_activities": 0},
            {"org_id": 4, "period_month": OPEN_MONTH, "eligible": 0, "life_activities": 3},
        ]
        assert values("d_life_fulfilment", nodes=nodes, branch_months=rows) == {"rate": 0.5}
        assert values("d_life_fulfilment", scope=DESK.with_focus(5), nodes=nodes, branch_months=rows) == {
            "rate": 1
        }
        unknown = [{**row, "life_activities": None} for row in rows]
        assert values("d_life_fulfilment", nodes=nodes, branch_months=unknown) == {"rate": "nodata"}

    def test_dues_amounts_are_not_for_visitors(self) -> None:
        sums = [month(OPEN_MONTH, dues_full=18, dues_owed=24, dues_short=1, dues_unpaid=5, dues_makeup=2)]
        rows = tally("dues_collected", OPEN_MONTH, collected=345.5, payable=400)
        tables = {"org_months": sums, "tallies": rows}
        assert values("d_dues_collected", **tables) == {"collected": 345.5, "rate": 0.75}
        assert values("d_dues_collected", scope=VISITORS, **tables) == {"rate": 0.75}
        assert values("d_dues_state", **tables) == {"full": 18, "short": 1, "unpaid": 5, "makeup": 2}

    def test_development_and_admissions_of_the_year(self) -> None:
        rows = [
            *tally("development_funnel", stage__1=9, reached__5=6),
            *tally("development_admitted", "2026-02", all=4, women=1),
            *tally("development_admitted", "2026-09", all=4, women=2, college=6),
            *tally("development_admitted", "2025-09", all=50),
        ]
        funnel = values("d_dev_funnel", tallies=rows)
        assert (funnel["stage|1"], funnel["stage|2"], funnel["reached|5"]) == (9, 0, 6)
        admitted = {"total": 8, "age_35": 0, "college": 0.75, "frontline": 0, "women": 0.375}
        assert values("d_dev_admitted", tallies=rows) == admitted

    def test_small_flows_are_merged_per_direction(self) -> None:
        rows = [
            *tally("transfer_flow", "2026-03", in__330100__5=4, out__5__310000=6),
            *tally("transfer_flow", "2026-08", in__330100__5=1, in__320500__5=4, in__320500__6=2),
        ]
        found = values("d_transfer_flow", scope=INSIDE, tallies=rows)
        assert found == {"in|330100|5": 5, "in|other|other": 6, "out|5|310000": 6}

    def test_lost_floating_and_reports(self) -> None:
        rows = [
            *tally("lost_contact", total=350, found=313, integrated=300),
            *tally("floating", out=40, **{"in": 9}),
        ]
        lost = {"total": 350, "found": 313, "integrated": 300, "rate": 300 / 350}
        assert values("d_lost_total", tallies=rows) == lost
        assert values("d_floating_total", tallies=rows) == {"out": 40, "in": 9}
        sums = [
            month("2026-09", floating_reported=8, floating_due=10),
            month(OPEN_MONTH, floating_reported=0, floating_due=0),
        ]
        assert values("d_floating_report_rate", org_months=sums) == {"rate": 0.8}
        assert values("d_floating_report_rate", at="2026-09", org_months=sums) == {"rate": 0.8}

    def test_study_service_and_institutions_of_the_year(self) -> None:
        sums = [
            month("2025-12", study_hours=999, assembly_done=9, assembly_due=9),
            month("2026-03", study_hours=60, assembly_done=1, assembly_due=2, group_done=1, group_due=2),
            month(
                OPEN_MONTH, study_hours=40, members=50, volunteer_hours=33.5, served_in_month=5,
                normal_members=40, assembly_done=1, assembly_due=1,
            ),
        ]  # fmt: skip
        assert values("d_study_hours_avg", org_months=sums) == {"mean": 2}
        assert values("d_volunteer_hours", org_months=sums) == {"hours": 33.5, "participation": 0.125}
        found = values("jn_eight_x_rate", org_months=sums)
        assert (found["rate"], found["assembly"], found["group"]) == (3 / 5, 2 / 3, 0.5)

    def test_reports_logins_and_library(self) -> None:
        rows = [
            *tally(
                "reports", "2026-10", member_index__generated=90, branch_diagnosis__generated=10,
                member_index__pushed=80, member_index__opened=40,
            ),
            *tally("logins", **{"2026-11-08__accounts": 9, "2026-11-15__accounts": 10, "2026-11-15__compliant": 8}),
            *tally("resources", lecturer=132, video=96, book=4),
            *tally("resource_use", "2026-10", video=7, base=2),
        ]  # fmt: skip
        assert values("d_reports_pushed", at="2026-10", tallies=rows) == {
            "generated": 100, "pushed": 0.8, "opened": 0.5,
        }  # fmt: skip
        assert values("d_login_compliance", tallies=rows) == {"rate": 0.8}
        assert values("d_resource_use", at="2026-10", tallies=rows) == {
            "lecturer": 132, "lecture": 0, "video": 96, "used": 9,
        }  # fmt: skip


class TestLights:
    """How it stands."""

    SUMS = (
        month("2026-10", red_branches=2, yellow_branches=5, eligible=50, warnings_raised=6, warnings_closed=3),
        month(
            OPEN_MONTH, red_branches=9, eligible=50, red_members=6, scored_members=200, index_points=9000,
            three_no=7, long_unpaid=5, long_absent=0, task_red=6, index_from_30=150,
        ),
    )  # fmt: skip

    def test_lights_are_those_of_the_last_closed_month(self) -> None:
        assert values("d_red_branches", org_months=list(self.SUMS)) == {"total": 2, "share": 0.04}
        assert values("d_yellow_branches", org_months=list(self.SUMS)) == {"total": 5, "share": 0.1}

    def test_members_are_counted_only(self) -> None:
        rows = list(self.SUMS)
        assert values("d_red_members", org_months=rows) == {"total": 6, "share": 0.03}
        assert values("d_three_no_members", org_months=rows) == {
            "total": 7,
            "unpaid": 5,
            "absent": 0,
            "task": 6,
        }
        found = values("d_index_avg", org_months=rows)
        assert (found["mean"], found["from_30"]) == (45, 150)

    def test_warnings_of_three_months_and_their_median_life(self) -> None:
        def warning(number: int, raised: datetime, closed: datetime | None, state: str) -> dict[str, Any]:
            columns = {"indicator_id": "x", "level": "red", "org_id": ROOT, "period": "2026-09"}
            return {
                "warning_id": number,
                **columns,
                "state": state,
                "raised_at": raised,
                "verified_at": closed,
            }

        at = datetime(2026, 9, 1)
        warnings = [
            warning(1, at, datetime(2026, 9, 3), "closed"),
            warning(2, at, datetime(2026, 9, 9), "closed"),
            warning(3, datetime(2026, 7, 31), datetime(2026, 9, 9), "closed"),
            warning(4, at, None, "raised"),
        ]
        found = values("d_warning_closed_rate", org_months=list(self.SUMS), org_warnings=warnings)
        assert found == {"rate": 0.5, "median": 5}
