"""Taking away: orders from the export menu, how far they are, cancelling, the finished file to its owner only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from flask import Flask, Response, send_file
from werkzeug.wrappers import Response as AnyResponse

from dashboard.leadership import ids
from dashboard.leadership.address import Address, AddressInvalid
from dashboard.leadership.export.chromium import Chromium
from dashboard.leadership.export.documents import may_take
from dashboard.leadership.export.makers import KINDS, address_of, suffix_of
from dashboard.leadership.export.worker import Worker
from dashboard.leadership.registry import BY_SLUG
from data.errors import AccountsUnreachable, ExportRefused
from data.exports.jobs import Job, Jobs, Order
from data.storable import storable
from data.viewer import Viewer
from layouts.leadership import export_menu
from layouts.leadership.export_menu import PATH, Takeable
from layouts.page import plain_page

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_NO_ANSWER = "暂时无法导出：账户库没有应答，请稍后再试"
_PRINTED = ("pdf", "png")


class Note(Protocol):
    """Adds a line to the audit about the viewer of this request."""

    def __call__(
        self,
        action: str,
        *,
        page: str = "",
        org_id: int | None = None,
        subject: str = "",
        outcome: str = "ok",
    ) -> None:
        """Raises AccountsUnreachable."""


@dataclass(frozen=True)
class Exports:
    """Queue, worker and browser of one web server."""

    jobs: Jobs
    worker: Worker
    chromium: Chromium


def register(app: Dash, server: Flask, exports: Exports, viewer: Callable[[], Viewer], note: Note) -> None:
    """Wire the menu and the download."""
    _register_entries(app, exports, viewer)
    _register_orders(app, exports, viewer, note)
    _register_acts(app, exports, viewer, note)
    _register_progress(app, exports, viewer)
    _register_download(server, exports, viewer, note)


def ordered(exports: Exports, who: Viewer, order: Order) -> Job:
    """Put an order of a viewer into the queue. Raises ExportRefused, AddressInvalid, AccountsUnreachable."""
    address = address_of(order.address)
    if order.kind not in KINDS:
        raise ExportRefused("没有这种导出")
    if not _taken_away(address):
        raise ExportRefused("本页涉及党员个人，只供查看，不导出")
    if exports.chromium.missing and order.kind.endswith(_PRINTED):
        raise ExportRefused(exports.chromium.missing)
    title, part = storable(order.title)[:200], storable(order.part)[:80]
    job = exports.jobs.add(who, Order(order.kind, address.url, title, part))
    exports.worker.wake()
    return job


def _taken_away(address: Address) -> bool:
    page = BY_SLUG.get(address.page)
    return page is None or page.exports


def _register_entries(app: Dash, exports: Exports, viewer: Callable[[], Viewer]) -> None:
    @app.callback(Output(ids.EXPORT_ENTRIES, "children"), Input(ids.SHOWN, "data"))
    def offered(shown: dict[str, Any] | None) -> Any:
        if not shown:
            return no_update
        page = _offer(shown)
        return export_menu.entries(
            Takeable(
                page=bool(page),
                figures=page.get("figures", {}),
                is_branch=bool(page.get("branch")) and may_take("branch", viewer()),
                is_of_district=viewer().is_of_district and may_take("quarter", viewer()),
                missing=exports.chromium.missing,
            )
        )


def _told() -> tuple[Output, Output]:
    """What every order says, and whether it is asked from now on how far the files are."""
    return (
        Output(ids.EXPORT_TOAST, "children", allow_duplicate=True),
        Output(ids.EXPORT_ASK, "disabled", allow_duplicate=True),
    )


def _register_orders(app: Dash, exports: Exports, viewer: Callable[[], Viewer], note: Note) -> None:
    @app.callback(
        *_told(),
        Output(ids.EXPORT_OPEN, "data", allow_duplicate=True),
        Input(ids.export(ALL, ALL), "n_clicks"),
        State(ids.EXPORT_OPEN, "data"),
        State(ids.WHERE, "pathname"),
        State(ids.WHERE, "search"),
        State(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def order(
        _: list[int | None],
        still: list[str] | None,
        path: str,
        search: str | None,
        shown: dict[str, Any] | None,
    ) -> Any:
        asked = ctx.triggered_id
        if not isinstance(asked, dict) or not ctx.triggered[0]["value"]:
            return no_update, no_update, no_update
        kind, part = str(asked.get("export")), str(asked.get("part"))
        named = _named(shown, part)
        try:
            job = ordered(exports, viewer(), Order(kind, f"{path}{search or ''}", named, part))
            _note_order(note, job)
        except (ExportRefused, AddressInvalid) as problem:
            note("export", page=str(path)[:64], subject=kind, outcome="refused")
            return export_menu.word(_why(problem), failed=True), no_update, no_update
        except AccountsUnreachable:
            return export_menu.word(_NO_ANSWER, failed=True), no_update, no_update
        # A file that is ready before anybody asks how far it is must be told of as well.
        waiting = still if isinstance(still, list) else []
        return export_menu.word(f"已开始导出“{named}”，可以继续浏览"), False, [*waiting, job.id]


def _register_acts(app: Dash, exports: Exports, viewer: Callable[[], Viewer], note: Note) -> None:
    @app.callback(*_told(), Input(ids.export_act(ALL, ALL), "n_clicks"), prevent_initial_call=True)
    def act(_: list[int | None]) -> Any:
        asked = ctx.triggered_id
        if not isinstance(asked, dict) or not ctx.triggered[0]["value"]:
            return no_update, no_update
        try:
            if asked.get("do") == "cancel":
                exports.jobs.cancel(viewer(), str(asked.get("job")))
            elif (job := exports.jobs.again(viewer(), str(asked.get("job")))) is not None:
                _note_order(note, job)
                exports.worker.wake()
        except ExportRefused as refusal:
            return export_menu.word(refusal.reason, failed=True), no_update
        except AccountsUnreachable:
            return export_menu.word(_NO_ANSWER, failed=True), no_update
        return no_update, False


def _note_order(note: Note, job: Job) -> None:
    address = address_of(job.address)
    note("export", page=address.page, org_id=address.org, subject=job.kind)


def _offer(shown: object) -> dict[str, Any]:
    """What the page at hand said that it offers; a browser may have changed it."""
    offer = shown.get("exports") if isinstance(shown, dict) else None
    figures = offer.get("figures", {}) if isinstance(offer, dict) else None
    return offer if isinstance(offer, dict) and isinstance(figures, dict) else {}


def _named(shown: object, part: str) -> str:
    """What a file of a page, or of a part of it, is called."""
    title = str(shown.get("title", "")) if isinstance(shown, dict) else ""
    figures = _offer(shown).get("figures", {})
    return f"{title} {figures[part]}" if part in figures else title


def _why(problem: ExportRefused | AddressInvalid) -> str:
    return problem.reason if isinstance(problem, ExportRefused) else f"这个地址打不开：{problem.expected}"


def _register_progress(app: Dash, exports: Exports, viewer: Callable[[], Viewer]) -> None:
    @app.callback(
        Output(ids.EXPORT_JOBS, "children"),
        Output(ids.EXPORT_TOAST, "children"),
        Output(ids.EXPORT_OPEN, "data"),
        Output(ids.EXPORT_ASK, "disabled"),
        Input(ids.EXPORT_ASK, "n_intervals"),
        State(ids.EXPORT_OPEN, "data"),
    )
    def progress(_: int | None, was_open: list[str] | None) -> Any:
        try:
            jobs = exports.jobs.of(viewer())
        except AccountsUnreachable:
            return no_update, export_menu.word(_NO_ANSWER, failed=True), no_update, no_update
        still = [job.id for job in jobs if job.is_open]
        if still:
            # Jobs that a former life of the server left waiting are taken up by whoever looks at them.
            exports.worker.wake()
        waited = was_open if isinstance(was_open, list) else []
        ended = [job for job in jobs if job.id in waited and not job.is_open]
        told = export_menu.toast(ended) if ended else no_update
        return export_menu.job_list(jobs), told, still, not still


def _register_download(server: Flask, exports: Exports, viewer: Callable[[], Viewer], note: Note) -> None:
    @server.get(f"{PATH}<job_id>")
    def download(job_id: str) -> AnyResponse:
        job = exports.jobs.one(viewer(), job_id)
        file = exports.worker.file(job) if job is not None else None
        if job is None or file is None:
            lines = ["文件保留24小时，只有导出的人可以下载；请在原页面重新导出。"]
            return Response(plain_page("没有这个文件", lines), status=404, mimetype="text/html")
        address = address_of(job.address)
        note("download", page=address.page, org_id=address.org, subject=job.kind)
        name = f"{_UNSAFE.sub('_', job.title)}_{job.created_at:%Y%m%d_%H%M}.{suffix_of(job.kind)}"
        return send_file(file.resolve(), as_attachment=True, download_name=name, max_age=0)
