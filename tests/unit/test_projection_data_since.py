"""The first month of the read model: that of the first activity, but none before the profile's data start."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.naive.projected import new_source, new_store, profile_district, projector, read_table
from tests.tallied import FIVE, NOW, tree


def held(activity_id: int, month: str) -> dict[str, Any]:
    at = datetime.fromisoformat(f"{month}-10T14:00:00")
    return {
        "activity_id": activity_id, "org_id": FIVE, "activity_type": "theme_party_day", "title": "主题",
        "status": "held", "started_at": at, "ended_at": at, "period_month": month, "recorded_at": at,
        "updated_at": at, "is_online": False, "is_deliberation": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data_since", "first"),
    [("", "2026-05"), ("2026-01", "2026-05"), ("2026-08", "2026-08"), ("2099-01", f"{NOW:%Y-%m}")],
)
def test_months_before_the_data_start_are_not_projected(data_since: str, first: str) -> None:
    source, store = (
        new_source({**tree(), "activities": [held(1, "2026-05"), held(2, "2026-09")]}),
        new_store(),
    )
    projector(source, store, lambda: NOW, profile_district(data_since=data_since)).run()
    assert min(key[0] for key in read_table(store, "months")) == first
