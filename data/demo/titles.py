"""Titles of activities and posts, chosen by type and month."""

from __future__ import annotations

from random import Random

import numpy as np
import pyarrow as pa

from data.contract import ACTIVITY_TYPES
from data.demo.bulk import coded
from data.demo.timeline import Array

_THEMES = (
    "不忘初心 牢记使命",
    "学党史 守初心",
    "助力基层治理",
    "垃圾分类我先行",
    "河湖清洁党员行动",
    "乡村振兴在行动",
    "平安巡防进网格",
    "重温入党誓词",
    "红色基地现场学习",
    "服务企业面对面",
    "移风易俗树新风",
    "文明城市共创建",
)
_BY_TYPE = {
    "theme_party_day": tuple(f"主题党日：{t}" for t in _THEMES),
    "party_lecture": (
        "党课：坚定理想信念",
        "党课：党章学习",
        "党课：廉洁自律",
        "党课：书记讲党史",
        "党课：新时代党员作用",
        "党课：优良家风",
        "党课：基层治理中的党员",
    ),
    "member_assembly": (
        "支部党员大会：季度工作",
        "支部党员大会：讨论发展党员",
        "支部党员大会：专题学习",
        "支部党员大会：通报党费收支",
        "支部党员大会：审议工作计划",
    ),
    "organization_life_meeting": ("组织生活会：对照检查", "组织生活会：批评与自我批评"),
    "democratic_appraisal": ("民主评议党员：测评与组织评定",),
    "heart_talk": ("谈心谈话：了解思想和困难", "谈心谈话：新党员座谈"),
    "political_birthday": ("政治生日：重温入党誓词", "政治生日：重读入党志愿书"),
    "condolence": ("走访慰问：老党员", "走访慰问：困难党员"),
    "debrief": ("述职评议：书记抓党建工作",),
    "committee_meeting": (
        "支委会：研究本月工作",
        "支委会：党员教育管理",
        "支委会：预警整改",
        "支委会：发展党员工作",
    ),
    "group_meeting": (
        "党小组会：学习交流",
        "党小组会：谈心谈话",
        "党小组会：志愿服务安排",
        "党小组会：讨论积极分子",
    ),
    "theory_study": ("理论学习：专题研讨", "理论学习：原著选读", "理论学习：视频辅导"),
    "fixed_study_day": (
        "固定学习日：党章党规",
        "固定学习日：重要讲话",
        "固定学习日：党史故事",
        "固定学习日：交流研讨",
    ),
    "training": ("集中培训：支部班子能力提升", "集中培训：党务工作实务"),
    "visit_base": ("现场教学：革命纪念馆", "现场教学：廉政教育基地", "现场教学：乡村振兴实景课堂"),
    "open_day": ("党务公开日：季度工作公开", "开放日：走进党群服务中心"),
    "deliberation": (
        "民主议事：公共空间改造",
        "民主议事：停车治理",
        "民主议事：年度预算",
        "民主议事：村规民约",
    ),
    "volunteer_service": ("志愿服务：环境整治", "志愿服务：敬老助老", "志愿服务：交通文明劝导"),
}


def some_title(rng: Random, activity_type: str) -> str:
    """One title of an activity that is planned now; types of a year have none here."""
    return rng.choice(_BY_TYPE[activity_type])


def titles(rng: np.random.Generator, kind: Array, month: str) -> pa.Array:
    """One title per activity; the yearly types carry their year."""
    texts: list[str] = []
    first, count = [], []
    for row in ACTIVITY_TYPES:
        own = _BY_TYPE.get(row.code, (f"{row.name_zh.split('(')[0]}（{month[:4]}年）",))
        first.append(len(texts))
        count.append(len(own))
        texts.extend(own)
    n = np.array(first)[kind] + (rng.random(len(kind)) * np.array(count)[kind]).astype(int)
    return coded(n, texts)
