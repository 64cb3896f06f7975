"""Where a driver's exception becomes one of ours: wrap whatever talks to a database in one of these."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from data.errors import AccountsUnreachable, ReadModelUnreachable, SourceUnreachable


@contextmanager
def source_errors(engine: sa.Engine) -> Iterator[None]:
    """Raises SourceUnreachable for anything SQLAlchemy raises inside."""
    try:
        yield
    except SQLAlchemyError as error:
        raise SourceUnreachable(engine.url, reason_of(error)) from error


@contextmanager
def read_model_errors(engine: sa.Engine) -> Iterator[None]:
    """Raises ReadModelUnreachable for anything SQLAlchemy raises inside."""
    try:
        yield
    except SQLAlchemyError as error:
        raise ReadModelUnreachable(engine.url, reason_of(error)) from error


@contextmanager
def accounts_errors(engine: sa.Engine) -> Iterator[None]:
    """Raises AccountsUnreachable for anything SQLAlchemy raises inside."""
    try:
        yield
    except SQLAlchemyError as error:
        raise AccountsUnreachable(engine.url, reason_of(error)) from error


def reason_of(error: SQLAlchemyError) -> str:
    """The first line of what the driver said, without the statement and its parameters: they may be personal."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = () if cause is None else cause.args
    # The drivers of MySQL raise (number, message).
    words = said[1] if len(said) == 2 and isinstance(said[0], int) else cause
    lines = str(words).strip().splitlines()
    return lines[0] if lines else type(cause).__name__
