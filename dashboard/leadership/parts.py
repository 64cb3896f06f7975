"""What a leadership page consists of: parts without any component, so that the browser, the spreadsheet, the printed
page and the tests all read the same ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.leadership.address import Address

# How a value is written; "light" is a `data.readmodel.light.Light`, "change" is signed, a "share" is 0-1.
Kind = Literal["text", "integer", "decimal", "share", "change", "date", "moment", "month", "light", "state"]
# Which direction of a change is good: of most numbers up, of overdue counts down, of a population neither.
Better = Literal["up", "down", "neither"]


@dataclass(frozen=True)
class Origin:
    """Where a number comes from: an indicator or measure of an organisation in a month; its trace is one click away."""

    of: str
    org_id: int
    month: str


@dataclass(frozen=True)
class Number:
    """One key figure; ``value`` None is 无数据 (``why`` says the reason)."""

    label: str
    value: float | None
    kind: Kind = "integer"
    unit: str = ""
    digits: int = 1
    change: float | None = None
    change_label: str = ""
    better: Better = "up"
    origin: Origin | None = None
    note: str = ""
    why: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table. ``field`` names the key of a row; ``link`` the key that holds an `Address` to open;
    ``origin`` the indicator or measure its numbers are of (rows then carry ``org_id``). ``light`` names the key whose
    `Light` tints the cell. ``hidden`` columns wait in the column choice. A ``short`` one is narrow, its name
    in two lines, a light in it shape and letter; ``tip`` is the key of the text a cell shows when it is pointed at."""

    field: str
    title: str
    kind: Kind = "text"
    unit: str = ""
    digits: int = 1
    width: int = 110
    grows: bool = False
    pinned: bool = False
    hidden: bool = False
    link: str = ""
    light: str = ""
    origin: str = ""
    better: Better = "up"
    explains: str = ""
    short: bool = False
    tip: str = ""


@dataclass(frozen=True)
class Part:
    """What all parts have. ``slug`` is unique on its page; ``span`` counts of twelve columns, ``rows_beside`` how
    many rows of cards beside it a tall one reaches over; ``note`` says period and population; ``height`` in CSS
    pixels (0: as tall as its content)."""

    slug: str
    title: str
    note: str = field(default="", kw_only=True)
    span: int = field(default=12, kw_only=True)
    rows_beside: int = field(default=1, kw_only=True)
    height: int = field(default=0, kw_only=True)
    empty: str = field(default="本期没有记录", kw_only=True)


@dataclass(frozen=True)
class Numbers(Part):
    """A row of key figures."""

    numbers: Sequence[Number] = ()


@dataclass(frozen=True)
class Table(Part):
    """A table; ``key`` names the field that identifies a row over versions. ``selected`` marks one key.

    ``origin_month`` is the month of all origins of its columns. ``exports`` is false for lists of persons, which are
    shown and never taken away. ``source`` names the server-side row source of more than 10,000 rows; ``rows`` is then
    empty and ``total`` its length.
    """

    columns: Sequence[Column] = ()
    rows: Sequence[Mapping[str, object]] = ()
    key: str = "org_id"
    selected: object = None
    origin_month: str = ""
    exports: bool = True
    source: str = ""
    total: int = 0


@dataclass(frozen=True)
class Figure(Part):
    """A drawing. ``describes`` is its text for who cannot see it; a mark with an address in ``customdata`` opens it."""

    figure: go.Figure | None = None
    describes: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a text part: a word for its state, the sentence, where it leads; ``joined`` to the line above."""

    text: str
    label: str = ""
    light: int | None = None
    aside: str = ""
    link: Address | None = None
    strong: bool = False
    joined: bool = False


@dataclass(frozen=True)
class Text(Part):
    """Sentences: diagnoses, prescriptions, to-do items."""

    lines: Sequence[Line] = ()


@dataclass(frozen=True)
class Choice:
    """One choice of a switch; its address is the whole state of the page."""

    label: str
    link: Address
    chosen: bool = False


@dataclass(frozen=True)
class Switch(Part):
    """A row of choices: period, tier, kind."""

    choices: Sequence[Choice] = ()


@dataclass(frozen=True)
class Ask(Part):
    """A question before persons are shown: a text of ``least`` to ``most`` characters that goes with one request,
    never into an address; the page is then built anew with it as ``Asked.reason``."""

    prompt: str = ""
    button: str = "查看"
    least: int = 4
    most: int = 100


@dataclass(frozen=True)
class Field:
    """One field of a form: a line, which may offer ``choices`` without insisting on them, or several lines; at most
    ``most`` characters."""

    name: str
    label: str
    kind: Literal["line", "lines"] = "line"
    value: str = ""
    hint: str = ""
    most: int = 100
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Act:
    """One button of a form."""

    name: str
    label: str
    primary: bool = False
    explains: str = ""


@dataclass(frozen=True)
class Form(Part):
    """Fields and what can be done with them. ``action`` names who carries it out (callbacks.leadership.forms);
    ``kept`` goes there and back with it and is believed by nobody: identity and revision of what was looked at."""

    action: str = ""
    fields: Sequence[Field] = ()
    acts: Sequence[Act] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
