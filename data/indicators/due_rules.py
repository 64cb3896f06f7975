"""The limits of a warning's life: by when it is acknowledged and rectified, and when it climbs (profile `due`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class DueRules(BaseModel):
    """Days from raising. ``minimum_days``: a warning stands at least so long, however short its light was on;
    ``weak_lax_months``: closings red in a row that make an organisation a candidate for weak_lax review."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    acknowledge_red: int = Field(default=3, ge=1, le=60)
    acknowledge_yellow: int = Field(default=7, ge=1, le=60)
    rectify_red: int = Field(default=15, ge=1, le=366)
    rectify_yellow: int = Field(default=30, ge=1, le=366)
    minimum_days: int = Field(default=3, ge=0, le=60)
    weak_lax_months: int = Field(default=3, ge=2, le=12)
