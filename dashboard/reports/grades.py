"""Words of a light and of a score: grade, shape, comparison with the average."""

from __future__ import annotations

from data.readmodel.light import Light

HEALTHY_SCORE, POOR_SCORE = 85, 60
HEALTHY, AILING, TREATED = "健康", "亚健康", "需诊治"
LIGHT_WORDS = {
    Light.NA: "不适用",
    Light.NODATA: "无数据",
    Light.GREEN: "正常",
    Light.YELLOW: "黄灯",
    Light.RED: "红灯",
}
# Colour is never the only sign (indicators.md §5.3).
LIGHT_SHAPES = {
    Light.NA: "ring",
    Light.NODATA: "ring",
    Light.GREEN: "circle",
    Light.YELLOW: "triangle",
    Light.RED: "octagon",
}


def grade(score: float | None, light: Light, healthy: float = HEALTHY_SCORE) -> str | None:
    """健康 from ``healthy`` with a green light, 需诊治 below 60 or with a red one, 亚健康 between (half-open, on the
    unrounded score); None without a score."""
    if score is None:
        return None
    if score < POOR_SCORE or light == Light.RED:
        return TREATED
    return HEALTHY if score >= healthy and light != Light.YELLOW else AILING


def compared(value: float, average: float, step: float) -> str:
    """高于, 低于 or 等于: the sign of the difference as it is shown, rounded to ``step``."""
    difference = round((value - average) / step)
    return "高于" if difference > 0 else "低于" if difference < 0 else "等于"
