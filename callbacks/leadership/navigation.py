"""From the address bar to the page, and from a newer version to what of it changed."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any, Protocol, TypeGuard

from dash import Dash, Input, Output, State, no_update, set_props
from dash.development.base_component import Component

from callbacks.leadership.pages import Answer, Pages, digest
from callbacks.picture import version_of
from dashboard.leadership import ids
from dashboard.leadership.address import BASE, AddressInvalid, parse
from dashboard.leadership.parts import Figure
from dashboard.leadership.registry import BY_SLUG, opened_on, pages_of
from data.errors import OutOfScope, ReadModelError
from data.viewer import Viewer
from layouts.leadership import first_sight, render, shell
from layouts.leadership.markup import folded

LOG = logging.getLogger(__name__)
# What a page that cannot be shown leaves of its frame as it was.
_NOTHING_ELSE = (no_update, no_update, no_update, no_update, {"title": "无法显示", "digests": {}})


class Note(Protocol):
    """Adds a line to the audit about what the viewer of this request does."""

    def __call__(
        self,
        action: str,
        *,
        page: str = ...,
        org_id: int | None = ...,
        subject: str = ...,
        reason: str = ...,
        outcome: str = ...,
    ) -> None: ...


def register(app: Dash, pages: Pages, viewer: Callable[[], Viewer], note: Note) -> None:
    """Wire navigation and refresh."""

    @app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.LATER, "data"),
        Output(ids.MENU, "children"),
        Output(ids.CRUMBS, "children"),
        Output(ids.TOOLS, "children"),
        Output(ids.SHOWN, "data"),
        Input(ids.WHERE, "pathname"),
        Input(ids.WHERE, "search"),
    )
    def show(path: str, search: str | None) -> tuple[Any, ...]:
        who = viewer()
        try:
            answer = pages.answer(parse(path, search or ""), who)
        except (AddressInvalid, OutOfScope, ReadModelError) as problem:
            note("page", page=str(path)[:80], outcome="refused")
            return refusal(problem), *_NOTHING_ELSE
        except Exception:
            LOG.exception("page %s%s", path, search or "")
            note("page", page=str(path)[:80], outcome="failed")
            return broken(), *_NOTHING_ELSE
        note("page", page=answer.page.slug, org_id=answer.place.org_id)
        return _whole(answer, who)

    _register_refresh(app, pages, viewer)


def _whole(answer: Answer, who: Viewer) -> tuple[Any, ...]:
    """Page, what follows it, and its frame, in the order of the outputs."""
    below = first_sight.below(answer.parts)
    homes = {place.org_id: opened_on(place, who) for place in answer.path}
    return (
        folded(render.page(answer.parts, answer.month, below)),
        _later(answer, below),
        folded(shell.menu(pages_of(who), answer.page, answer.address, who.name, who.role)),
        folded(shell.crumbs(answer.path, answer.address, homes)),
        folded(shell.tools(answer.address, answer.month, answer.months, answer.version.open_month)),
        shown(answer),
    )


def _register_refresh(app: Dash, pages: Pages, viewer: Callable[[], Viewer]) -> None:
    @app.callback(
        Output(ids.SHOWN, "data", allow_duplicate=True),
        Input(ids.VERSION, "data"),
        State(ids.WHERE, "pathname"),
        State(ids.WHERE, "search"),
        State(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def refresh(version: str, path: str, search: str | None, before: dict[str, Any] | None) -> Any:
        if not is_shown(before) or before.get("version") in (version, None) or not _is_refreshed(path):
            return no_update
        try:
            answer = pages.answer(parse(path, search or ""), viewer())
        except (AddressInvalid, OutOfScope, ReadModelError) as problem:
            LOG.warning("no refresh of %s: %s", path, problem)
            return no_update
        return repaint(answer, before)


def _later(answer: Answer, below: frozenset[str]) -> dict[str, Any]:
    """Cards that follow the page, in their order; the browser makes them once it has painted what is seen first."""
    cards = [render.anew(part, answer.month) for part in answer.parts if part.slug in below]
    return {"n": uuid.uuid4().hex, "cards": [{"id": card} | made for card, made in cards]}


def repaint(answer: Answer, before: dict[str, Any]) -> dict[str, Any]:
    """Set what an answer says differently from the page of the same address; what the page shows then."""
    now = shown(answer)
    if list(now["digests"]) != list(before["digests"]):
        set_props(ids.PAGE, {"children": render.page(answer.parts, answer.month)})
        return now
    for part in answer.parts:
        old, new = (str(page["digests"][part.slug]) for page in (before, now))
        if old.partition(":")[0] != new.partition(":")[0]:
            card, made = render.anew(part, answer.month)
            set_props(card, made)
        elif old != new:
            for component, properties in render.changes(part, answer.month):
                set_props(component, properties)
    return now


def _is_refreshed(path: str) -> bool:
    """Whether a newer version repaints the page: each look at persons or evidence is on record, none comes unasked."""
    page = BY_SLUG.get(str(path).removeprefix(BASE).strip("/"))
    return page is None or page.refreshed


def is_shown(before: object) -> TypeGuard[dict[str, Any]]:
    """Whether this is what a browser remembers of a page: `shown`, as far as it is read again."""
    return isinstance(before, dict) and isinstance(before.get("digests"), dict)


def shown(answer: Answer) -> dict[str, Any]:
    """What the browser remembers of a page: its version, and what each part says."""
    return {
        "title": answer.title,
        "version": version_of(answer.version),
        "digests": {part.slug: f"{render.shape(part)}:{digest(part)}" for part in answer.parts},
        "exports": _taken_away(answer),
    }


def _taken_away(answer: Answer) -> dict[str, Any]:
    """What the export menu offers of this page; nothing of one about persons."""
    if not answer.page.exports:
        return {}
    drawn = [part for part in answer.parts if isinstance(part, Figure) and part.figure is not None]
    return {"figures": {part.slug: part.title for part in drawn}, "branch": answer.place.is_branch}


def refusal(problem: Exception) -> list[Component]:
    """Why a page cannot be shown; what exists and is forbidden looks like what does not exist."""
    if isinstance(problem, AddressInvalid):
        return shell.refused("这个地址打不开", [f"“{problem.value}”：{problem.expected}。"])
    if isinstance(problem, OutOfScope):
        return shell.refused(
            "没有这一页",
            ["这个组织或页面不存在，或不在您的查看范围内。", "如需扩大范围，请联系区委组织部的系统管理员。"],
        )
    return shell.refused("暂时读不到数据", ["读模型没有应答，页面会自动重试；也可稍后刷新。"])


def broken() -> list[Component]:
    """A page that failed; what happened is in the log and not on the screen."""
    return shell.refused(
        "这一页没有生成", ["程序出错，已记入服务器日志；其他页面不受影响。", "请稍后再试，或联系系统管理员。"]
    )
