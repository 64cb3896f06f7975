"""The totals an article publishes about its district; a generated district contains exactly these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishedFigures:
    """Totals of one district; None leaves the number to the generator, in proportion to the district's size.

    Cumulative totals count rows of the whole window, whatever its length in months. ``life_meeting_branches``
    and ``appraised_members`` belong to the last appraisal year whose end of February has passed;
    ``orgs_reminded`` to the last calendar year that has ended. ``hours_per_registered`` is the mean of the running year
    per registered member under 45. ``records`` is the sum of the newest data_volume_snapshots.
    """

    lost_members: int | None = None
    lost_found: int | None = None
    transfers_completed: int | None = None
    transfers_overdue_solved: int | None = None
    life_meeting_branches: int | None = None
    appraised_members: int | None = None
    orgs_reminded: int | None = None
    members_reminded: int | None = None
    micro_positions: int | None = None
    rural_schools: int | None = None
    live_classrooms: int | None = None
    education_bases: int | None = None
    registered_users: int | None = None
    under45_registered: int | None = None
    hours_per_registered: float | None = None
    posts: int | None = None
    views: int | None = None
    comments: int | None = None
    likes: int | None = None
    exams_passed: int | None = None
    course_hours: int | None = None
    lecturers: int | None = None
    lectures: int | None = None
    videos: int | None = None
    records: int | None = None


NOTHING_PUBLISHED = PublishedFigures()
