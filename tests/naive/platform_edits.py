"""Random edits of what is counted of platform use, steps, venues and members online."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.naive.edits import Living


def change_posts(at: Living) -> None:
    """Views and comments on other days, a post of another kind, a new comment."""
    moment = datetime.combine(at.day(), datetime.min.time()) + timedelta(hours=9)
    at.update("post_view_daily", at.pick("post_view_daily"), view_on=at.day(), views=at.chance.randrange(9))
    at.update("post_interactions", at.pick("post_interactions"), occurred_at=moment)
    at.update("posts", at.pick("posts"), post_kind=at.chance.choice(("branch_news", "snapshot")))
    post, member = at.pick("posts"), at.pick("members")
    if post is not None and member is not None:
        said = {"interaction_kind": "like", "occurred_at": at.now}
        at.insert("post_interactions", post_id=post["post_id"], member_id=member["member_id"], **said)


def use_apps(at: Living) -> None:
    """Somebody is seen, somebody studies, somebody takes up or leaves work."""
    at.update("app_registrations", at.pick("app_registrations"), last_active_on=at.day())
    started = datetime.combine(at.day(), datetime.min.time())
    at.update(
        "learning_records", at.pick("learning_records"), started_at=started, progress=at.chance.choice((0, 1))
    )
    at.update(
        "members", at.pick("members"), is_in_service=at.chance.choice((True, False)), joined_on=at.day()
    )


def move_steps(at: Living) -> None:
    """Limits, days of completion, ends of cases, what needs an upload, cases of another branch."""
    due = at.now.date() + timedelta(days=at.chance.randrange(-40, 12))
    done = at.chance.choice((None, due))
    at.update("development_steps", at.pick("development_steps"), due_on=due, done_on=done)
    closed = at.chance.choice((None, at.day()))
    at.update("development_cases", at.pick("development_cases"), branch_org_id=at.branch(), closed_on=closed)
    at.update(
        "development_step_defs", at.pick("development_step_defs"), requires_upload=at.chance.random() < 0.5
    )


def rectify(at: Living) -> None:
    """A venue changes its keeper, an inspection is put right, a problem is solved or given more time."""
    at.update("venues", at.pick("venues"), org_id=at.branch())
    inspection = {"rules_ok": at.chance.random() < 0.5, "rectified_on": at.chance.choice((None, at.day()))}
    at.update("venue_inspections", at.pick("venue_inspections"), **inspection)
    solved = at.chance.choice((None, at.now - timedelta(days=3)))
    at.update("problem_items", at.pick("problem_items"), resolved_at=solved, due_on=at.day())


PLATFORM_EDITS: tuple[Callable[[Living], None], ...] = (change_posts, use_apps, move_steps, rectify)
