"""昆山 as a specification: a city of ten towns and two zones, 43 development steps, the published totals.

Names of towns and zones are real; names of villages, communities and units are invented.
"""

from __future__ import annotations

from dataclasses import replace

from data.demo.direct_units import committee, usual_units, working_committees
from data.demo.figures import PublishedFigures
from data.demo.spec import DistrictSpec, Hall, TownSpec
from data.demo.town_specs import known_towns, with_invented_places

CODE = "320583"
_VILLAGES = ("陆杨石姜马金支朱吴歇市永双明", "泾浜浦家港甸塘巷桥溇荡墩")
_COMMUNITIES = ("玉虹绿柏中华蝶富娄同朝新春", "园荣阳地苑丰湖江景亭庭")

# (villages, communities) by town, invented in number like in name.
PLACES = {
    "玉山镇": (8, 38),
    "巴城镇": (22, 8),
    "周市镇": (17, 14),
    "陆家镇": (6, 8),
    "花桥镇": (5, 11),
    "张浦镇": (20, 10),
    "千灯镇": (15, 8),
    "昆山开发区": (0, 26),
    "昆山旅游度假区": (0, 1),
    "淀山湖镇": (10, 3),
    "周庄镇": (10, 2),
    "锦溪镇": (18, 3),
}
_WEIGHTS = {"玉山镇": 2.2, "昆山开发区": 2.4, "花桥镇": 1.3, "昆山旅游度假区": 0.3, "周庄镇": 0.5}

# 3,198 transfers exactly; 2,200 candidates and new members, 20,000 members under 45 and more; 28 hours each.
FIGURES = PublishedFigures(
    transfers_completed=3_198,
    exams_passed=2_236,
    course_hours=150,
    under45_registered=20_480,
    hours_per_registered=28.0,
)
_TOWN_SECTORS = {
    "private_enterprise": 0.52,
    "social_org": 0.12,
    "park_building": 0.13,
    "school": 0.08,
    "institution": 0.06,
    "government": 0.05,
    "soe": 0.04,
}
_SYSTEMS = (
    ("core", "党建信息化管理系统"),
    ("public_account", "微信公众号"),
    ("volunteer_app", "志愿服务平台"),
    ("mobile_school", "手机党校"),
    ("city_platform", "电子考试平台"),
)


def kunshan_towns() -> tuple[TownSpec, ...]:
    """The towns in official order, then the two zones."""
    towns = [replace(t, weight=_WEIGHTS.get(t.name, 1.0)) for t in known_towns(CODE)]
    ordered = [t for t in towns if t.kind != "dev_zone"] + [t for t in towns if t.kind == "dev_zone"]
    return with_invented_places(tuple(ordered), PLACES, _VILLAGES, _COMMUNITIES)


def kunshan_spec() -> DistrictSpec:
    """The published 昆山: 4,300 and more organisations, 65,000 and more members; 4,336 and 65,480 are ours."""
    return DistrictSpec(
        code=CODE,
        name="昆山市",
        towns=kunshan_towns(),
        direct_units=(
            *working_committees("市", organs=7.0, two_new=6.0),
            *usual_units("市"),
            committee("台资企业综合", "台资企业党委", "private_enterprise", 3.0),
            committee("楼宇商圈综合", "楼宇商圈党委", "park_building", 2.5),
            committee("物业行业综合", "物业行业党委", "social_org", 1.2),
            committee("社会组织综合", "社会组织党委", "social_org", 2.5),
            committee("离退休干部", "离退休干部党委", "other", 2.0),
        ),
        committees=168,
        general_branches=378,
        branches=3790,
        groups=1500,
        members=65480,
        sector_shares={"village": 0.15, "community": 0.16, "direct": 0.24},
        figures=FIGURES,
        development_variant="43",
        town_sectors=_TOWN_SECTORS,
        systems=_SYSTEMS,
        seat="玉山镇",
        reorganised=8,
        halls=(Hall("昆山党建信息化管理中心", 780.0),),
    )
