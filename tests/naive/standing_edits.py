"""Random edits of what is on file about how a branch stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.naive.edits import Living


def go_on_with_admission(at: Living) -> None:
    """A step is done or re-dated, a document uploaded, a case closed, a definition changed."""
    step = at.pick("development_steps")
    if step is None:
        return
    at.update("development_steps", step, done_on=at.day(), status="done")
    at.update("development_steps", at.pick("development_steps"), due_on=at.day())
    at.insert("development_documents", dev_step_id=step["dev_step_id"])
    at.update("development_cases", at.pick("development_cases"), closed_on=at.day())
    rule = at.pick("development_step_defs")
    at.update("development_step_defs", rule, requires_upload=at.chance.random() < 0.5, min_days=5)


def settle_disposition(at: Living) -> None:
    at.update("member_dispositions", at.pick("member_dispositions"), closed_on=at.day())
    result = at.pick("appraisal_results")
    at.update("appraisal_results", result, grade=at.chance.choice(("qualified", "unqualified")))
    member = at.pick("members")
    if member is not None:
        common = {"member_id": member["member_id"], "branch_org_id": at.branch()}
        at.insert("member_dispositions", opened_on=at.day(), due_on=at.day(), **common)


def inspect_venue(at: Living) -> None:
    """A venue changes hands, one is inspected, faults are mended."""
    org, venue = at.pick("organizations"), at.pick("venues")
    if org is None or venue is None:
        return
    at.update("venues", venue, org_id=org["org_id"])
    flags = {"facilities_ok": True, "rules_ok": False, "environment_ok": True, "usage_ok": False}
    at.insert("venue_inspections", venue_id=venue["venue_id"], inspected_on=at.day(), **flags)
    at.update("venue_inspections", at.pick("venue_inspections"), rectified_on=at.day())


def visit_member(at: Living) -> None:
    member, day = at.pick("members"), at.day()
    if member is not None:
        recorded = datetime(day.year, day.month, day.day, 20)
        common = {"member_id": member["member_id"], "org_id": at.branch()}
        at.insert("condolence_visits", visited_on=day, recorded_at=recorded, **common)
        at.update("members", member, full_member_on=day.replace(year=1970, day=1), education=None)


def rate_branch(at: Living) -> None:
    at.update(
        "org_ratings", at.pick("org_ratings"), rating_value=at.chance.choice((1, 2)), decided_on=at.day()
    )
    project = at.pick("secretary_projects")
    at.update("secretary_projects", project, progress=0.75, completed_on=at.chance.choice((None, at.day())))


def log_in(at: Living) -> None:
    """Twice in one week, which may end in the next month."""
    account, day = at.pick("admin_accounts"), at.day()
    if account is not None:
        moment = datetime(day.year, day.month, day.day, 8)
        for later in (timedelta(0), timedelta(minutes=3)):
            at.insert("account_logins", account_id=account["account_id"], logged_in_at=moment + later)


def lead_branch(at: Living) -> None:
    """Somebody is secretary now and goes to a meeting and through a course."""
    member, activity = at.pick("members"), at.pick("activities", lambda row: row["started_at"] is not None)
    if member is None or activity is None:
        return
    who = {"member_id": member["member_id"]}
    at.insert("party_posts", org_id=at.branch(), post_type="secretary", started_on=at.day(), **who)
    at.update("activities", activity, class_hours=2)
    came = {"status": "present", "sign_method": "qr", "signed_at": activity["started_at"]}
    recorded = activity["started_at"] + timedelta(minutes=5)
    at.insert("attendances", activity_id=activity["activity_id"], recorded_at=recorded, **who, **came)
    at.update("learning_records", at.pick("learning_records"), completed_at=at.now, credited_hours=3)


STANDING_EDITS: tuple[Callable[[Living], None], ...] = (
    go_on_with_admission,
    settle_disposition,
    inspect_venue,
    visit_member,
    rate_branch,
    log_in,
    lead_branch,
)
