"""Tables of the exports in the side database: jobs and rights to print; they know no table beside them."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

# Whose job it is, as the viewer was when asking: the file holds what that viewer may see, nothing more.
_VIEWER = (
    ("account_id", sa.Integer),
    ("login", sa.String(80)),
    ("name", sa.String(80)),
    ("role", sa.String(30)),
    ("org_id", sa.BigInteger),
)


def _viewer() -> list[sa.Column[object]]:
    return [sa.Column(name, kind, nullable=False) for name, kind in _VIEWER]


export_jobs = sa.Table(
    "export_jobs",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    *_viewer(),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("address", sa.String(2000), nullable=False),
    sa.Column("part", sa.String(80), nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("progress", sa.Float, nullable=False),
    sa.Column("step", sa.String(100), nullable=False),
    sa.Column("error", sa.String(500), nullable=False),
    sa.Column("file", sa.String(60), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("holder", sa.String(200), nullable=False),
    sa.Column("held_until", sa.DateTime),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False),
    sa.Index("export_jobs_by_state", "state", "created_at"),
    sa.Index("export_jobs_by_account", "account_id", "created_at"),
)

print_rights = sa.Table(
    "print_rights",
    METADATA,
    # Only the digest: who reads the database cannot print.
    sa.Column("token_digest", sa.String(64), primary_key=True),
    *_viewer(),
    sa.Column("expires_at", sa.DateTime, nullable=False),
)
