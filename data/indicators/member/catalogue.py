"""Which formula every member indicator of 海曙 has, and what it is read from."""

from __future__ import annotations

from typing import NamedTuple

from data.indicators.member import counted as c
from data.indicators.member import duty, party_life
from data.indicators.member.counted import MemberFormula


class Entry(NamedTuple):
    """The formula with the facts it reads."""

    formula: MemberFormula
    reads: tuple[str, ...]


def _counted(*facts: str) -> Entry:
    return Entry(c.counted(*facts), facts)


MEMBER_FORMULAS: dict[str, Entry] = {
    "hs_m_member_assembly": _counted("assembly_signins"),
    "hs_m_committee_meeting": Entry(c.committee_meetings, ("committee_signins", "on_committee")),
    "hs_m_group_meeting": Entry(
        c.counted_unless_never_due("group_signins", "group_due"), ("group_signins", "group_due")
    ),
    "hs_m_party_lecture": _counted("lecture_signins"),
    "hs_m_theme_party_day": Entry(party_life.theme_day, ("theme_signed", "theme_due")),
    "hs_m_dues": Entry(party_life.dues, ("dues_owed", "dues_settled")),
    "hs_m_life_meeting": Entry(party_life.life_meeting, ("life_meeting_signins", "life_meeting_due")),
    "hs_m_appraisal": Entry(party_life.appraisal, ("grade", "grade_given")),
    "hs_m_life_gap": Entry(party_life.life_gap, ("life_due", "life_signins", "category")),
    "hs_m_study_hours": Entry(party_life.study_hours, ("class_hours", "online_hours", "on_committee")),
    "hs_m_theory_study": _counted("study_signins"),
    "hs_m_heart_talk": Entry(party_life.heart_talk, ("talks",)),
    "hs_m_lecture_given": _counted("lectures_given", "lectures_held"),
    "hs_m_demo_post": _counted("demo_posts"),
    "hs_m_pledge": _counted("pledges"),
    "hs_m_annual_summary": Entry(
        duty.annual_summary, ("summary_in_time", "summaries_this_year", "summaries_last_year")
    ),
    "hs_m_exam": _counted("quizzes_passed"),
    "hs_m_task": Entry(duty.task, ("tasks_due", "tasks_done", "tasks_refused")),
    "hs_m_mentoring": Entry(c.quarters("mentoring"), ("mentoring",)),
    "hs_m_relation": Entry(duty.relation, ("letter_days",)),
    "hs_m_discipline": Entry(
        duty.discipline, ("dispositions_light", "dispositions_heavy", "dispositions_decided")
    ),
    "hs_m_moral_honor": Entry(
        c.by_level(("moral_low", "low"), ("moral_district", "district"), ("moral_high", "high")),
        ("moral_low", "moral_district", "moral_high"),
    ),
    "hs_m_civilized_family": _counted("civilized_families"),
    "hs_m_complaint": Entry(duty.complaint, ("complaints",)),
    "hs_m_peer_review": Entry(duty.peer_review, ("peer_satisfaction", "peer_given")),
    "hs_m_rectification": Entry(
        duty.rectification, ("warnings_overdue", "warnings_overdue_60", "warnings_missed")
    ),
    "hs_m_volunteer_hours": Entry(c.volunteer_hours, ("service_hours_capped",)),
    "hs_m_need_claimed": _counted("needs_claimed"),
    "hs_m_community_checkin": Entry(duty.community, ("community_services", "in_community", "in_service")),
    "hs_m_household_link": Entry(c.quarters("household_links"), ("household_links",)),
    "hs_m_suggestion": _counted("suggestions_adopted"),
    "hs_m_honor": Entry(
        c.by_level(("honors_low", "low"), ("honors_district", "district"), ("honors_high", "high")),
        ("honors_low", "honors_district", "honors_high"),
    ),
    "hs_m_emergency_task": _counted("emergency_tasks"),
}
