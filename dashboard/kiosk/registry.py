"""The pages of the kiosk in the order of their tiles, and the address of each."""

from __future__ import annotations

from dataclasses import dataclass

BASE = "/kiosk/"
HOME = "welcome"


@dataclass(frozen=True)
class Page:
    """One page: its number in the catalogue of panels, its name and what it asks the visitor to do."""

    slug: str
    panel: str
    name: str
    hint: str

    @property
    def address(self) -> str:
        """Where a browser finds the kiosk opened at this page."""
        return BASE if self.slug == HOME else f"{BASE}{self.slug}"


PAGES = (
    Page("welcome", "K-01", "欢迎参观", "轻触场馆，看看里面有什么"),
    Page("party-map", "K-02", "党建地图", "轻触{towns}查看"),
    Page("numbers", "K-03", "{whole}概况", "队伍有多大、什么样"),
    Page("structure", "K-04", "组织架构", "轻触色块，看它的下级"),
    Page("activities", "K-05", "活动时间轴", "轻触月份，看开展了什么"),
    Page("service", "K-06", "志愿服务", "想参加？请到就近的党群服务中心登记"),
    Page("resources", "K-07", "学习资源", "面向社会开放的课程与基地"),
    Page("joining", "K-08", "入党流程", "轻触阶段和步骤，看怎么做"),
    Page("institutions", "K-09", "制度解读", "轻触卡片，看一项制度"),
    Page("milestones", "K-10", "建设历程", "一路走来"),
    Page("contact", "K-11", "反映诉求", "三种方式找到党组织"),
)
BY_SLUG = {page.slug: page for page in PAGES}
TILES = tuple(page for page in PAGES if page.slug != HOME)
