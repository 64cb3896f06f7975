"""Tables of direction in the side database; they know no table beside them. Asia/Shanghai wall clock."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

# Rows are added and read: the newest is what holds. Who saw number n writes n + 1; the key lets one of two such writers
# through.
direction = sa.Table(
    "direction",
    METADATA,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False, comment="1, 2, 3 …"),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("scene", sa.String(40), nullable=False),
    sa.Column("scene_at", sa.DateTime, nullable=True),
    sa.Column("held", sa.Boolean, nullable=False),
    sa.Column("mode", sa.String(16), nullable=True, comment="internal | reception; NULL: the programme's"),
    sa.Column("mode_at", sa.DateTime, nullable=True),
    sa.Column("town", sa.BigInteger, nullable=True),
    sa.Column("org", sa.BigInteger, nullable=True),
    sa.Column("month", sa.String(7), nullable=True),
    sa.Column("months_at", sa.DateTime, nullable=True, comment="played from here on; NULL: one month stands"),
    sa.Column("banner", sa.String(40), nullable=False),
    sa.Column("blackout", sa.Boolean, nullable=True),
    sa.Column("blackout_at", sa.DateTime, nullable=True),
    sa.Column("account_id", sa.BigInteger, nullable=True, comment="no key: outlives the account"),
    sa.Column("name", sa.String(80), nullable=False, comment="of the account then: an office"),
)

# The docent's words of the visit that is played: those of the newest command, gone with the next one.
docent = sa.Table(
    "docent",
    METADATA,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False, comment="of the command"),
    sa.Column("title", sa.String(40), nullable=False, comment="of the visit"),
    sa.Column("step", sa.Integer, nullable=False, comment="1, 2, 3 …"),
    sa.Column("steps", sa.Integer, nullable=False),
    sa.Column("seconds", sa.Integer, nullable=False),
    sa.Column("scene", sa.String(40), nullable=False, comment="its title"),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("next_scene", sa.String(40), nullable=False, comment="empty: the last step"),
    sa.Column("next_text", sa.Text, nullable=False),
)

# One row: whose hand is on the wheel, and who asks for it.
wheel = sa.Table(
    "wheel",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False, comment="always 1"),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("holder_id", sa.BigInteger, nullable=True),
    sa.Column("holder", sa.String(80), nullable=False),
    sa.Column("acted_at", sa.DateTime, nullable=True),
    sa.Column("asker_id", sa.BigInteger, nullable=True),
    sa.Column("asker", sa.String(80), nullable=False),
    sa.Column("asked_at", sa.DateTime, nullable=True),
    sa.Column("refused_id", sa.BigInteger, nullable=True, comment="who was refused last"),
    sa.Column("refused_at", sa.DateTime, nullable=True),
)
