"""The server's own browser: one Chromium per process, started when first needed and again when it died.

It opens this server's pages and nothing else: every other address resolves to nowhere.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Waiting
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from data.errors import ExportFailed

if TYPE_CHECKING:
    from kaleido import Kaleido

LOG = logging.getLogger(__name__)
T = TypeVar("T")

INSTALL = "apt-get install chromium fonts-noto-cjk"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# One page or picture takes 1-3 s; who waits longer than this waits for ever.
PATIENCE_S = 90
_START_S = 30
# How often who waits is asked whether it still wants to.
_LOOK_S = 0.5
# What choreographer adds for pages from files; ours come from the server and from memory.
_UNWANTED = ("--disable-web-security", "--allow-file-access-from-files")
_NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {}"


def find_chromium() -> str | None:
    """Path of a Chromium of this machine; None where none is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class _Died(Exception):  # noqa: N818 - says what happened
    """The browser is gone in the middle of a job."""


class Chromium:
    """The browser behind printing and pictures; any thread may ask, one after the other is served. ``host`` is the
    one address it reaches: this server's."""

    def __init__(self, path: str | None = None, host: str = "127.0.0.1") -> None:
        self.path = path or find_chromium()
        self._host = host
        self._turn = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._browser: Kaleido | None = None
        # How many browsers there have been: one, unless one died.
        self.starts = 0

    @property
    def missing(self) -> str:
        """Why there is neither PDF nor PNG, with the remedy; empty when there is."""
        return "" if self.path else f"服务器未安装Chromium，无法生成PDF和图片。安装：{INSTALL}"

    def run(
        self,
        job: Callable[[Kaleido], Coroutine[Any, Any, T]],
        still_wanted: Callable[[], None] = lambda: None,
    ) -> T:
        """What the job makes of the browser. Raises ExportFailed; whatever ``still_wanted`` raises ends the job."""
        if self.missing:
            raise ExportFailed(self.missing)
        with self._turn:
            future = asyncio.run_coroutine_threadsafe(self._once_more(job), self._running_loop())
            try:
                return _wait(future, still_wanted)
            except BaseException:
                future.cancel()
                raise

    def close(self) -> None:
        """End the browser and its thread; it may be used again afterwards."""
        with self._turn:
            loop, self._loop = self._loop, None
            if loop is None:
                return
            asyncio.run_coroutine_threadsafe(self._drop(), loop).result(timeout=_START_S)
            loop.call_soon_threadsafe(loop.stop)
            if self._thread is not None:
                self._thread.join(_START_S)
            loop.close()

    async def _once_more(self, job: Callable[[Kaleido], Coroutine[Any, Any, T]]) -> T:
        """A browser that died since its last use is noticed by using it: then a new one gets the job."""
        try:
            return await self._try(job)
        except _Died as death:
            LOG.warning("the browser died (%s); starting another", death.__cause__)
        try:
            return await self._try(job)
        except _Died as death:
            raise ExportFailed("服务器的浏览器意外退出，请重新导出") from death

    async def _try(self, job: Callable[[Kaleido], Coroutine[Any, Any, T]]) -> T:
        from choreographer.errors import BrowserClosedError, ChannelClosedError

        try:
            return await asyncio.wait_for(job(await self._open()), PATIENCE_S)
        except (BrowserClosedError, ChannelClosedError, BrokenPipeError) as error:
            await self._drop()
            raise _Died from error
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # Nobody cancelled us: the answers we waited for were, because the browser is gone.
            await self._drop()
            raise _Died from error
        except TimeoutError as error:
            await self._drop()
            raise ExportFailed(f"浏览器{PATIENCE_S}秒内没有完成，请重新导出") from error

    async def _open(self) -> Kaleido:
        if self._browser is not None and self._browser.subprocess.poll() is None:
            return self._browser
        await self._drop()
        browser = _new_browser(str(self.path), self._host)
        try:
            await asyncio.wait_for(browser.open(), _START_S)
        except Exception as error:
            with suppress(Exception):
                await browser.close()
            raise ExportFailed(
                f"服务器的浏览器无法启动（{type(error).__name__}），请联系系统管理员"
            ) from error
        self.starts += 1
        self._browser = browser
        return browser

    async def _drop(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            with suppress(Exception):
                await asyncio.wait_for(browser.close(), _START_S)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="chromium", daemon=True)
            self._thread.start()
        return self._loop


def _wait(future: Future[T], still_wanted: Callable[[], None]) -> T:
    while True:
        try:
            return future.result(timeout=_LOOK_S)
        except Waiting:
            if future.done():
                raise
            still_wanted()


def _new_browser(path: str, host: str) -> Kaleido:
    # Half a second and a pool of processes: only who exports pays for it.
    from choreographer.browsers import Chromium as Plain
    from kaleido import Kaleido

    class Enclosed(Plain):
        """Chromium that reaches this machine only."""

        def get_cli(self) -> list[str]:
            return [word for word in super().get_cli() if word not in _UNWANTED] + [_NOWHERE.format(host)]

    return Kaleido(n=1, mathjax=False, timeout=PATIENCE_S, path=path, browser_cls=Enclosed)


async def evaluate(tab: Any, expression: str) -> Any:
    """The value of a JavaScript expression in a tab, promises awaited. Raises ExportFailed when it throws."""
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    answer = await command(tab, "Runtime.evaluate", **asked)
    if "exceptionDetails" in answer:
        thrown = answer["exceptionDetails"]
        said = thrown.get("exception", {}).get("description") or thrown.get("text", "")
        raise ExportFailed(f"页面脚本出错：{said.splitlines()[0][:120]}")
    return answer["result"].get("value")


async def command(target: Any, name: str, /, **params: Any) -> dict[str, Any]:
    """The result of one command of the DevTools protocol. Raises ExportFailed when it is refused."""
    answer: dict[str, Any] = await target.send_command(name, params=params)
    if "error" in answer:
        raise ExportFailed(f"浏览器拒绝了{name}：{answer['error'].get('message', '')[:80]}")
    result: dict[str, Any] = answer["result"]
    return result
