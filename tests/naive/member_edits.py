"""Edits of what is on record about members: new records, and old ones that change their day or their outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.naive.member_files import add_record


def record(at: Any) -> None:
    """A row more in each table of records."""
    draft = at.draft()
    member = at.pick("members")
    if member is not None:
        add_record(draft, member["member_id"], at.branch(), at.chance.choice(at.months))
        at.write(draft)


def correct_record(at: Any) -> None:
    """Another day, another outcome, another member of what was recorded."""
    day = at.day()
    noon = datetime(day.year, day.month, day.day, 12)
    member = at.pick("members")["member_id"]
    at.update("heart_talks", at.pick("heart_talks"), talked_on=day, recorded_at=noon)
    at.update("member_tasks", at.pick("member_tasks"), due_on=day, result="refused")
    at.update("member_deeds", at.pick("member_deeds"), deed_kind="complaint", occurred_on=day)
    at.update("community_checkins", at.pick("community_checkins"), occurred_on=day, checkin_kind="register")
    at.update("member_submissions", at.pick("member_submissions"), submitted_at=noon, accepted_at=noon)
    at.update("exams", at.pick("exams"), exam_kind="annual")
    letters = at.pick("transfers", lambda row: row["letter_valid_until"] is not None)
    at.update("transfers", letters, letter_valid_until=day, member_id=member)
    at.update("warnings", at.pick("warnings"), rectify_due_on=day - timedelta(days=70), rectified_at=None)
    at.update("learning_records", at.pick("learning_records"), completed_at=noon)
    at.update("volunteer_records", at.pick("volunteer_records"), service_on=day, recorded_at=noon)
    at.update("appraisal_results", at.pick("appraisal_results"), grade="unqualified")


MEMBER_EDITS: tuple[Callable[[Any], None], ...] = (record, correct_record)
