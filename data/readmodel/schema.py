"""Tables of the read model: one versioned, non-personal store that every screen reads.

``branch_*`` tables hold one row per branch and month, ``org_months`` one per organisation above the
branches (the district committee included) and month, ``town_months`` one per town and month,
``committee_months`` what such an organisation is judged by itself. A month is "YYYY-MM"; times are
Asia/Shanghai wall clock. No column here is personal; persons never reach it.
"""

from __future__ import annotations

import sqlalchemy as sa

from data.readmodel.measures import ADDITIVE, MEASURES
from data.readmodel.results import (
    AREA_COLUMNS,
    BRANCH_COLUMNS,
    BRANCH_INDICATORS,
    COMMITTEE_INDICATORS,
    COMMITTEE_MEASURES,
    INDICATOR_PARTS,
    indicator_column,
)

METADATA = sa.MetaData()

# Raised whenever a column changes its meaning; a store of another number is rebuilt, never half-read.
SCHEMA_VERSION = 3


def _floats(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Double, nullable=True) for name in names]


versions = sa.Table(
    "versions",
    METADATA,
    sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("published_at", sa.DateTime, nullable=False),
    sa.Column("as_of", sa.DateTime, nullable=True, comment="change time of the newest source row seen"),
    sa.Column(
        "checked_at", sa.DateTime, nullable=False, comment="when the source was last read without a change"
    ),
    sa.Column("open_month", sa.String(7), nullable=False),
    sa.Column("district", sa.String(40), nullable=False),
    sa.Column("schema_version", sa.Integer, nullable=False),
    sa.Column("profile_digest", sa.String(64), nullable=False),
    sa.Column("boot_id", sa.String(36), nullable=False),
    sa.Column("is_demo", sa.Boolean, nullable=False),
    sa.Column("changed_cells", sa.Integer, nullable=False),
    sa.Column("duration_ms", sa.Integer, nullable=False),
    sa.Column("statements", sa.Integer, nullable=False, comment="sent to the operational database"),
    sa.Column("rows_read", sa.BigInteger, nullable=False),
)

nodes = sa.Table(
    "nodes",
    METADATA,
    sa.Column("org_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("parent_org_id", sa.BigInteger, nullable=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("short_name", sa.String(40), nullable=False),
    sa.Column("org_code", sa.String(32), nullable=False),
    sa.Column("org_type", sa.String(24), nullable=False),
    sa.Column("sector", sa.String(24), nullable=False),
    sa.Column("town_id", sa.BigInteger, nullable=True),
    sa.Column("lng", sa.Double, nullable=True),
    sa.Column("lat", sa.Double, nullable=True),
    sa.Column("is_public", sa.Boolean, nullable=False),
    sa.Column("established_on", sa.Date, nullable=True),
    sa.Column("dissolved_on", sa.Date, nullable=True),
    sa.Column("depth", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False, comment="depth-first order"),
    sa.Column("subtree_end", sa.Integer, nullable=False, comment="subtree = position <= p < subtree_end"),
)

towns = sa.Table(
    "towns",
    METADATA,
    sa.Column("town_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("code", sa.String(12), nullable=False),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("lng", sa.Double, nullable=True),
    sa.Column("lat", sa.Double, nullable=True),
    sa.Column("villages", sa.Integer, nullable=False),
    sa.Column("communities", sa.Integer, nullable=False),
)

# Organisations in being at the end of each month: kind is "type:<org_type>" or "sector:<sector>".
org_counts = sa.Table(
    "org_counts",
    METADATA,
    sa.Column("period_month", sa.String(7), primary_key=True),
    sa.Column("kind", sa.String(40), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)

# Distributions of the long tail: one additive number per key. ``town_id`` 0 is the whole district, a month of ""
# the present. A key may join parts with "|".
tallies = sa.Table(
    "tallies",
    METADATA,
    sa.Column("tally", sa.String(40), primary_key=True),
    sa.Column("period_month", sa.String(7), primary_key=True),
    sa.Column("town_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("value", sa.Double, nullable=False),
)

# Short lists a screen shows as words: newest activities, public posts, open service needs. Never about persons.
listings = sa.Table(
    "listings",
    METADATA,
    sa.Column("listing", sa.String(40), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.DateTime, nullable=True),
    sa.Column("org_id", sa.BigInteger, nullable=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("title", sa.String(120), nullable=False),
    sa.Column("amount", sa.Double, nullable=True),
    sa.Column("is_public", sa.Boolean, nullable=False),
)

# Organisations and positions that may be shown to everybody, with what a visitor needs to find them.
public_places = sa.Table(
    "public_places",
    METADATA,
    sa.Column("source", sa.String(12), primary_key=True, comment="organisation or venue"),
    sa.Column("place_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(24), nullable=False, comment="org_type or venue_kind"),
    sa.Column("place_name", sa.String(120), nullable=False),
    sa.Column("town_id", sa.BigInteger, nullable=True),
    sa.Column("lng", sa.Double, nullable=True),
    sa.Column("lat", sa.Double, nullable=True),
    sa.Column("office_address", sa.String(200), nullable=True),
    sa.Column("public_phone", sa.String(20), nullable=True),
)

branch_months = sa.Table(
    "branch_months",
    METADATA,
    sa.Column("org_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("period_month", sa.String(7), primary_key=True),
    *_floats(*(measure.name for measure in MEASURES)),
)

branch_results = sa.Table(
    "branch_results",
    METADATA,
    sa.Column("org_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("period_month", sa.String(7), primary_key=True),
    *_floats(*BRANCH_COLUMNS),
    *_floats(*(indicator_column(i, part) for i in BRANCH_INDICATORS for part in INDICATOR_PARTS)),
)

org_months = sa.Table(
    "org_months",
    METADATA,
    sa.Column("org_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("period_month", sa.String(7), primary_key=True),
    *_floats(*ADDITIVE, *AREA_COLUMNS),
)

town_months = sa.Table(
    "town_months",
    METADATA,
    sa.Column("town_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("period_month", sa.String(7), primary_key=True),
    *_floats(*ADDITIVE, *AREA_COLUMNS),
)

# What committees and general branches are judged by themselves, not through their branches.
committee_months = sa.Table(
    "committee_months",
    METADATA,
    sa.Column("org_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("period_month", sa.String(7), primary_key=True),
    *_floats(*COMMITTEE_MEASURES),
    *_floats(*(indicator_column(i, part) for i in COMMITTEE_INDICATORS for part in INDICATOR_PARTS)),
)

months = sa.Table(
    "months",
    METADATA,
    sa.Column("period_month", sa.String(7), primary_key=True),
    sa.Column(
        "status", sa.String(12), nullable=False, comment="open, closed (not yet published) or published"
    ),
    sa.Column("published_at", sa.DateTime, nullable=True),
    sa.Column("version_no", sa.Integer, nullable=False),
)

# Warnings about organisations only: those of the operational system (positive ids) and those of lights it
# raised none for (negative ids); a warning about a member never enters this schema.
org_warnings = sa.Table(
    "org_warnings",
    METADATA,
    sa.Column("warning_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("indicator_id", sa.String(40), nullable=False),
    sa.Column("level", sa.String(8), nullable=False),
    sa.Column("org_id", sa.BigInteger, nullable=False),
    sa.Column("period", sa.String(7), nullable=False),
    sa.Column("state", sa.String(14), nullable=False),
    sa.Column("raised_at", sa.DateTime, nullable=False),
    sa.Column("pushed_at", sa.DateTime, nullable=True),
    sa.Column("acknowledged_at", sa.DateTime, nullable=True),
    sa.Column("acknowledge_due_on", sa.Date, nullable=True),
    sa.Column("rectify_due_on", sa.Date, nullable=True),
    sa.Column("rectified_at", sa.DateTime, nullable=True),
    sa.Column("verified_at", sa.DateTime, nullable=True),
    sa.Column("owner_org_id", sa.BigInteger, nullable=True, comment="who has to rectify it"),
    sa.Column(
        "escalation",
        sa.Integer,
        nullable=False,
        default=0,
        comment="0 branch, 1 committee, 2 district, 3 weak_lax",
    ),
    sa.Column("escalated_to_org_id", sa.BigInteger, nullable=True),
)

quarantine = sa.Table(
    "quarantine",
    METADATA,
    sa.Column("table_name", sa.String(64), primary_key=True),
    sa.Column("reason", sa.String(60), primary_key=True),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column(
        "sample_keys", sa.String(200), nullable=False, comment="up to five primary keys, comma-separated"
    ),
)

sources = sa.Table(
    "sources",
    METADATA,
    sa.Column("table_name", sa.String(64), primary_key=True),
    sa.Column("watermark", sa.DateTime, nullable=True, comment="largest updated_at read"),
    sa.Column("read_at", sa.DateTime, nullable=True, comment="the source's clock at the last read"),
    sa.Column("connected", sa.Boolean, nullable=False),
)

# Rows read inside the overlap, so that a restarted projector does not take them for new.
recent_rows = sa.Table(
    "recent_rows",
    METADATA,
    sa.Column("table_name", sa.String(64), primary_key=True),
    sa.Column("row_key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
)

# One row: who projects now, and until when the others must wait.
leases = sa.Table(
    "leases",
    METADATA,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("holder", sa.String(80), nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False),
)

# One row per feed: whether the projector reaches its source now, for the truth state of every screen.
feeds = sa.Table(
    "feeds",
    METADATA,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("state", sa.String(12), nullable=False, comment="ok, unreachable or broken"),
    sa.Column("checked_at", sa.DateTime, nullable=False, comment="last time the source answered"),
    sa.Column("reason", sa.String(300), nullable=True),
)
