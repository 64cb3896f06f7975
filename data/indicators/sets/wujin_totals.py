"""武进, what the 17 items add up to: four aspects, the total of 600 and the final score of the year before."""

from __future__ import annotations

from data.indicators.entry import Indicator
from data.indicators.wujin_totals import aspect, last_year, total

# Sums of the items: they weigh nothing of their own.
INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="wj_b_aspect_setup",
        name="组织设置",
        english="Organization set-up",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "Points attainable in the year to date over the items of this aspect; the score is the percentage "
            "attained, and the values of its items add up to the points attained."
        ),
        source="aspects article 武进; attainable points proposal",
        compute=aspect,
    ),
    Indicator(
        id="wj_b_aspect_members",
        name="党员管理",
        english="Member management",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "Points attainable in the year to date over the items of this aspect; the score is the percentage "
            "attained, and the values of its items add up to the points attained."
        ),
        source="aspects article 武进; attainable points proposal",
        compute=aspect,
    ),
    Indicator(
        id="wj_b_aspect_activities",
        name="活动开展",
        english="Activities",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "Points attainable in the year to date over the items of this aspect; the score is the percentage "
            "attained, and the values of its items add up to the points attained."
        ),
        source="aspects article 武进; attainable points proposal",
        compute=aspect,
    ),
    Indicator(
        id="wj_b_aspect_guarantee",
        name="保障措施",
        english="Guarantee",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "Points attainable in the year to date over the items of this aspect; the score is the percentage "
            "attained, and the values of its items add up to the points attained."
        ),
        source="aspects article 武进; attainable points proposal",
        compute=aspect,
    ),
    Indicator(
        id="wj_b_total",
        name="支部得分",
        english="Branch score",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "600 × points attained ÷ points attainable of the year to date, over the items that are neither na "
            "nor nodata."
        ),
        yellow="< 480",
        red="< 360",
        source="full scale article 武进; lines proposal",
        compute=total,
    ),
    Indicator(
        id="wj_b_last_year",
        name="上年度支部得分",
        english="Branch score of last year",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "wj_b_total of the year before with the life meeting and the appraisal held until the end of "
            "February booked to it; na before February closes and for years the data do not cover."
        ),
        source="proposal",
        compute=last_year,
    ),
)
