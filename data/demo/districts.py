"""The synthetic districts by profile slug."""

from __future__ import annotations

from data.demo.haishu import haishu_spec
from data.demo.huiji import huiji_spec
from data.demo.jiangning import jiangning_spec
from data.demo.kunshan import kunshan_spec
from data.demo.spec import DistrictSpec
from data.demo.wujin import wujin_spec
from data.errors import SettingError

SPECS = {
    "haishu": haishu_spec,
    "wujin": wujin_spec,
    "jiangning": jiangning_spec,
    "huiji": huiji_spec,
    "kunshan": kunshan_spec,
}


def district_spec(slug: str) -> DistrictSpec:
    """The specification of a district's demo data. Raises SettingError for one that has none."""
    if slug not in SPECS:
        raise SettingError("DISTRICT", slug, f"no demo data; known: {', '.join(sorted(SPECS))}")
    return SPECS[slug]()
