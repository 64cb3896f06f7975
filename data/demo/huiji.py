"""惠济 as a specification: six subdistricts, two towns, 51 organs as pilot, the published totals.

Names of subdistricts and towns are real; names of villages, communities and units are invented.
"""

from __future__ import annotations

from dataclasses import replace

from data.demo.direct_units import committee, usual_units, working_committees
from data.demo.figures import PublishedFigures
from data.demo.spec import DistrictSpec, Hall, TownSpec
from data.demo.town_specs import known_towns, with_invented_places

CODE = "410108"
PILOT_ORGANS = 51
_VILLAGES = ("杨马岳孙张固师薛毛石贾", "庄寨桥岗屯营坡堤湾")
_COMMUNITIES = ("天开江清宏英绿金丰", "源元河华才康城湖苑")

# (villages, communities) by town, invented in number like in name.
PLACES = {
    "新城街道": (3, 5),
    "刘寨街道": (2, 7),
    "江山路街道": (4, 3),
    "长兴路街道": (2, 6),
    "迎宾路街道": (4, 4),
    "大河路街道": (9, 2),
    "花园口镇": (9, 1),
    "古荥镇": (14, 2),
}

# 2,600 posts, 57,000 views, 27,000 comments and more; 5,672 likes exactly; 11,200 registered users and more.
FIGURES = PublishedFigures(
    registered_users=11_236,
    posts=2_648,
    views=57_316,
    comments=27_184,
    likes=5_672,
)
_TOWN_SECTORS = {
    "private_enterprise": 0.44,
    "social_org": 0.14,
    "park_building": 0.12,
    "school": 0.12,
    "institution": 0.12,
    "soe": 0.06,
}
# 38 members per branch leave little room below 50: branches differ less by sector than elsewhere.
_BRANCH_SIZES = {
    "village": 25.0,
    "community": 25.0,
    "government": 25.0,
    "institution": 21.0,
    "school": 23.0,
    "hospital": 23.0,
    "soe": 21.0,
    "private_enterprise": 18.0,
    "social_org": 16.0,
    "park_building": 18.0,
    "other": 24.0,
}
_SYSTEMS = (
    ("core", "“党建云”平台"),
    ("public_account", "“党建云”手机客户端"),
    ("volunteer_app", "志愿服务平台"),
    ("mobile_school", "“党建云”学习模块"),
    ("city_platform", "市级党建平台"),
)


def huiji_towns() -> tuple[TownSpec, ...]:
    """All eight in official order."""
    return with_invented_places(known_towns(CODE), PLACES, _VILLAGES, _COMMUNITIES)


def huiji_spec() -> DistrictSpec:
    """The published 惠济: 298 branches, 51 of them district organs; 11,468 members and the rest are ours.

    No other branch is an organ, so that the pilot of the article is what the sector 机关 filters.
    """
    organs, two_new = working_committees("区", organs=1.0, two_new=3.0)
    bureaus = usual_units(
        "区", without=("公安", "执法", "市监", "税务", "法院", "检察", "人社", "供销", "公用")
    )
    return DistrictSpec(
        code=CODE,
        name="惠济区",
        towns=huiji_towns(),
        direct_units=(
            replace(organs, branches=PILOT_ORGANS),
            two_new,
            *bureaus,
            committee("楼宇商圈综合", "楼宇商圈党委", "park_building", 2.0),
            committee("离退休干部", "离退休干部党委", "other", 1.5),
        ),
        committees=26,
        general_branches=34,
        branches=298,
        groups=620,
        members=11468,
        sector_shares={"village": 0.24, "community": 0.16, "direct": 0.20},
        figures=FIGURES,
        town_sectors=_TOWN_SECTORS,
        branch_sizes=_BRANCH_SIZES,
        systems=_SYSTEMS,
        seat="新城街道",
        reorganised=1,
        halls=(Hall("惠济“党建云”管理中心", 420.0),),
    )
