"""Tables of accounts, sessions, failures, single sign-on and audit; times are Asia/Shanghai wall clock."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
# SQLite counts up by itself in INTEGER keys only.
_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

accounts = sa.Table(
    "accounts",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("login", sa.String(64), nullable=False, unique=True, comment="lower case"),
    sa.Column("name", sa.String(80), nullable=False, comment="as greeted, an office rather than a person"),
    sa.Column("role", sa.String(32), nullable=False, comment="data.viewer.Role"),
    sa.Column("org_id", sa.BigInteger, nullable=False, comment="root of the subtree"),
    sa.Column("password_hash", sa.String(255), nullable=True, comment="Argon2id; NULL: single sign-on only"),
    sa.Column("must_change", sa.Boolean, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column(
        "is_demo", sa.Boolean, nullable=False, comment="known password; refused unless data is synthetic"
    ),
    sa.Column("oidc_subject", sa.String(400), nullable=True, unique=True, comment="issuer#sub"),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("last_login_at", sa.DateTime, nullable=True),
)

sessions = sa.Table(
    "sessions",
    METADATA,
    sa.Column("token_sha256", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("method", sa.String(8), nullable=False, comment="password | oidc"),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("seen_at", sa.DateTime, nullable=False, comment="last act of the person, to the minute"),
    sa.Column("ended_at", sa.DateTime, nullable=True),
    sa.Column("address", sa.String(45), nullable=False),
)

# By what was typed and not by account: a login nobody has is locked like one somebody has.
login_failures = sa.Table(
    "login_failures",
    METADATA,
    sa.Column("login_sha256", sa.String(64), primary_key=True),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("last_at", sa.DateTime, nullable=False, index=True),
    sa.Column("locked_until", sa.DateTime, nullable=True),
)

oidc_requests = sa.Table(
    "oidc_requests",
    METADATA,
    sa.Column("state_sha256", sa.String(64), primary_key=True),
    sa.Column("nonce", sa.String(64), nullable=False),
    sa.Column("verifier", sa.String(128), nullable=False, comment="PKCE"),
    sa.Column("target", sa.String(600), nullable=False, comment="page asked for"),
    sa.Column("created_at", sa.DateTime, nullable=False),
)

audit = sa.Table(
    "audit",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.Column("account_id", sa.BigInteger, nullable=True, comment="no key: outlives everything"),
    sa.Column("login", sa.String(64), nullable=False),
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("page", sa.String(64), nullable=False),
    sa.Column("org_id", sa.BigInteger, nullable=True),
    sa.Column("subject", sa.String(200), nullable=False, comment="what was looked at or changed"),
    sa.Column("reason", sa.String(500), nullable=False, comment="as the viewer gave it"),
    sa.Column("address", sa.String(45), nullable=False),
    sa.Column("outcome", sa.String(32), nullable=False),
)

_ONLY_APPENDED = {
    "sqlite": (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
        # INSERT OR REPLACE deletes without the trigger above.
        "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit "
        "WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
    ),
}
for _dialect, _statements in _ONLY_APPENDED.items():
    for _statement in _statements:
        sa.event.listen(audit, "after_create", sa.DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
