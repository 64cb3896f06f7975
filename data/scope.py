"""What one reader may see: the exposure mode, the subtree and the focus, part of every query and cache key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Mode = Literal["wall_reception", "wall_internal", "drill_down", "kiosk"]


@dataclass(frozen=True)
class Scope:
    """Scope of one screen; ``focus_town`` is the town the wall dwells on, None for the whole district; ``focus_org`` an
    organisation of it that a director has named."""

    mode: Mode
    focus_town: int | None = None
    focus_org: int | None = None

    @property
    def names_lights(self) -> bool:
        """Whether organisations may be shown by name together with a red or yellow light or a bottom rank."""
        return self.mode in ("wall_internal", "drill_down")

    def with_focus(self, town_id: int | None, org_id: int | None = None) -> Scope:
        """The same reader looking at another town; visitors are never shown a single organisation by this."""
        return replace(self, focus_town=town_id, focus_org=org_id if self.names_lights else None)
