"""Invented names of units: believable in form, built from the ten heavenly stems so that none is a real firm."""

from __future__ import annotations

from collections.abc import Iterator

STEMS = "甲乙丙丁戊己庚辛壬癸"
SECOND = "禾川岭溪洲屿澜杉棠柏枫槿"

KINDS: dict[str, tuple[str, ...]] = {
    "private_enterprise": ("服饰", "机电", "模具", "电器", "包装", "物流", "软件", "建材", "食品", "纺织"),
    "social_org": ("社工中心", "商会", "养老院", "志愿协会", "文体协会", "律师所"),
    "park_building": ("大厦楼宇", "创业园", "商业街", "科创园", "产业园"),
    "soe": ("置业公司", "水务公司", "公交公司", "园林公司", "市政公司", "粮库"),
    "school": ("小学", "中学", "幼儿园", "实验学校", "职校"),
    "hospital": ("卫生院", "卫生中心", "医院", "门诊部"),
    "institution": ("管理所", "服务中心", "监测站", "推广站", "设计所"),
    "government": ("办公室", "执法队", "分局", "科室联合", "服务大厅"),
    "other": ("离退休", "退役军人", "老干部"),
}


def unit_names(sector: str, offset: int) -> Iterator[str]:
    """Endless names for a sector; ``offset`` shifts the start so that neighbours differ."""
    kinds = KINDS.get(sector, KINDS["other"])
    n = offset
    while True:
        stem = STEMS[n % 10] + SECOND[(n // 10 + n) % 12]
        yield f"{stem}{kinds[(n * 7 + n // 120) % len(kinds)]}"
        n += 1


class ShortNames:
    """Keeps wall names within ten characters and unique inside one town."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, str]] = set()

    def take(self, town: int, wanted: str) -> str:
        """The wanted name, shortened and numbered where it is taken."""
        name, n = wanted[:10], 1
        while (town, name) in self._taken:
            n += 1
            tail = str(n)
            name = wanted[: 10 - len(tail)] + tail
        self._taken.add((town, name))
        return name
