"""Measures of members as counts per branch: lights, silence, scores of the year to date, what members took part in.

All are states at the end of the month over the branch's members of that day; nobody can be told from them.
"""

from __future__ import annotations

from data.readmodel.measures.kinds import Measure, of

# Lower edges of the bands of a score, up to the next edge, the last one open: 80 and 160 of 200 are the limits of
# talks and of models, 40 and 60 of 100 those of the lights.
SCORE_BANDS = {
    "wj_score": (0, 80, 100, 120, 140, 160, 170, 180),
    "ks_score": (0, 40, 50, 60, 70, 80, 90, 95),
}


def band_measure(name: str, low: int) -> str:
    """The measure that counts the members of one band."""
    return f"{name}_from_{low}"


def _bands(name: str, edges: tuple[int, ...]) -> list[tuple[str, str, str]]:
    full = 200 if name == "wj_score" else 100
    return [
        (
            band_measure(name, low),
            f"{full}分制{low}分以上至{high}分以下党员" if high else f"{full}分制{low}分以上党员",
            "名",
        )
        for low, high in zip(edges, (*edges[1:], None), strict=True)
    ]


MEASURES: tuple[Measure, ...] = (
    *of(
        "member_lights",
        "state",
        ("red_members", "红灯党员", "名"),
        ("yellow_members", "黄灯党员", "名"),
        # hs_m_dues u >= 3, hs_m_life_gap >= 3, hs_m_task red; `three_no` counts each member once.
        ("long_unpaid", "连续3个月未缴党费党员", "名"),
        ("long_absent", "连续3个月未参加组织生活党员", "名"),
        ("task_red", "不做党所分配工作党员", "名"),
        ("three_no", "三不党员", "名"),
        # jn_w01, jn_w09, jn_w10, jn_w11: yellow and red of each.
        ("unpaid_3_to_6", "连续3至6个月未缴党费党员", "名"),
        ("unpaid_over_6", "超过6个月未缴党费党员", "名"),
        ("silent_members", "3至6个月无记录党员", "名"),
        ("lost_members", "失联党员", "名"),
        ("floating_missed_1", "一个季度未联系流动党员", "名"),
        ("floating_missed_2", "连续两个季度未联系流动党员", "名"),
        ("pocket_soon", "介绍信临期党员", "名"),
        ("pocket_overdue", "口袋党员", "名"),
        # jn_g_*: numerators over scored_members; service over service_scored.
        ("solid_politics", "政治过硬党员", "名"),
        ("solid_study", "学习过硬党员", "名"),
        ("solid_discipline", "纪律过硬党员", "名"),
        ("solid_duty", "履职过硬党员", "名"),
        ("solid_service", "服务过硬党员", "名"),
        ("service_scored", "应参加志愿服务计分党员", "名"),
        ("solid_style", "作风过硬党员", "名"),
        ("graded_excellent", "评议优秀党员", "名"),
        ("graded_qualified", "评议合格党员", "名"),
        ("graded_basic", "评议基本合格党员", "名"),
        ("graded_unqualified", "评议不合格党员", "名"),
    ),
    *of(
        "member_lights",
        "state",
        ("wj_member_score_sum", "党员200分制得分合计", "分"),
        ("wj_member_scored", "200分制计分党员", "名"),
        ("wj_members_160", "160分以上党员", "名"),
        ("wj_members_below_80", "80分以下党员", "名"),
        ("ks_points_sum", "党员积分合计", "分"),
        ("ks_points_scored", "积分党员", "名"),
        ("ks_points_below_60", "积分60分以下党员", "名"),
        ("ks_points_below_40", "积分40分以下党员", "名"),
        *(row for name, edges in SCORE_BANDS.items() for row in _bands(name, edges)),
    ),
    # Category normal_active; the quarter and the year are those of the month, up to its end.
    *of(
        "member_lights",
        "state",
        ("normal_members", "正常参加活动党员", "名"),
        ("studied_in_quarter", "本季参加学习党员", "名"),
        ("served_in_quarter", "本季参加志愿服务党员", "名"),
        ("served_in_month", "本月参加志愿服务党员", "名"),
        ("talked_in_year", "本年谈心谈话党员", "名"),
        ("in_service_members", "在职党员", "名"),
        ("in_community_in_quarter", "本季进社区在职党员", "名"),
        ("under_45", "45岁以下党员", "名"),
        ("under_45_registered", "45岁以下注册党员", "名"),
        ("registered_members", "手机党校注册党员", "名"),
    ),
    # The ledger of the district's scheme, year to date, over scored members; classes A-D and bands of §5.4.
    *of(
        "points",
        "state",
        ("index_life", "党内生活积分", "分"),
        ("index_post", "岗位履职积分", "分"),
        ("index_conduct", "道德品行积分", "分"),
        ("index_contribution", "作用贡献积分", "分"),
        ("index_below_10", "10分以下党员", "名"),
        ("index_from_10", "10至20分党员", "名"),
        ("index_from_20", "20至30分党员", "名"),
        ("index_from_30", "30至50分党员", "名"),
        ("index_from_50", "50至75分党员", "名"),
        ("index_from_75", "75至100分党员", "名"),
        ("index_from_100", "100至150分党员", "名"),
        ("index_from_150", "150分以上党员", "名"),
    ),
)
