"""Tables of devices in the side database; they know no table beside them. Asia/Shanghai wall clock."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
# SQLite counts up by itself in INTEGER keys only.
_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

devices = sa.Table(
    "devices",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False, comment="wall | kiosk"),
    sa.Column(
        "exposure", sa.String(16), nullable=False, comment="internal | reception: the most it may show"
    ),
    sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("enrolled_at", sa.DateTime, nullable=False),
    sa.Column("enrolled_by", sa.String(64), nullable=False, comment="login"),
    sa.Column("revoked_at", sa.DateTime, nullable=True),
)

# Screens that wait to be let in: the code they show, the token their browser already holds.
device_codes = sa.Table(
    "device_codes",
    METADATA,
    sa.Column("token_sha256", sa.String(64), primary_key=True),
    sa.Column("code", sa.String(6), nullable=False, unique=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("address", sa.String(45), nullable=False),
    sa.Column("made_at", sa.DateTime, nullable=False, index=True),
)

# One row per screen, the last word it said of itself.
device_reports = sa.Table(
    "device_reports",
    METADATA,
    sa.Column("screen", sa.String(24), primary_key=True, comment="d<device> or g<guest>"),
    sa.Column("device_id", sa.BigInteger, nullable=True, comment="NULL: a guest"),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.Column("step", sa.BigInteger, nullable=False, comment="number of the step shown; 0: none"),
    sa.Column("command", sa.BigInteger, nullable=False, comment="last command obeyed"),
    sa.Column("scene", sa.String(40), nullable=False),
    sa.Column("mode", sa.String(16), nullable=False),
    sa.Column("version", sa.String(24), nullable=False, comment="of the data shown"),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("heap_mb", sa.Float, nullable=True, comment="NULL: the browser does not tell"),
    sa.Column("errors", sa.Integer, nullable=False, comment="of its script since the page was loaded"),
    sa.Column("visible", sa.Boolean, nullable=False),
    sa.Column("address", sa.String(45), nullable=False),
)

device_alarms = sa.Table(
    "device_alarms",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("device_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("name", sa.String(40), nullable=False, comment="of the device then"),
    sa.Column("kind", sa.String(8), nullable=False, comment="behind | silent | hidden"),
    sa.Column("step", sa.BigInteger, nullable=False, comment="the last step it said it shows"),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("ended_at", sa.DateTime, nullable=True),
    # Several web servers watch: the first one to see it writes it down.
    sa.UniqueConstraint("device_id", "kind", "step"),
)
