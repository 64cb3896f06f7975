"""Tallies of activities and the platform, and their listings, against rows written by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.naive.rows import Row, Rows
from tests.tallied import COMMITTEE, DIRECT, FIVE, GROUP, NOW, SIX, TODAY, members, read, tallied

YESTERDAY = TODAY - timedelta(days=1)


def activity(number: int, org: int, at: datetime, kind: str = "theme_party_day", **columns: Any) -> Row:
    plain = {
        "activity_id": number, "org_id": org, "activity_type": kind, "title": "活动", "status": "held",
        "started_at": at, "period_month": f"{at:%Y-%m}", "recorded_at": at + timedelta(hours=2),
    }  # fmt: skip
    return {**plain, **columns}


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9)


class TestActivities:
    """Organisation life by type, day and way of signing in."""

    def test_valid_ones_by_month_type_and_town_groups_with_their_branch(self) -> None:
        late = activity(4, FIVE, datetime(2026, 10, 5), recorded_at=datetime(2026, 11, 1))
        rows = {
            "activities": [
                activity(1, FIVE, datetime(2026, 10, 5)), activity(2, GROUP, datetime(2026, 10, 6), "group_meeting"),
                activity(3, COMMITTEE, datetime(2026, 11, 6), "training"), late,
                activity(5, 999, datetime(2026, 10, 5)),
            ]
        }  # fmt: skip
        town = {
            ("2026-10", "theme_party_day"): 1,
            ("2026-10", "group_meeting"): 1,
            ("2026-11", "training"): 1,
        }
        assert tallied("activities_by_type", rows) == town
        assert tallied("activities_by_type", rows, town=5) == town

    def test_ninety_days_held_and_fourteen_planned(self) -> None:
        plan = {"status": "planned", "started_at": None}
        days = {0: "held", 89: "held", 90: None}
        held = [activity(n, FIVE, morning(TODAY - timedelta(days=n))) for n in days]
        ahead = {100: 0, 114: 14, 115: 15}
        planned = [
            activity(
                n,
                FIVE,
                morning(TODAY + timedelta(days=d)),
                plan_start_at=morning(TODAY + timedelta(days=d)),
                **plan,
            )
            for n, d in ahead.items()
        ]
        assert tallied("activity_days", {"activities": [*held, *planned]}) == {
            f"held|{TODAY}|theme_party_day": 1, f"held|{TODAY - timedelta(days=89)}|theme_party_day": 1,
            f"planned|{TODAY}|theme_party_day": 1, f"planned|{TODAY + timedelta(days=14)}|theme_party_day": 1,
        }  # fmt: skip

    def test_sign_ins_by_method_and_what_happened_today(self) -> None:
        rows = members(FIVE, SIX)
        rows["activities"] = [activity(1, FIVE, morning(TODAY)), activity(2, SIX, morning(YESTERDAY))]

        def sign_in(number: int, of: int, who: int, method: str, day: date) -> Row:
            at = {"signed_at": morning(day), "recorded_at": morning(day)}
            return {
                "attendance_id": number,
                "activity_id": of,
                "member_id": who,
                "status": "present",
                "sign_method": method,
                **at,
            }

        rows["attendances"] = [
            sign_in(1, 1, 1, "qr", TODAY), sign_in(2, 2, 1, "wechat", YESTERDAY), sign_in(3, 1, 2, "manual", TODAY),
            sign_in(4, 2, 2, "qr", TODAY),
        ]  # fmt: skip
        rows["posts"] = [
            post(1, FIVE, NOW),
            post(2, FIVE, NOW + timedelta(minutes=1)),
            post(3, SIX, morning(YESTERDAY)),
        ]
        assert tallied("signins_by_method", rows) == {("2026-11", "qr"): 1, ("2026-11", "wechat"): 1}
        assert tallied("today", rows) == {"activities": 1, "signins|qr": 1, "posts": 1}
        assert tallied("today", rows, town=6) == {}

    def test_the_newest_activities_stand_under_their_branch(self) -> None:
        rows = {
            "activities": [
                activity(1, GROUP, morning(YESTERDAY), "group_meeting"),
                activity(2, SIX, morning(TODAY)),
            ]
        }
        assert [(row["org_id"], row["kind"]) for row in read("newest_activities", rows)] == [
            (SIX, "theme_party_day"), (FIVE, "group_meeting"),
        ]  # fmt: skip


def post(number: int, org: int, at: datetime, **columns: Any) -> Row:
    plain = {
        "post_kind": "branch_news",
        "module": "info",
        "title": "信息",
        "status": "published",
        "is_public": False,
    }
    return {"post_id": number, "org_id": org, "published_at": at, "media_count": 0, **plain, **columns}


class TestPlatform:
    """Posts with what they caused, reports, logins."""

    def rows(self) -> Rows:
        rows = members(FIVE, SIX)
        rows["members"][1]["deleted_at"] = NOW
        said = datetime(2026, 11, 3, 10)
        rows["posts"] = [
            post(1, COMMITTEE, datetime(2026, 10, 20)), post(2, DIRECT, morning(TODAY)),
            post(3, FIVE, morning(TODAY), status="withdrawn"), post(4, FIVE, NOW + timedelta(hours=1)),
        ]  # fmt: skip
        rows["post_view_daily"] = [
            {"view_id": n, "post_id": of, "view_on": day, "views": 10 * n}
            for n, (of, day) in enumerate(
                ((1, date(2026, 10, 22)), (1, date(2026, 10, 23)), (2, TODAY), (3, TODAY)), 1
            )
        ]
        rows["post_interactions"] = [
            {
                "interaction_id": n,
                "post_id": 1,
                "member_id": who,
                "interaction_kind": kind,
                "occurred_at": said,
            }
            for n, (who, kind) in enumerate(((1, "comment"), (1, "like"), (2, "like")), 1)
        ]
        return rows

    def test_posts_of_all_organisations_by_month(self) -> None:
        assert tallied("platform", self.rows()) == {
            ("2026-10", "posts"): 1, ("2026-11", "posts"): 1, ("2026-10", "views"): 30, ("2026-11", "views"): 30,
            ("2026-11", "comments"): 1, ("2026-11", "likes"): 1,
        }  # fmt: skip
        assert tallied("platform", self.rows(), town=5)[("2026-10", "posts")] == 1

    def test_the_last_thirty_days(self) -> None:
        # The twenty-third of October is the thirtieth day, the twenty-second is too long ago.
        assert tallied("post_days", self.rows()) == {
            f"posts|{TODAY}": 1, "views|2026-10-23": 20, f"views|{TODAY}": 30, "comments|2026-11-03": 1,
            "likes|2026-11-03": 1,
        }  # fmt: skip

    def test_pictures_for_visitors_are_public_posts_with_pictures(self) -> None:
        rows: Rows = {
            "posts": [
                post(1, FIVE, morning(YESTERDAY), is_public=True, media_count=3, title="长" * 160),
                post(2, SIX, morning(TODAY), is_public=True, media_count=1),
                post(3, SIX, morning(TODAY), media_count=1), post(4, SIX, morning(TODAY), is_public=True),
                post(5, 999, morning(TODAY), is_public=True, media_count=1),
            ]
        }  # fmt: skip
        found = read("public_pictures", rows)
        assert [(row["org_id"], row["amount"], row["position"]) for row in found] == [
            (SIX, 1, 0),
            (FIVE, 3, 1),
        ]
        assert len(found[1]["title"]) == 120

    def test_reports_generated_pushed_and_opened(self) -> None:
        def report(number: int, month: str, pushed: bool, opened: bool) -> Row:
            at = datetime(2026, 11, 5)
            states = {"pushed_at": at if pushed else None, "opened_at": at if opened else None}
            about = {
                "report_kind": "branch_diagnosis",
                "period_month": month,
                "org_id": (FIVE, SIX, DIRECT)[number % 3],
            }
            return {"report_id": number, **about, **states}

        months = [
            ("2026-10", True, True),
            ("2026-10", True, False),
            ("2026-10", False, True),
            ("2026-07", True, True),
        ]
        rows = {"diagnosis_reports": [report(n, *one) for n, one in enumerate(months, 1)]}
        assert tallied("reports", rows) == {
            ("2026-10", "branch_diagnosis|generated"): 3, ("2026-10", "branch_diagnosis|pushed"): 2,
            ("2026-10", "branch_diagnosis|opened"): 1,
        }  # fmt: skip

    def test_logins_on_two_days_of_a_week_from_monday_to_sunday(self) -> None:
        accounts = [
            {
                "account_id": n,
                "org_id": org,
                "account_kind": kind,
                "module_scope": "[]",
                "is_enabled": enabled,
            }
            for n, (org, kind, enabled) in enumerate(
                ((FIVE, "main", True), (SIX, "main", True), (DIRECT, "main", False), (SIX, "sub", True)), 1
            )
        ]
        # The week of Sunday the fifteenth begins on Monday the ninth.
        moments = [
            (1, datetime(2026, 11, 9)), (1, datetime(2026, 11, 15, 23, 59)), (2, datetime(2026, 11, 10)),
            (2, datetime(2026, 11, 10, 9)), (2, datetime(2026, 11, 16)), (4, datetime(2026, 11, 8)),
        ]  # fmt: skip
        logins = [
            {"login_id": n, "account_id": of, "logged_in_at": at, "channel": "web"}
            for n, (of, at) in enumerate(moments, 1)
        ]
        found = tallied("logins", {"admin_accounts": accounts, "account_logins": logins})
        assert (found["2026-11-15|accounts"], found["2026-11-15|compliant"]) == (2, 1)
        assert "2026-11-22|accounts" not in found
        assert len([key for key in found if key.endswith("accounts")]) == 12
