"""The 24 rows of ``activity_types``: what counts as organisation life, as study, and its place in 8 + x."""

from __future__ import annotations

from typing import NamedTuple


class ActivityType(NamedTuple):
    """One activity type; ``eight_x_no`` 1-8 are the fixed institutions, 9 is the x, None is not counted."""

    code: str
    name_zh: str
    is_life: bool
    is_study: bool
    eight_x_no: int | None


ACTIVITY_TYPES: tuple[ActivityType, ...] = (
    ActivityType("member_assembly", "支部党员大会", True, False, 1),
    ActivityType("committee_meeting", "支部委员会会议", False, False, 2),
    ActivityType("group_meeting", "党小组会", True, False, 3),
    ActivityType("party_lecture", "党课", True, True, 4),
    ActivityType("organization_life_meeting", "组织生活会", True, False, 5),
    ActivityType("theme_party_day", "主题党日(江苏称“统一活动日/党员活动日”)", True, False, 6),
    ActivityType("democratic_appraisal", "民主评议党员", True, False, 7),
    ActivityType("heart_talk", "谈心谈话(集中开展; 一对一记录在 heart_talks)", False, False, 8),
    ActivityType("fixed_study_day", "党员固定学习日", False, True, 9),
    ActivityType("theory_study", "理论学习(集体)", False, True, 9),
    ActivityType("deliberation", "民主协商议事会", False, False, 9),
    ActivityType("volunteer_service", "支部集体志愿服务", False, False, 9),
    ActivityType("political_birthday", "政治生日/重温入党誓词", False, False, 9),
    ActivityType("condolence", "走访慰问(集体)", False, False, 9),
    ActivityType("open_day", "党务公开日/开放日", False, False, 9),
    ActivityType("debrief", "书记述职评议", False, False, 9),
    ActivityType("democratic_life_meeting", "党员领导干部民主生活会(党委班子)", False, False, None),
    ActivityType("committee_plenary", "党委(总支)会议", False, False, None),
    ActivityType("election", "换届选举大会", False, False, None),
    ActivityType("training", "集中培训", False, True, None),
    ActivityType("development_meeting", "发展党员相关会议", False, False, None),
    ActivityType("ceremony", "入党宣誓", False, False, None),
    ActivityType("visit_base", "现场教学(教育基地)", False, True, 9),
    ActivityType("other", "其他", False, False, None),
)

LIFE_TYPES = tuple(row.code for row in ACTIVITY_TYPES if row.is_life)
STUDY_TYPES = tuple(row.code for row in ACTIVITY_TYPES if row.is_study)
