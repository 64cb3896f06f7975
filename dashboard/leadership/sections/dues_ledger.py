"""The ledger on L-09: money from branches up to the district as ribbons and by level, quarters in which books agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import integer, month_label
from dashboard.leadership.figures.flows import Node, Ribbon, draw_flows
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.parts import Column, Figure, Part, Table
from dashboard.leadership.registry import Asked
from dashboard.quarters import quarter_label
from data.queries.leadership import dues_book
from data.queries.leadership.dues_book import Book
from data.queries.leadership.sums import Row, ratio
from data.readmodel.scoped import ScopedReader


def books(reader: ScopedReader, asked: Asked, *, is_told: bool) -> list[Part]:
    """Flow and table of the month; nothing of them where so few paid that sums would tell of persons."""
    found = dues_book.books(reader, asked.place, asked.month) if is_told else []
    reason = "本月没有账目，或已超过保留的十三个月" if is_told else "足额缴纳的不足5名，不列金额"
    if asked.month > asked.closed:
        reason = "本月尚未记账"
    return [_flow(asked, found, reason), *([_table(asked, found)] if found else [])]


def _names(asked: Asked) -> dict[str, str]:
    return {"branch": "支部", "committee": "党(工)委", "district": f"{asked.profile.words.level}委"}


def _flow(asked: Asked, found: Sequence[Book], reason: str) -> Figure:
    names = _names(asked)
    nodes: list[Node] = []
    ribbons: list[Ribbon] = []
    for at, book in enumerate(found):
        above = found[at + 1].level if at + 1 < len(found) else "above"
        nodes.append(Node(book.level, f"{names[book.level]}收入", at, asked.look.blue[3], amount=book.income))
        for target, name, amount, color, tint in _uses(asked, book, above):
            if amount > 0:
                ribbons.append(Ribbon(book.level, target, amount, tint))
                nodes += [Node(target, name, at + 1, color)] if name else []
    figure = draw_flows(asked.look, nodes, ribbons, lambda n: f"{integer(n)} 元", 340) if ribbons else None
    return Figure(
        "flow",
        "三级账目流向",
        figure=figure,
        describes="；".join(f"{names[b.level]}上缴{b.remitted:.0f}元，支出{b.spent:.0f}元" for b in found),
        note=f"{month_label(asked.month, year=True)} · 支部收缴、逐级上缴、下拨和支出 · 元",
        empty=reason,
    )


def _uses(asked: Asked, book: Book, above: str) -> list[tuple[str, str, float, str, str]]:
    """(place, its name, amount, colour of the bar and of the ribbon) of what a level does with its money; the level
    above has its bar already."""
    look, names = asked.look, _names(asked)
    word = names[book.level]
    return [
        (above, "" if above in names else "上缴上级", book.remitted, look.blue[3], look.blue[1]),
        (f"{book.level}-down", "下拨党(工)委", book.passed_down, look.blue[2], look.blue[1]),
        (f"{book.level}-spent", f"{word}支出", book.spent, look.gold, "rgba(192,138,43,.45)"),
        (f"{book.level}-kept", f"{word}留存", max(0.0, book.kept), look.district, look.blue[0]),
    ]


def _table(asked: Asked, found: Sequence[Book]) -> Table:
    names = _names(asked)
    amounts = ("collected", "received", "returned", "other_income", "remitted", "passed_down", "spent")
    rows = []
    for at, book in enumerate(found):
        apart = round(book.received - found[at - 1].remitted, 2) + 0.0 if at else None
        named = {"level": book.level, "name": names[book.level], "kept": book.kept, "difference": apart}
        rows.append({**named, **{name: getattr(book, name) or None for name in amounts}})
    columns = (
        Column("name", "层级", width=100, pinned=True),
        Column("collected", "收缴入账", "decimal", digits=2, better="neither"),
        Column("received", "下级上缴", "decimal", digits=2, better="neither"),
        Column("returned", "上级下拨", "decimal", digits=2, better="neither"),
        Column("other_income", "其他收入", "decimal", digits=2, better="neither", hidden=True),
        Column("remitted", "上缴", "decimal", digits=2, better="neither"),
        Column("passed_down", "下拨", "decimal", digits=2, better="neither"),
        Column("spent", "支出", "decimal", digits=2, better="neither"),
        Column("kept", "本月结余", "change", digits=2, better="neither"),
        Column(
            "difference",
            "上下级差额",
            "change",
            digits=2,
            better="neither",
            explains="本级账上收到的上缴减下级账上的上缴",
        ),
    )
    return Table(
        "books",
        "分级账目",
        columns=columns,
        rows=rows,
        key="level",
        note=f"{month_label(asked.month, year=True)} · 元",
    )


def balanced(asked: Asked, span: Sequence[str], months: Mapping[str, Row]) -> Figure:
    """Share of branches whose book agrees with what was paid, by closed quarter."""
    ends = [month for month in span if int(month[5:]) % 3 == 0]
    shares = [ratio(months[month], "ledger_balanced", "active") for month in ends]
    known = any(share is not None for share in shares)
    look = asked.look
    figure = (
        draw_columns(look, ends, [Series("账实相符", shares, look.blue[2])], share=True) if known else None
    )
    if figure is not None:
        labels = [f"{quarter_label(_quarter(end), year=False)}<br>{end[:4]}" for end in ends]
        figure.update_layout(xaxis={"ticktext": labels}, yaxis={"range": [0, 1.05]})
    last = next((end for end in reversed(ends) if months[end]["ledger_balanced"] is not None), None)
    note = ""
    if last is not None:
        apart = max(0.0, (months[last]["active"] or 0) - (months[last]["ledger_balanced"] or 0))
        agreed = "不符" if apart else "相符"
        said = agreed if asked.place.is_branch else f"不符 {integer(apart)} 个"
        note = f"{quarter_label(_quarter(last))}{said}"
    return Figure(
        "balanced",
        "账实相符" if asked.place.is_branch else "账实相符的支部",
        figure=figure,
        describes=note,
        span=5,
        note=note,
        empty="没有账目核对记录",
    )


def _quarter(end: str) -> str:
    return f"{end[:4]}Q{int(end[5:]) // 3}"
