"""Tallies of development and transfers against rows written by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.naive.rows import Row, Rows
from tests.tallied import COMMITTEE, DIRECT, FIVE, NOW, SIX, TODAY, tallied


def case(number: int, **columns: Any) -> Row:
    plain = {
        "case_id": number, "branch_org_id": FIVE, "applicant_name": "某", "gender": "M", "birthday": date(1990, 1, 1),
        "variant": 25, "applied_on": date(2024, 5, 5), "stage_no": 1, "current_step_no": 1, "status": "in_progress",
    }  # fmt: skip
    return {**plain, **columns}


def step(number: int, of: int, no: int, **columns: Any) -> Row:
    return {"dev_step_id": number, "case_id": of, "step_no": no, "status": "done", **columns}


def definition(number: int, no: int, stage: int, step25: int, variant: int = 25) -> Row:
    common = {"name_zh": "步", "actor": "branch", "variant": variant}
    return {"step_def_id": number, "step_no": no, "stage_no": stage, "step25_no": step25, **common}


class TestDevelopment:
    """Funnel, admissions, waiting cases."""

    DEFINITIONS = (definition(1, 1, 1, 1), definition(2, 15, 4, 15), definition(3, 17, 5, 17))

    def test_the_funnel_counts_open_cases_and_stages_reached_this_year(self) -> None:
        rows = {
            "development_step_defs": list(self.DEFINITIONS),
            "development_cases": [
                case(1, stage_no=4), case(2, stage_no=4, status="extended", branch_org_id=SIX),
                case(3, stage_no=2, status="terminated"), case(4, applied_on=date(2026, 1, 1)),
                case(5, applied_on=date(2025, 12, 31)), case(6, deleted_at=NOW),
            ],
            "development_steps": [
                step(1, 1, 15, unlocked_at=datetime(2026, 1, 1)), step(2, 2, 15, unlocked_at=datetime(2025, 12, 31)),
                step(3, 3, 17, unlocked_at=datetime(2026, 5, 1)), step(4, 6, 17, unlocked_at=datetime(2026, 5, 1)),
            ],
        }  # fmt: skip
        assert tallied("development_funnel", rows) == {
            "stage|4": 2, "stage|1": 2, "reached|1": 1, "reached|4": 1, "reached|5": 1,
        }  # fmt: skip
        assert tallied("development_funnel", rows, town=6) == {"stage|4": 1}

    def test_admitted_are_those_whose_approval_is_done_in_the_month_of_the_meeting(self) -> None:
        young = date(1990, 11, 6)
        traits = {"education": "bachelor", "is_frontline": True, "gender": "F", "birthday": young}
        met = {"done_on": date(2026, 11, 5)}
        rows = {
            "development_step_defs": [*self.DEFINITIONS, definition(4, 33, 4, 17, 43), definition(5, 34, 4, 17, 43),
                                      definition(6, 30, 4, 15, 43), definition(7, 31, 4, 15, 43)],
            "development_cases": [case(1, **traits), case(2), case(3, variant=43), case(4, birthday=young)],
            "development_steps": [
                step(1, 1, 15, **met), step(2, 1, 17, done_on=date(2026, 11, 20)),
                step(3, 2, 15, **met), step(4, 2, 17, status="open"),
                step(5, 3, 30, done_on=date(2026, 10, 1)), step(6, 3, 31, done_on=date(2026, 11, 1)),
                step(7, 3, 33, done_on=date(2026, 11, 1)),
                step(8, 4, 15, done_on=date(2026, 11, 6)), step(9, 4, 17, done_on=date(2026, 11, 20)),
            ],
        }  # fmt: skip
        assert tallied("development_admitted", rows) == {
            ("2026-11", "all"): 2, ("2026-11", "age_35"): 1, ("2026-11", "college"): 1, ("2026-11", "frontline"): 1,
            ("2026-11", "women"): 1, ("2026-10", "all"): 1,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("days", "state"),
        [
            (8, None),
            (7, "soon"),
            (0, "soon"),
            (-1, "overdue"),
            (-30, "overdue"),
            (-31, "overdue_30"),
            (None, None),
        ],
    )
    def test_a_waiting_step_is_soon_due_or_overdue_by_days(self, days: int | None, state: str | None) -> None:
        due = None if days is None else TODAY + timedelta(days=days)
        waiting = step(1, 1, 7, status="submitted", due_on=due)
        later = step(2, 1, 8, status="open", due_on=TODAY - timedelta(days=99))
        rows = {"development_cases": [case(1, variant=43)], "development_steps": [later, waiting]}
        expected = {"43|7|waiting": 1.0} | ({f"43|7|{state}": 1.0} if state else {})
        assert tallied("step_board", rows) == expected

    def test_closed_cases_wait_nowhere(self) -> None:
        waiting = [step(1, 1, 7, status="open", due_on=TODAY)]
        rows = {"development_cases": [case(1, status="transferred")], "development_steps": waiting}
        assert tallied("step_board", rows) == {}

    def test_exams_tell_first_passes_and_first_attempts(self) -> None:
        def attempt(
            number: int, of: int | None, exam: int, passed: bool, at: datetime, **columns: Any
        ) -> Row:
            return {
                "attempt_id": number,
                "case_id": of,
                "exam_id": exam,
                "passed": passed,
                "taken_at": at,
                **columns,
            }

        rows = {
            "development_cases": [case(1), case(2, branch_org_id=SIX)],
            "exams": [
                {"exam_id": 1, "title": "考", "exam_kind": "development", "gate_stage": 2},
                {"exam_id": 2, "title": "考", "exam_kind": "development", "gate_stage": 3},
                {"exam_id": 3, "title": "答", "exam_kind": "quiz", "gate_stage": None},
            ],
            "exam_attempts": [
                # Out of order: the first one in time was failed, the year before.
                attempt(1, 1, 1, True, datetime(2026, 2, 1)), attempt(2, 1, 1, False, datetime(2025, 12, 20)),
                attempt(3, 1, 2, True, datetime(2026, 3, 1)), attempt(4, 2, 1, True, datetime(2026, 3, 2)),
                attempt(5, 2, 1, True, datetime(2026, 4, 2)), attempt(6, None, 3, True, datetime(2026, 4, 2)),
                attempt(7, 2, 2, True, datetime(2026, 4, 3), deleted_at=NOW),
                attempt(8, 2, 2, True, datetime(2026, 12, 3)),
            ],
        }  # fmt: skip
        assert tallied("exams", rows) == {
            ("2025-12", "taken|2"): 1, ("2026-02", "taken|2"): 1, ("2026-02", "passed|2"): 1, ("2026-02", "passed"): 1,
            ("2026-03", "taken|3"): 1, ("2026-03", "first|3"): 1, ("2026-03", "passed|3"): 1,
            ("2026-03", "taken|2"): 1, ("2026-03", "first|2"): 1, ("2026-03", "passed|2"): 1, ("2026-03", "passed"): 1,
        }  # fmt: skip


class TestTransfers:
    """Completed and open transfers."""

    @staticmethod
    def rows(**steps: Any) -> Rows:
        def transfer(number: int, direction: str, **columns: Any) -> Row:
            done = {"state": "completed", "completed_at": datetime(2026, 10, 20, 9), "reason": "other"}
            return {
                "transfer_id": number,
                "direction": direction,
                "applied_at": datetime(2026, 10, 8, 10),
                **done,
                **columns,
            }

        return {
            "transfers": [
                transfer(1, "within", from_org_id=FIVE, to_org_id=SIX),
                transfer(2, "in", to_org_id=SIX, external_region="330100"),
                transfer(3, "out", from_org_id=DIRECT, applied_at=datetime(2026, 10, 21)),
                transfer(4, "within", from_org_id=SIX, to_org_id=FIVE, state="pending", completed_at=None),
                transfer(5, "within", from_org_id=SIX, to_org_id=FIVE, deleted_at=NOW),
            ],
            **steps,
        }

    def test_done_by_direction_in_the_town_that_receives(self) -> None:
        october = "2026-10"
        assert tallied("transfers_done", self.rows()) == {
            (october, "within"): 1, (october, "in"): 1, (october, "out"): 1,
        }  # fmt: skip
        assert tallied("transfers_done", self.rows(), town=6) == {(october, "within"): 1, (october, "in"): 1}
        # The third was completed before it was applied for: it has no duration.
        assert tallied("transfer_days", self.rows()) == {(october, "0011"): 2}
        assert tallied("transfer_flow", self.rows()) == {
            (october, "within|5|6"): 1, (october, "in|330100|6"): 1, (october, "out|direct|unknown"): 1,
        }  # fmt: skip

    def test_open_steps_and_those_decided_online(self) -> None:
        def a_step(number: int, of: int, seq: int, **columns: Any) -> Row:
            plain = {"step_type": "branch_accept", "handler_org_id": FIVE, "opened_at": datetime(2026, 11, 1)}
            return {"step_id": number, "transfer_id": of, "step_seq": seq, **plain, **columns}

        late, soon, done = datetime(2026, 11, 20), datetime(2026, 11, 30), datetime(2026, 11, 2)
        steps = [
            a_step(1, 4, 1, due_at=late), a_step(2, 4, 2, due_at=soon),
            a_step(3, 4, 3, decided_at=done, due_at=late), a_step(4, 4, 4, opened_at=None, due_at=late),
            a_step(5, 1, 1, decided_at=done), a_step(6, 1, 2, deleted_at=NOW),
        ]  # fmt: skip
        rows = self.rows(transfer_steps=steps)
        assert tallied("transfers_open", rows) == {"branch_accept": 2, "branch_accept|overdue": 1}
        # Opened twenty days ago: neither 16 nor 31.
        assert tallied("transfers_waiting", rows, town=5) == {"branch_accept|16": 2}
        assert tallied("transfers_waiting", rows, now=datetime(2026, 12, 2)) == {"branch_accept|31": 2}
        assert tallied("transfers_online", rows) == {("2026-10", "within"): 1, ("2026-10", "online"): 1}
        assert tallied("transfers_online", self.rows()) == {
            ("2026-10", "within"): 1,
            ("2026-10", "online"): 0,
        }
        undecided = self.rows(transfer_steps=[*steps, a_step(7, 1, 3)])
        assert tallied("transfers_online", undecided)[("2026-10", "online")] == 0


def test_rows_of_a_deleted_organisation_count_nowhere() -> None:
    rows = {"development_cases": [case(1, branch_org_id=999), case(2, branch_org_id=COMMITTEE)]}
    assert tallied("development_funnel", rows)["stage|1"] == 1
