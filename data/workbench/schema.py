"""The table of notes on warnings in the side database; it knows no table beside it. Asia/Shanghai wall clock."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
# SQLite counts up by itself in INTEGER keys only.
_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

# Rows are added and read. Who saw revision n writes n + 1; the unique key lets one of two such writers through.
warning_notes = sa.Table(
    "warning_notes",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("warning_id", sa.BigInteger, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, comment="1, 2, 3 … of one warning"),
    sa.Column("org_id", sa.BigInteger, nullable=False, index=True, comment="whom the warning is about"),
    sa.Column("indicator_id", sa.String(40), nullable=False),
    sa.Column("action", sa.String(16), nullable=False, comment="data.workbench.note.Action"),
    sa.Column("account_id", sa.BigInteger, nullable=False, comment="no key: outlives the account"),
    sa.Column("name", sa.String(80), nullable=False, comment="of the account then: an office"),
    sa.Column("role", sa.String(32), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("text", sa.String(500), nullable=False),
    # How the warning stands after this note, so that the newest note says it all.
    sa.Column("state", sa.String(16), nullable=False, comment="data.workbench.note.State"),
    sa.Column("assignee_org_id", sa.BigInteger, nullable=True),
    sa.Column("assignee", sa.String(80), nullable=False),
    sa.UniqueConstraint("warning_id", "revision"),
)
