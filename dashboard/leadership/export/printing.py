"""PDF from the server's own browser: a page of this server as its viewer sees it, or a document from memory."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from dashboard.leadership.export.chromium import Chromium, command, evaluate
from data.errors import ExportFailed

if TYPE_CHECKING:
    from kaleido import Kaleido

COOKIE = "vanguard_print"
# A page of 1440 CSS pixels on the 273 mm between the margins of an A4 sheet lying down.
_WIDTH_PX, _HEIGHT_PX, _SCALE = 1440, 1000, 0.716
_MM = 1 / 25.4
_PAGE_NUMBER = '第 <span class="pageNumber"></span> 页，共 <span class="totalPages"></span> 页'
READY_S = 45
_SCRIPT = """(async () => {
  const grids = Array.from(document.querySelectorAll('#page .ag-theme-quartz'));
  for (const element of grids) {
    const api = window.dash_ag_grid.getApi(element.id);
    const wide = api.getAllDisplayedColumns().reduce((sum, column) => sum + column.getActualWidth(), 0);
    // A late drawing of the grid by its owner gives it back its place on the screen, with a border that cuts rows off.
    const grown = () => {
      if (api.getGridOption('domLayout') !== 'print') { api.setGridOption('domLayout', 'print'); }
      if (element.style.height !== 'auto') { element.style.height = 'auto'; }
      const lowest = Array.from(element.querySelectorAll('.ag-row')).reduce(
        (low, row) => Math.max(low, row.getBoundingClientRect().bottom), 0);
      return lowest <= element.getBoundingClientRect().bottom + 1;
    };
    grown();
    if (wide > element.clientWidth) { api.sizeColumnsToFit(); }
    const due = Date.now() + 10000, rows = api.getDisplayedRowCount();
    // A row is there before its cells are, a cell before its text, and the rows of the screen before they go to make
    // way for those of the print: what is printed then lacks a line. Whole is what is so in two looks in a row.
    const columns = api.getAllDisplayedColumns().length;
    const drawn = () => {
      const written = new Map();
      for (const cell of element.querySelectorAll('.ag-row .ag-cell')) {
        const index = cell.closest('.ag-row').getAttribute('row-index');
        written.set(index, (written.get(index) || 0) + (cell.textContent.trim() !== ''));
      }
      return Array.from(written.values()).filter(cells => cells >= columns).length;
    };
    let whole = 0;
    while (whole < 2) {
      await new Promise(go => setTimeout(go, 50));
      await new Promise(go => requestAnimationFrame(go));
      whole = grown() && drawn() >= rows ? whole + 1 : 0;
      if (Date.now() > due) { return '表格' + element.id + '应有' + rows + '行，只画出' + drawn() + '行'; }
    }
  }
  await document.fonts.ready;
  await new Promise(go => setTimeout(go, 100));
  return '';
})()"""
_STATE = """(() => {
  const root = document.documentElement;
  const broken = Array.from(document.querySelectorAll('[data-part][data-state="error"]'));
  const refused = document.querySelector('#page .refused');
  return {
    ready: Boolean(root) && root.dataset.ready === location.pathname + location.search,
    at: location.pathname + location.search,
    broken: broken.map(part => (part.querySelector('h2') || part).textContent.trim().slice(0, 80)),
    refused: refused ? refused.textContent.trim().slice(0, 200) : '',
  };
})()"""


@dataclass(frozen=True)
class Sheet:
    """What stands around the printed content; ``title`` above, ``foot`` and the page number below."""

    title: str
    foot: str
    landscape: bool = True
    scale: float = _SCALE


def print_page(
    chromium: Chromium, base: str, url: str, token: str, sheet: Sheet, still_wanted: Callable[[], None]
) -> bytes:
    """The page of an address below ``base`` (http://127.0.0.1:8050) as PDF, opened with a right to print.

    Raises ExportFailed when it does not get ready, refuses, or a part of it failed.
    """

    async def job(browser: Kaleido) -> bytes:
        async with _tab(browser) as tab:
            cookie = {"name": COOKIE, "value": token, "url": base, "httpOnly": True, "sameSite": "Strict"}
            await command(tab, "Network.setCookie", **cookie)
            await command(
                tab, "Emulation.setDeviceMetricsOverride",
                width=_WIDTH_PX, height=_HEIGHT_PX, deviceScaleFactor=1, mobile=False,
            )  # fmt: skip
            await command(tab, "Emulation.setEmulatedMedia", media="print")
            await command(tab, "Emulation.setTimezoneOverride", timezoneId="Asia/Shanghai")
            await command(tab, "Page.navigate", url=f"{base}{url}{'&' if '?' in url else '?'}print=1")
            await _until_ready(tab, url)
            if cut := await evaluate(tab, _SCRIPT):
                raise ExportFailed(str(cut))
            return await _pdf(tab, sheet)

    return chromium.run(job, still_wanted)


def print_document(chromium: Chromium, html: str, sheet: Sheet) -> bytes:
    """A self-contained document as PDF on A4 paper."""

    async def job(browser: Kaleido) -> bytes:
        async with _tab(browser) as tab:
            frame = (await command(tab, "Page.getFrameTree"))["frameTree"]["frame"]["id"]
            await command(tab, "Page.setDocumentContent", frameId=frame, html=html)
            await evaluate(tab, "document.fonts.ready.then(() => '')")
            return await _pdf(tab, sheet)

    return chromium.run(job)


@asynccontextmanager
async def _tab(browser: Kaleido) -> AsyncIterator[Any]:
    """A tab in a context of its own: no cookie and no store of another printing is in it."""
    from choreographer.browser_async import Tab

    context = (await command(browser, "Target.createBrowserContext", disposeOnDetach=True))[
        "browserContextId"
    ]
    made = await command(browser, "Target.createTarget", url="about:blank", browserContextId=context)
    tab = Tab(made["targetId"], browser._broker)
    try:
        await tab.create_session()
        yield tab
    finally:
        # Without answer when the browser died meanwhile.
        await browser.send_command("Target.disposeBrowserContext", params={"browserContextId": context})


async def _until_ready(tab: Any, url: str) -> None:
    state: dict[str, Any] = {}
    for _ in range(READY_S * 5):
        state = await evaluate(tab, _STATE)
        if state["refused"]:
            raise ExportFailed(f"页面无法显示：{state['refused']}")
        if state["broken"]:
            raise ExportFailed(f"页面有未能生成的部分：{'、'.join(state['broken'])}")
        if state["ready"]:
            return
        await asyncio.sleep(0.2)
    here = json.dumps(state.get("at", ""), ensure_ascii=False)
    raise ExportFailed(f"页面{READY_S}秒内没有准备好（{url} 停在 {here}）")


async def _pdf(tab: Any, sheet: Sheet) -> bytes:
    answer = await command(
        tab, "Page.printToPDF",
        landscape=sheet.landscape, printBackground=True, displayHeaderFooter=True, scale=sheet.scale,
        paperWidth=210 * _MM, paperHeight=297 * _MM,
        marginTop=15 * _MM, marginBottom=14 * _MM, marginLeft=12 * _MM, marginRight=12 * _MM,
        headerTemplate=_line(sheet.title, ""),
        footerTemplate=_line(sheet.foot, _PAGE_NUMBER),
        preferCSSPageSize=False, generateTaggedPDF=True, generateDocumentOutline=True,
    )  # fmt: skip
    return base64.b64decode(answer["data"])


def _line(left: str, right: str) -> str:
    look = (
        "width:100%;margin:0 12mm;display:flex;justify-content:space-between;font-size:8px;color:#41536F;"
        "font-family:'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',sans-serif"
    )
    return f'<div style="{look}"><span>{escape(left)}</span><span>{right}</span></div>'
