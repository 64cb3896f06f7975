"""The words in which districts differ: 区 or 市, 镇街 or 区镇, 主题党日 or 统一活动日."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Words(BaseModel):
    """Words of one district; the defaults are those of a 区."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Literal["区", "县", "市", "旗"] = "区"
    towns: str = Field(
        default="镇街", max_length=3, description="what its second-level divisions are called together"
    )
    activity_day: str = Field(
        default="主题党日", max_length=5, description="the fixed activity day of every month"
    )

    @property
    def whole(self) -> str:
        """全区."""
        return f"全{self.level}"

    @property
    def average(self) -> str:
        """区均."""
        return f"{self.level}均"

    @property
    def direct(self) -> str:
        """区直: units that belong to no town."""
        return f"{self.level}直"
