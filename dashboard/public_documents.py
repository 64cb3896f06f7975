"""Public documents as an operator calls them."""

from __future__ import annotations

from dashboard.panels import BY_SLUG

_KIOSK = {
    "numbers": "全区概况",
    "party-map": "党建地图",
    "places": "公开阵地和党组织名录",
    "structure": "组织架构",
    "activities": "活动时间轴",
    "service": "志愿服务",
    "resources": "学习资源",
    "joining": "入党流程",
}


def document_words(name: str) -> str:
    """What visitors see of a document, e.g. "kiosk/service" is 展陈“志愿服务”; one nobody knows keeps its name."""
    screen, _, rest = name.partition("/")
    slug, _, town = rest.partition("/")
    if screen == "kiosk" and slug in _KIOSK:
        return f"展陈“{_KIOSK[slug]}”"
    if screen == "reception" and slug in BY_SLUG:
        return f"接待屏“{BY_SLUG[slug].title}”" + ("（镇街）" if town else "")
    return name
