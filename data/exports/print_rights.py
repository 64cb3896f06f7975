"""The right of the server's own browser to open one page as one viewer, for a minute at most."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.accounts.store import make_tables
from data.driver_errors import accounts_errors
from data.exports.schema import METADATA, print_rights
from data.viewer import Viewer

LIFE = timedelta(seconds=60)


class PrintRights:
    """Rights to print over the side database; made once per process."""

    def __init__(self, store: sa.Engine) -> None:
        self._store = store

    def prepare(self) -> None:
        """Make the tables where they are missing. Raises AccountsUnreachable."""
        make_tables(self._store, METADATA)

    @contextmanager
    def granted(self, viewer: Viewer, now: datetime) -> Iterator[str]:
        """A token of this viewer, withdrawn when the page is printed; it opens one printing and no other."""
        token = secrets.token_urlsafe(32)
        row = {**asdict(viewer), "token_digest": _digest(token), "expires_at": now + LIFE}
        with accounts_errors(self._store), self._store.begin() as connection:
            connection.execute(print_rights.delete().where(print_rights.c.expires_at < now))
            connection.execute(print_rights.insert().values(**row))
        try:
            yield token
        finally:
            with accounts_errors(self._store), self._store.begin() as connection:
                used = print_rights.c.token_digest == _digest(token)
                connection.execute(print_rights.delete().where(used))

    def viewer_of_print_token(self, token: str, now: datetime) -> Viewer | None:
        """Whose page a token prints; None for one that is unknown, withdrawn or older than a minute."""
        columns = [print_rights.c[name] for name in Viewer.__dataclass_fields__]
        valid = sa.and_(print_rights.c.token_digest == _digest(token), print_rights.c.expires_at > now)
        with accounts_errors(self._store), self._store.connect() as connection:
            found = connection.execute(sa.select(*columns).where(valid)).one_or_none()
        return None if found is None else Viewer(*found)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
