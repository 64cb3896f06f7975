"""Datetimes inside SQL: the few expressions for which no engine-neutral form exists."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from data.engine import MYSQL_KINDS


class hours_after(sa.sql.functions.GenericFunction[Any]):  # noqa: N801 - SQL functions are lower case
    """``hours_after(column, n)``: the column's time n hours later (n may be negative); NULL stays NULL."""

    type = sa.DateTime()
    inherit_cache = True
    name = "hours_after"


def _parts(element: Any, compiler: Any, **kw: Any) -> tuple[str, int]:
    column, hours = list(element.clauses)
    return compiler.process(column, **kw), int(hours.value)


@compiles(hours_after, "sqlite")
def _sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    column, hours = _parts(element, compiler, **kw)
    # Text with six decimals like every stored datetime, so that equal moments are equal strings.
    return f"(strftime('%Y-%m-%d %H:%M:%f', {column}, '{hours:+d} hours') || '000')"


@compiles(hours_after, "postgresql")
def _postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    column, hours = _parts(element, compiler, **kw)
    return f"({column} + interval '{hours} hours')"


@compiles(hours_after, "mysql")
@compiles(hours_after, "mariadb")
def _mysql(element: Any, compiler: Any, **kw: Any) -> str:
    column, hours = _parts(element, compiler, **kw)
    return f"({column} + interval {hours} hour)"


class as_moment(sa.sql.functions.GenericFunction[Any]):  # noqa: N801 - SQL functions are lower case
    """``as_moment(expression)``: an expression over datetime parameters, told to be one. MySQL takes it for text."""

    type = sa.DateTime()
    inherit_cache = True
    name = "as_moment"


@compiles(as_moment)
def _as_it_is(element: Any, compiler: Any, **kw: Any) -> str:
    (inner,) = list(element.clauses)
    return str(compiler.process(inner, **kw))


@compiles(as_moment, "mysql")
@compiles(as_moment, "mariadb")
def _cast_to_moment(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST({_as_it_is(element, compiler, **kw)} AS DATETIME(6))"


class month_number(sa.sql.functions.GenericFunction[Any]):  # noqa: N801 - SQL functions are lower case
    """``month_number(column)``: year × 12 + month - 1 of a date, a datetime or a text "YYYY-MM…"."""

    type = sa.Integer()
    inherit_cache = True
    name = "month_number"


@compiles(month_number)
def _month_number(element: Any, compiler: Any, **kw: Any) -> str:
    (column,) = list(element.clauses)
    text = compiler.process(
        column if isinstance(column.type, sa.String) else sa.cast(column, sa.String(30)), **kw
    )
    if compiler.dialect.name == "sqlite":
        # Dates are text there already; the cast would only cost time.
        text = compiler.process(column, **kw)
    whole = "SIGNED" if compiler.dialect.name in MYSQL_KINDS else "INTEGER"
    year, month = f"CAST(substr({text}, 1, 4) AS {whole})", f"CAST(substr({text}, 6, 2) AS {whole})"
    return f"({year} * 12 + {month} - 1)"
