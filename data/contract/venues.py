"""Operational tables of group N: venues (阵地)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

venues = table(
    "venues",
    "阵地",
    column("venue_id", sa.BigInteger, "阵地ID", pk=True),
    column("name", sa.String(120), "名称"),
    column(
        "venue_kind",
        sa.String(20),
        "种类: 党群服务中心/活动室/两微阵地/教育基地/开放式组织生活基地/乡村振兴学堂/实景课堂/党代表工作室",
        enum="venue_kind",
    ),
    column("org_id", sa.BigInteger, "管理党组织", fk="organizations.org_id", null=True),
    column("division_id", sa.BigInteger, "所在村/社区", fk="divisions.division_id", null=True),
    column("lng", sa.Numeric(9, 6), "经度", null=True, unit="degree"),
    column("lat", sa.Numeric(9, 6), "纬度", null=True, unit="degree"),
    column("area_sqm", sa.Numeric(8, 1), "面积", null=True, unit="m²"),
    column("opened_on", sa.Date, "启用日期", null=True),
    column("is_public", sa.Boolean, "是否对外开放", default=False),
    grain="one row per venue or online position",
    volume="~900 rows, ~60/yr",
)

venue_inspections = table(
    "venue_inspections",
    "阵地检查",
    column("inspection_id", sa.BigInteger, "主键", pk=True),
    column("venue_id", sa.BigInteger, "阵地", fk="venues.venue_id"),
    column("inspected_on", sa.Date, "检查日期"),
    column("photo_count", sa.SmallInteger, "照片数", unit="files", default=0),
    column("facilities_ok", sa.Boolean, "设施齐全"),
    column("rules_ok", sa.Boolean, "制度齐全"),
    column("environment_ok", sa.Boolean, "环境良好"),
    column("usage_ok", sa.Boolean, "作用发挥到位"),
    column("rectify_due_on", sa.Date, "整改期限", null=True),
    column("rectified_on", sa.Date, "整改完成日期", null=True),
    grain="one row per photo inspection",
    volume="~3,000/yr",
)
