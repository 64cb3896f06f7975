"""江宁 as a specification: ten subdistricts and three parks, the published totals of early 2019.

Names of subdistricts and parks are real; names of villages, communities and units are invented. 青龙山林场 and
麒麟科技创新园 are not party bodies of the district and left out.
"""

from __future__ import annotations

from dataclasses import replace

from data.demo.direct_units import committee, usual_units, working_committees
from data.demo.figures import PublishedFigures
from data.demo.spec import DistrictSpec, Hall, TownSpec
from data.demo.town_specs import known_towns, with_invented_places

CODE = "320115"
_VILLAGES = ("龙山前后石牌殷官宋许孟徐尚祖", "岗冲村巷塘坝庄头洼墟甸埠")
_COMMUNITIES = ("天翠百家岔武文竹双章瑞胜金潭", "景园泉岭湖河亭屏桥庭苑")

# (villages, communities) by subdistrict or park, invented in number like in name.
PLACES = {
    "东山街道": (0, 24),
    "秣陵街道": (6, 18),
    "汤山街道": (8, 12),
    "淳化街道": (9, 11),
    "禄口街道": (9, 12),
    "江宁街道": (10, 9),
    "谷里街道": (7, 8),
    "湖熟街道": (10, 8),
    "横溪街道": (9, 9),
    "麒麟街道": (3, 8),
    "江宁开发区": (0, 3),
    "江宁滨江开发区": (0, 2),
    "江宁高新技术产业园": (0, 2),
}
_WEIGHTS = {
    "东山街道": 1.9,
    "秣陵街道": 1.5,
    "江宁开发区": 1.8,
    "江宁滨江开发区": 0.7,
    "江宁高新技术产业园": 0.9,
}

FIGURES = PublishedFigures(
    lost_members=350,
    lost_found=313,
    transfers_overdue_solved=56,
    life_meeting_branches=2095,
    appraised_members=58087,
    orgs_reminded=38,
    members_reminded=89,
    micro_positions=216,
    rural_schools=34,
    live_classrooms=46,
)


def jiangning_towns() -> tuple[TownSpec, ...]:
    """The subdistricts in official order, then the parks."""
    towns = tuple(replace(t, weight=_WEIGHTS.get(t.name, 1.0)) for t in known_towns(CODE) if t.name in PLACES)
    return with_invented_places(towns, PLACES, _VILLAGES, _COMMUNITIES)


def jiangning_spec() -> DistrictSpec:
    """The published 江宁: 2,585 基层组织, 62,498 党员 (150 + 307 + 2,128 is our split)."""
    return DistrictSpec(
        code=CODE,
        name="江宁区",
        towns=jiangning_towns(),
        direct_units=(
            *working_committees("区", organs=6.0, two_new=5.0),
            *usual_units("区"),
            committee("大学城综合", "大学城党委", "school", 2.5),
            committee("楼宇商圈综合", "楼宇商圈党委", "park_building", 2.5),
            committee("非公企业综合", "非公企业党委", "private_enterprise", 2.5),
            committee("社会组织综合", "社会组织党委", "social_org", 2.0),
            committee("离退休干部", "离退休干部党委", "other", 2.0),
        ),
        committees=150,
        general_branches=307,
        branches=2128,
        groups=2100,
        members=62498,
        sector_shares={"village": 0.16, "community": 0.25, "direct": 0.27},
        figures=FIGURES,
        systems=(
            ("core", "“党建e家”记实管理系统"),
            ("public_account", "“党建e家”手机APP"),
            ("volunteer_app", "“有困难找党员”志愿服务平台"),
            ("mobile_school", "党员自主学习平台"),
            ("city_platform", "市级党建平台"),
        ),
        seat="东山街道",
        reorganised=5,
        halls=(Hall("江宁党建e家大数据中心", 960.0),),
    )
