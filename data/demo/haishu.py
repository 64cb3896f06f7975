"""海曙 as a specification: real town, village and community names, invented units, the published totals."""

from __future__ import annotations

from data.demo.figures import PublishedFigures
from data.demo.spec import DirectUnit, DistrictSpec, Hall
from data.demo.town_specs import known_towns

_COMMITTEE = "party_committee"

# The first two are 派出机关 and do not count as grassroots; with the towns they make the 45 second-level bodies.
DIRECT_UNITS = (
    DirectUnit("区直属机关工作委员会", "区直机关工委", "working_committee", "government", 6.0),
    DirectUnit("两新组织工作委员会", "两新工委", "working_committee", "private_enterprise", 5.0),
    DirectUnit("教育局委员会", "区教育党委", _COMMITTEE, "school", 8.0),
    DirectUnit("卫生健康局委员会", "区卫健党委", _COMMITTEE, "hospital", 5.0),
    DirectUnit("国有资产管理委员会", "区国资党委", _COMMITTEE, "soe", 3.0),
    DirectUnit("公安分局委员会", "区公安党委", _COMMITTEE, "government", 4.0),
    DirectUnit("住房和建设系统委员会", "区住建党委", _COMMITTEE, "institution", 2.0),
    DirectUnit("综合行政执法系统委员会", "区执法党委", _COMMITTEE, "government", 2.0),
    DirectUnit("民政系统委员会", "区民政党委", _COMMITTEE, "institution", 1.2),
    DirectUnit("交通运输系统委员会", "区交通党委", _COMMITTEE, "institution", 1.5),
    DirectUnit("农业农村系统委员会", "区农业党委", _COMMITTEE, "institution", 1.5),
    DirectUnit("水利系统委员会", "区水利党委", _COMMITTEE, "institution", 1.0),
    DirectUnit("文化旅游系统委员会", "区文旅党委", _COMMITTEE, "institution", 1.2),
    DirectUnit("市场监管系统委员会", "区市监党委", _COMMITTEE, "government", 2.0),
    DirectUnit("税务系统委员会", "区税务党委", _COMMITTEE, "government", 1.5),
    DirectUnit("法院系统委员会", "区法院党委", _COMMITTEE, "government", 1.2),
    DirectUnit("检察系统委员会", "区检察党委", _COMMITTEE, "government", 0.8),
    DirectUnit("人力社保系统委员会", "区人社党委", _COMMITTEE, "government", 1.2),
    DirectUnit("商务系统委员会", "区商务党委", _COMMITTEE, "soe", 1.2),
    DirectUnit("供销合作系统委员会", "区供销党委", _COMMITTEE, "soe", 1.0),
    DirectUnit("城建投资系统委员会", "区城投党委", _COMMITTEE, "soe", 2.0),
    DirectUnit("公共事业系统委员会", "区公用党委", _COMMITTEE, "soe", 1.5),
    DirectUnit("粮食储备系统委员会", "区粮储党委", _COMMITTEE, "soe", 0.6),
    DirectUnit("楼宇商圈综合委员会", "楼宇商圈党委", _COMMITTEE, "park_building", 3.0),
    DirectUnit("物业行业综合委员会", "物业行业党委", _COMMITTEE, "social_org", 1.2),
    DirectUnit("律师行业综合委员会", "律师行业党委", _COMMITTEE, "social_org", 1.0),
    DirectUnit("社会组织综合委员会", "社会组织党委", _COMMITTEE, "social_org", 2.0),
    DirectUnit("离退休干部工作委员会", "离退休干部党委", _COMMITTEE, "other", 2.0),
)
# 132 red lecturers, 88 lectures, 96 videos, 80 million records (autumn 2019); 29 education bases (December 2019).
FIGURES = PublishedFigures(
    lecturers=132,
    lectures=88,
    videos=96,
    education_bases=29,
    records=80_236_000,
)
SYSTEMS = (
    ("core", "“锋领e家”党建信息管理"),
    ("public_account", "“锋领汇”公众服务号"),
    ("volunteer_app", "“甬志愿”党员志愿服务"),
    ("mobile_school", "手机党校"),
    ("city_platform", "市级智慧党建平台"),
)
# The article gives the four halls and 1,200 m² and more for all of them; the split is ours.
HALLS = (
    Hall("海曙党情参观体验区", 420.0),
    Hall("党建大数据指挥控制中心", 260.0),
    Hall("支部讲堂", 220.0),
    Hall("初心馆", 316.0),
)


def haishu_spec() -> DistrictSpec:
    """The published 海曙: 2,654 基层党组织 and 47,411 党员 (118 + 236 + 2,300 is our split)."""
    return DistrictSpec(
        code="330203",
        name="海曙区",
        towns=known_towns("330203"),
        direct_units=DIRECT_UNITS,
        committees=118,
        general_branches=236,
        branches=2300,
        groups=1300,
        members=47411,
        raises_warnings=True,
        figures=FIGURES,
        systems=SYSTEMS,
        reorganised=6,
        halls=HALLS,
    )
