"""Where transfers come from and go to, in words, as far as it is no town of the district."""

from __future__ import annotations

from dashboard.provinces import PROVINCES
from dashboard.words import Words
from data.queries.transfer_flow import DIRECT, OTHER_REGIONS, OTHER_TOWNS, SAME_CITY, SAME_PROVINCE


def flow_place(words: Words, place: str) -> str:
    """The words of a place that is no town; 其他 for one nobody knows."""
    named = {
        DIRECT: f"{words.direct}单位",
        OTHER_TOWNS: f"其他{words.towns}",
        OTHER_REGIONS: "其他省市",
        # Of a county-level city the city above is meant.
        SAME_CITY: "大市其他" if words.level == "市" else "市内其他",
        SAME_PROVINCE: "省内其他",
        **PROVINCES,
    }
    return named.get(place, "其他")
