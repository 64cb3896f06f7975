"""What every page of the kiosk is laid out from."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.kiosk.content import Content
from dashboard.kiosk.documents import Documents
from dashboard.kiosk.figures.town_map import TownMap
from dashboard.profile import DistrictProfile


@dataclass(frozen=True)
class Kiosk:
    """One state of the kiosk; ``town_map`` is None without the document it is drawn from."""

    documents: Documents
    content: Content
    profile: DistrictProfile
    town_map: TownMap | None

    @property
    def district(self) -> str:
        """The short name: 海曙 for 海曙区."""
        return self.profile.name.removesuffix(self.profile.words.level)

    def spoken(self, text: str) -> str:
        """Words of the program in those of the district."""
        words = self.profile.words
        return text.format(towns=words.towns, whole=words.whole, activity_day=words.activity_day)
