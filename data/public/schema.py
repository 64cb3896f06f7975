"""Tables of the public store: what visitors' screens may read, and nothing else is in reach of their account.

On PostgreSQL they stand in a schema of their own, in an SQLite file of its own without one (``data.public.store``).
Times are Asia/Shanghai wall clock.
"""

from __future__ import annotations

import sqlalchemy as sa

SCHEMA = "vanguard_public"
METADATA = sa.MetaData(schema=SCHEMA)

# Raised whenever a column changes its meaning; a store of another number is made anew.
SCHEMA_VERSION = 2

# One row: the version of the read model the documents were made from, and the feed as the projector last told it.
versions = sa.Table(
    "versions",
    METADATA,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("published_at", sa.DateTime, nullable=False),
    sa.Column("as_of", sa.DateTime, nullable=True),
    sa.Column("open_month", sa.String(7), nullable=False),
    sa.Column("district", sa.String(40), nullable=False),
    sa.Column("is_demo", sa.Boolean, nullable=False),
    sa.Column("boot_id", sa.String(36), nullable=False),
    sa.Column("feed_state", sa.String(12), nullable=False, comment="data.readmodel.reader.Feed"),
    sa.Column("checked_at", sa.DateTime, nullable=True, comment="last time the operational source answered"),
    sa.Column(
        "edition", sa.Integer, nullable=False, comment="documents changed since, without a new version"
    ),
    sa.Column("schema_version", sa.Integer, nullable=False),
)

documents = sa.Table(
    "documents",
    METADATA,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("digest", sa.String(40), nullable=False),
    sa.Column("body", sa.Text, nullable=False, comment="JSON of one frozen dataclass"),
    sa.Column(
        "failed_since",
        sa.DateTime,
        nullable=True,
        comment="the body is older than the version: it could not be made anew",
    ),
    sa.Column(
        "withdrawn", sa.String(16), nullable=True, comment="data.public.withdrawal.Reason; the body is empty"
    ),
)
