"""Tables of the leadership pages as AG Grid: columns, Chinese words, keyboard, links to pages and to origins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import dash_ag_grid as dag
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.leadership import ids
from dashboard.leadership.address import Address
from dashboard.leadership.parts import Column, Table
from layouts.leadership.attributes import attributes

NUMBERS = ("integer", "decimal", "share", "change")
ROW, HEAD, TALLEST = 38, 42, 15
BLOCK = 100
# Rows made beyond the visible ones: each costs time when a page comes.
ROWS_AHEAD = 2

_WORDS = {
    "noRowsToShow": "没有记录",
    "loadingOoo": "正在读取…",
    "filterOoo": "筛选…",
    "equals": "等于",
    "notEqual": "不等于",
    "lessThan": "小于",
    "lessThanOrEqual": "不大于",
    "greaterThan": "大于",
    "greaterThanOrEqual": "不小于",
    "inRange": "介于",
    "inRangeStart": "从",
    "inRangeEnd": "到",
    "contains": "包含",
    "notContains": "不包含",
    "startsWith": "开头是",
    "endsWith": "结尾是",
    "blank": "为空",
    "notBlank": "不为空",
    "andCondition": "且",
    "orCondition": "或",
    "applyFilter": "应用",
    "resetFilter": "重置",
    "clearFilter": "清除",
    "page": "页",
    "to": "至",
    "of": "共",
    "ariaFilterInput": "筛选条件",
    "ariaFilterMenuOpen": "打开筛选",
    "ariaSortableColumn": "按回车排序",
}


def grid(table: Table) -> Component:
    """The table; rows keep their identity over versions, so sort, filter, scroll and selection stay."""
    options: dict[str, Any] = {
        "rowHeight": ROW,
        "headerHeight": HEAD,
        "localeText": _WORDS,
        "accentedSort": True,
        "tooltipShowDelay": 400,
        "suppressDragLeaveHidesColumns": True,
        "enableCellTextSelection": True,
        "rowBuffer": ROWS_AHEAD,
        "onCellKeyDown": {"function": "openCell(params)"},
        "rowClassRules": {
            "chosen": f"params.data && params.data[{json.dumps(table.key)}] === {json.dumps(table.selected)}"
        },
    }
    endless = bool(table.source)
    short = not endless and not table.height and len(table.rows) <= TALLEST
    if short:
        options["domLayout"] = "autoHeight"
    if endless:
        options |= {"cacheBlockSize": BLOCK, "maxBlocksInCache": 20, "infiniteInitialRowCount": BLOCK}
    height = table.height or HEAD + ROW * TALLEST
    rows = {} if endless else {"rowData": written_rows(table.rows)}
    made: Component = dag.AgGrid(
        id=ids.grid(table.slug),
        columnDefs=[_column(column, table) for column in table.columns],
        defaultColDef={
            "sortable": True,
            "filter": True,
            "resizable": True,
            "suppressHeaderMenuButton": False,
        },
        getRowId=f"'' + params.data.{table.key}",
        rowModelType="infinite" if endless else "clientSide",
        dashGridOptions=options,
        className="ag-theme-quartz table",
        style={"height": None if short else f"{height}px", "width": "100%"},
        **rows,
    )
    return made


def choice(table: Table) -> Component:
    """Which columns stand in the table."""
    options = [
        {"label": column.title, "value": column.field} for column in table.columns if not column.pinned
    ]
    shown = [column.field for column in table.columns if not column.hidden]
    listed = dcc.Checklist(
        options=options, value=shown, id=ids.columns(table.slug), className="column-choice"
    )
    return html.Details(
        [html.Summary("列", **attributes(aria_label=f"{table.title}：选择列")), listed],
        className="menu small",
    )


def written_rows(rows: Iterable[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Rows as the browser gets them: addresses written out."""
    return [
        {name: value.url if isinstance(value, Address) else value for name, value in row.items()}
        for row in rows
    ]


def _filter(column: Column) -> str:
    return "agNumberColumnFilter" if column.kind in NUMBERS else "agTextColumnFilter"


def _written(column: Column, table: Table) -> dict[str, Any]:
    """How a cell writes its value: as plain text where it can, for a component in every cell has its price."""
    if not column.link and not column.origin and column.kind not in ("light", "change"):
        words = f"writtenCell(params, {json.dumps(column.kind)}, {column.digits})"
        return {"valueFormatter": {"function": words}}
    params = {
        "kind": column.kind,
        "digits": column.digits,
        "link": column.link,
        "better": column.better,
        "origin": column.origin,
        "month": table.origin_month,
        "short": column.short,
    }
    return {"cellRenderer": "Cell", "cellRendererParams": params}


def _column(column: Column, table: Table) -> dict[str, Any]:
    number = column.kind in NUMBERS
    spec: dict[str, Any] = {
        "field": column.field,
        "headerName": f"{column.title} {column.unit}".strip(),
        "headerTooltip": column.explains or column.title,
        "hide": column.hidden,
        **_written(column, table),
        "cellClass": "number" if number else f"cell {column.kind}",
        # A filter knows the rows in the browser; of a table that is read as one scrolls these are a few.
        "filter": False if table.source else _filter(column),
    }
    if column.kind == "light":
        spec["filterValueGetter"] = {
            "function": f"lightWord(params.data && params.data[{json.dumps(column.field)}])"
        }
    if column.tip:
        spec["tooltipField"] = column.tip
    if column.light:
        spec["cellClassRules"] = {
            name: f"params.data && params.data[{json.dumps(column.light)}] === {value}"
            for name, value in (("red", 4), ("yellow", 3))
        }
    if column.short:
        classes = "number narrow" if number else "narrow"
        spec |= {"headerClass": classes, "cellClass": classes, "wrapHeaderText": True}
    elif number:
        spec["headerClass"] = "number"
    if column.pinned:
        return spec | {
            "pinned": "left",
            "lockPinned": True,
            "width": column.width * (2 if column.grows else 1),
        }
    return spec | {"flex": 2 if column.grows else 1, "minWidth": column.width}
