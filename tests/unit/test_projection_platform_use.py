"""Families of platform use, rhythm, step records, venues and members online at their limits, from hand-written rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from data.projection.catalogue import FAMILY
from data.projection.source import Block, Calendar, Source, merge
from data.projection.tree import read_tree
from tests.naive.projected import new_source
from tests.naive.rows import Row, Rows
from tests.tallied import FIVE, GROUP, LONG_AGO, NOW, SIX, TODAY, members, tree

OPEN, LAST = "2026-11", "2026-10"


def counted(
    family: str, rows: Rows, month: str = OPEN, branch: int = FIVE, now: datetime = NOW
) -> dict[str, float]:
    """What the family counts for one branch and month, the same for the branch alone and for all of them."""
    engine = new_source({**tree(), **rows})
    with engine.connect() as connection:
        source = Source(connection, Calendar("2026-08", now), read_tree(connection))
        months = tuple(source.calendar.months)
        whole, alone = (merge(FAMILY[family].read(source, Block(orgs, months))) for orgs in (None, (branch,)))
    assert whole.get((branch, month)) == alone.get((branch, month))
    return alone.get((branch, month), {})


def activity(number: int, org: int, at: datetime, kind: str = "theme_party_day") -> Row:
    return {
        "activity_id": number, "org_id": org, "activity_type": kind, "title": "活动", "status": "held",
        "started_at": at, "period_month": f"{at:%Y-%m}", "recorded_at": at,
    }  # fmt: skip


def test_rhythm_knows_first_and_last_life_of_branch_and_groups_and_the_day() -> None:
    rows: Rows = {
        "activities": [
            activity(1, FIVE, datetime(2026, 11, 5, 9)), activity(2, GROUP, datetime(2026, 11, 9), "group_meeting"),
            activity(3, FIVE, datetime(2026, 11, 1), "training"), activity(4, SIX, datetime(2026, 11, 20)),
        ]
    }  # fmt: skip
    first, last = date(2026, 11, 5).toordinal(), date(2026, 11, 9).toordinal()
    assert counted("rhythm", rows) == {"day_of_month": 21, "first_life_day": first, "last_life_day": last}
    assert counted("rhythm", rows, LAST) == {"day_of_month": 31}


@pytest.mark.parametrize(
    ("due", "resolved", "expected"),
    [
        (date(2026, 11, 20), datetime(2026, 11, 20, 23, 59), (1, 1)),
        (date(2026, 11, 20), datetime(2026, 11, 21, 0, 0), (1, 0)),
        (date(2026, 11, 20), None, (1, 0)),
        (TODAY, None, None),
    ],
)
def test_a_problem_is_due_once_its_day_is_over(
    due: date, resolved: datetime | None, expected: tuple[int, int] | None
) -> None:
    rows = {"problem_items": [{"problem_id": 1, "org_id": FIVE, "due_on": due, "resolved_at": resolved}]}
    names = ("problems_due", "problems_closed_in_time")
    found = counted("problems", rows)
    assert found == ({} if expected is None else dict(zip(names, expected, strict=True)))


def test_registered_by_the_end_of_the_month_and_seen_in_it_or_since() -> None:
    rows = members(FIVE, FIVE, FIVE, SIX)

    def app(number: int, who: int, since: datetime, seen: date | None, code: str = "wechat") -> Row:
        use = {"app_code": code, "registered_at": since, "last_active_on": seen}
        return {"registration_id": number, "member_id": who, **use}

    rows["app_registrations"] = [
        app(1, 1, datetime(2026, 10, 31, 23), date(2026, 10, 1)),
        app(2, 1, datetime(2026, 9, 1), TODAY, "mobile_school"), app(3, 2, datetime(2026, 11, 1), TODAY),
        app(4, 3, datetime(2026, 9, 1), date(2026, 9, 30)),
    ]  # fmt: skip
    assert counted("registrations", rows, LAST) == {"app_users": 2, "app_active": 1}
    assert counted("registrations", rows) == {"app_users": 3, "app_active": 2}


@pytest.mark.parametrize(
    ("begun", "done", "progress", "is_at_work", "n"),
    [
        (datetime(2026, 10, 1), None, 0.1, True, 1),
        (datetime(2026, 9, 30), datetime(2026, 10, 31), 1, True, 1),
        (datetime(2026, 10, 5), None, 0, True, 0),
        (datetime(2026, 9, 30), datetime(2026, 11, 1), 1, True, 0),
        (datetime(2026, 10, 5), None, 1, None, 0),
    ],
)
def test_members_at_work_who_began_or_completed_a_course_in_the_month(
    begun: datetime, done: datetime | None, progress: float, is_at_work: bool | None, n: int
) -> None:
    rows = members(FIVE, is_in_service=is_at_work)
    record = {"started_at": begun, "completed_at": done, "progress": progress}
    rows["learning_records"] = [
        {"record_id": course, "member_id": 1, "course_id": course, "channel": "app", **record}
        for course in (1, 2)
    ]
    assert counted("online_study", rows, LAST).get("in_service_online", 0) == n


@pytest.mark.parametrize(
    ("joined", "now", "n"),
    [
        (date(2010, 11, 21), NOW, 1),
        (date(2010, 11, 20), NOW, 0),
        (date(2012, 2, 29), datetime(2027, 2, 28, 9), 1),
        (date(2012, 2, 29), datetime(2028, 2, 28, 9), 0),
        (date(2012, 2, 29), datetime(2028, 2, 29, 9), 1),
        (date(2012, 2, 28), datetime(2028, 2, 29, 9), 0),
    ],
)
def test_political_birthdays_come_round_on_their_day(joined: date, now: datetime, n: int) -> None:
    rows = members(FIVE, joined_on=joined)
    assert counted("birthdays", rows, f"{now:%Y-%m}", now=now) == {"political_birthdays": n}
    assert counted("birthdays", rows, "2026-08", now=now) == {}


class TestSteps:
    """Records of admission."""

    @staticmethod
    def rows(**step: object) -> Rows:
        state = {"status": "in_progress", "closed_on": step.pop("closed", None)}
        case = {"case_id": 1, "branch_org_id": FIVE, "variant": 25, **state}
        definition = {"step_def_id": 1, "variant": 25, "step_no": 6, "name_zh": "步", "requires_upload": True}
        return {
            "development_cases": [case],
            "development_step_defs": [definition],
            "development_steps": [{"dev_step_id": 1, "case_id": 1, "step_no": 6, "status": "open", **step}],
        }

    @pytest.mark.parametrize(("days", "n"), [(-1, 0), (0, 1), (7, 1), (8, 0)])
    def test_soon_is_within_seven_days(self, days: int, n: int) -> None:
        found = counted("step_records", self.rows(due_on=TODAY + timedelta(days=days)))
        assert found.get("dev_due_soon", 0) == n

    def test_of_a_month_that_is_over_as_it_stood_at_its_end(self) -> None:
        due = date(2026, 11, 8)
        assert counted("step_records", self.rows(due_on=due), LAST) == {"dev_due_soon": 1}
        done_after, done_before = (
            self.rows(due_on=due, done_on=day) for day in (date(2026, 11, 1), date(2026, 10, 31))
        )
        assert counted("step_records", done_after, LAST) == {"dev_due_soon": 1}
        assert counted("step_records", done_before, LAST) == {"dev_uploads_due": 1}
        assert counted("step_records", self.rows(due_on=due, closed=date(2026, 10, 31)), LAST) == {}

    def test_done_on_the_last_day_is_in_time(self) -> None:
        due = date(2026, 11, 20)
        in_time = self.rows(due_on=due, done_on=due)
        assert counted("step_records", in_time) == {"dev_steps_on_time": 1, "dev_uploads_due": 1}
        assert "dev_steps_on_time" not in counted("step_records", self.rows(due_on=due, done_on=TODAY))


class TestVenues:
    """The last inspection decides until it is put right."""

    @staticmethod
    def found(*inspections: tuple[date, int, date | None, date | None]) -> dict[str, float]:
        names = ("facilities_ok", "rules_ok", "environment_ok", "usage_ok")
        rows: Rows = {
            "venues": [{"venue_id": 1, "name": "室", "venue_kind": "activity_room", "org_id": FIVE}],
            "venue_inspections": [
                {"inspection_id": n, "venue_id": 1, "inspected_on": day, "rectify_due_on": due, "rectified_on": done,
                 **{name: at >= issues for at, name in enumerate(names)}}
                for n, (day, issues, due, done) in enumerate(inspections, 1)
            ],
        }  # fmt: skip
        return counted("venue_issues", rows)

    def test_flags_of_the_latest_only(self) -> None:
        old, new = date(2026, 9, 1), date(2026, 11, 1)
        assert self.found((new, 2, None, None), (old, 4, None, None)) == {
            "own_venue_issues": 2, "own_venue_issues_overdue": 0,
        }  # fmt: skip
        assert self.found((old, 4, None, None), (new, 0, None, None)) == {}

    def test_past_its_day_it_is_overdue_and_put_right_it_is_gone(self) -> None:
        day = date(2026, 11, 1)
        assert self.found((day, 1, TODAY, None))["own_venue_issues_overdue"] == 0
        assert self.found((day, 1, TODAY - timedelta(days=1), None))["own_venue_issues_overdue"] == 1
        assert self.found((day, 1, LONG_AGO, TODAY)) == {}
        assert self.found((day, 1, LONG_AGO, TODAY + timedelta(days=1)))["own_venue_issues"] == 1


def test_posts_of_the_branch_with_what_they_caused_by_month() -> None:
    rows = members(FIVE, SIX)
    rows["members"][1]["deleted_at"] = NOW
    common = {"module": "info", "title": "信息", "status": "published", "org_id": FIVE}
    rows["posts"] = [
        {"post_id": 1, "post_kind": "branch_news", "published_at": datetime(2026, 10, 31, 23, 59), **common},
        {"post_id": 2, "post_kind": "snapshot", "published_at": datetime(2026, 11, 1), **common},
        {"post_id": 3, "post_kind": "branch_news", "published_at": NOW + timedelta(hours=1), **common},
    ]
    rows["post_view_daily"] = [
        {"view_id": 1, "post_id": 1, "view_on": date(2026, 11, 1), "views": 7},
        {"view_id": 2, "post_id": 2, "view_on": date(2026, 11, 2), "views": 5},
        {"view_id": 3, "post_id": 3, "view_on": TODAY, "views": 9},
    ]
    said = {"post_id": 1, "occurred_at": datetime(2026, 11, 3), "interaction_kind": "comment"}
    rows["post_interactions"] = [
        {"interaction_id": n, "member_id": who, **said} for n, who in enumerate((1, 1, 2), 1)
    ]
    assert counted("platform", rows, LAST) == {"branch_news": 1}
    assert counted("platform", rows) == {"views": 12, "comments": 2}
