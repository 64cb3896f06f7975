"""武进 as a specification: 17 towns and subdistricts, 3 zones, the published totals.

Names of towns and zones are real. Neither official list gives 17 + 3, the number of the article: the three zones
that carry the name of one are counted as such, 西太湖生态休闲区 as one of the 17. Names of villages, communities
and units are invented.
"""

from __future__ import annotations

from dataclasses import replace

from data.demo.direct_units import committee, usual_units, working_committees
from data.demo.spec import DistrictSpec, Hall, TownSpec
from data.demo.town_specs import known_towns, with_invented_places

CODE = "320412"
_VILLAGES = ("柏桑杨梅蒋沈陆钱顾章谈史庄毛殷", "塘桥墅巷墩舍圩渎浜荡家湾岸")
_COMMUNITIES = ("新延长湖花丰河清广聚", "苑兴宁安阳景庭泰锦荷")

# (villages, communities) by town, invented in number like in name.
PLACES = {
    "戚墅堰街道": (0, 9),
    "丁堰街道": (2, 6),
    "潞城街道": (6, 4),
    "湖塘镇": (14, 22),
    "牛塘镇": (12, 4),
    "洛阳镇": (14, 3),
    "遥观镇": (13, 4),
    "横林镇": (12, 4),
    "横山桥镇": (14, 3),
    "雪堰镇": (18, 3),
    "前黄镇": (15, 3),
    "礼嘉镇": (12, 2),
    "嘉泽镇": (13, 2),
    "湟里镇": (14, 3),
    "南夏墅街道": (8, 3),
    "西湖街道": (5, 3),
    "西太湖生态休闲区": (2, 2),
    "武进经济开发区": (0, 2),
    "高新区": (0, 3),
    "太湖旅游度假区": (2, 1),
}
# Two zones share their recorded point with a subdistrict: their mark stands beside it, by eye, not surveyed.
_ZONE_MARKS = {"武进经济开发区": (119.868, 31.678), "高新区": (119.962, 31.664)}
_WEIGHTS = {
    "湖塘镇": 1.9,
    "武进经济开发区": 1.4,
    "高新区": 1.8,
    "太湖旅游度假区": 0.4,
    "西太湖生态休闲区": 0.5,
}


def wujin_towns() -> tuple[TownSpec, ...]:
    """The 17 in official order, then the 3 zones."""
    towns = [_placed(town) for town in known_towns(CODE)]
    ordered = [t for t in towns if t.kind != "dev_zone"] + [t for t in towns if t.kind == "dev_zone"]
    return with_invented_places(tuple(ordered), PLACES, _VILLAGES, _COMMUNITIES)


def _placed(town: TownSpec) -> TownSpec:
    lng, lat = _ZONE_MARKS.get(town.name, (town.lng, town.lat))
    kind = "subdistrict" if town.name == "西太湖生态休闲区" else town.kind
    return replace(town, kind=kind, lng=lng, lat=lat, weight=_WEIGHTS.get(town.name, 1.0))


def wujin_spec() -> DistrictSpec:
    """The published 武进: 2,700 and more branches, 70,000 and more members; 2,716 and 70,318 are ours."""
    return DistrictSpec(
        code=CODE,
        name="武进区",
        towns=wujin_towns(),
        direct_units=(
            *working_committees("区", organs=6.0, two_new=6.0),
            *usual_units("区", without=("供销",)),
            committee("花木产业综合", "花木产业党委", "social_org", 1.2),
            committee("楼宇商圈综合", "楼宇商圈党委", "park_building", 2.0),
            committee("物业行业综合", "物业行业党委", "social_org", 1.2),
            committee("社会组织综合", "社会组织党委", "social_org", 2.0),
            committee("离退休干部", "离退休干部党委", "other", 2.0),
        ),
        committees=142,
        general_branches=286,
        branches=2716,
        groups=None,
        members=70318,
        scores_200_and_600=True,
        sector_shares={"village": 0.24, "community": 0.14, "direct": 0.24},
        systems=(
            ("core", "“武进党建云”平台"),
            ("public_account", "微信客户端"),
            ("volunteer_app", "志愿服务平台"),
            ("mobile_school", "在线学习平台"),
            ("city_platform", "党费在线记账系统"),
        ),
        seat="湖塘镇",
        reorganised=6,
        halls=(Hall("武进党建云服务中心", 860.0),),
    )
