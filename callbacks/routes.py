"""Plain routes around the Dash page: where a screen lives, immutable files, security headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.assets_served import served_files
from dashboard.scenes import Scene
from dashboard.wall_profile import wall_names
from layouts.page import plain_page

# Screens that are named in the architecture and not switched on yet.
LEADERSHIP, KIOSK = "/leadership", "/kiosk"
NOT_YET = (LEADERSHIP, KIOSK)
_OWN = (
    "/_",
    "/assets/",
    "/api/",
    "/immutable/",
    "/healthz",
    "/readyz",
    "/trace",
    "/enrol",
    "/device/",
    "/director",
)

# Styles need 'unsafe-inline': Plotly and React write style attributes.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' {}; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


def register(
    server: Flask,
    script_hashes: Callable[[], list[str]],
    scenes: Sequence[Scene],
    *,
    has_leadership: bool = False,
    kiosk: Sequence[str] = (),
) -> None:
    """Add the routes and the headers; ``script_hashes`` is asked once the page's inline scripts are known.

    ``kiosk``: addresses of its pages, none without one.
    """
    if kiosk:
        _register_kiosk(server, kiosk)
    _register_screens(server, scenes, has_leadership=has_leadership, has_kiosk=bool(kiosk))
    _register_immutable(server)

    @server.after_request
    def headers(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = _POLICY.format(" ".join(script_hashes()))
            response.headers["Cache-Control"] = "no-cache"
        # The layout is asked for without the page's query; the referrer carries the wall's name.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _register_kiosk(server: Flask, pages: Sequence[str]) -> None:
    """A visitor must never stand before a page without a way home: unknown addresses lead to the first page."""

    @server.before_request
    def only_known_pages() -> AnyResponse | None:
        path = request.path
        is_page = not path.startswith((f"{KIOSK}/_", f"{KIOSK}/assets/")) and "." not in path
        unknown = path.startswith(f"{KIOSK}/") and is_page and path not in pages
        return redirect(f"{KIOSK}/") if path == KIOSK or unknown else None


def _register_screens(
    server: Flask, scenes: Sequence[Scene], *, has_leadership: bool, has_kiosk: bool
) -> None:
    @server.before_request
    def only_known_screens() -> AnyResponse | None:
        path = request.path
        if has_kiosk and path.startswith(f"{KIOSK}/"):
            return None
        if path == "/":
            return redirect("/wall")
        if path == "/wall":
            return _known_wall() or _known_scene(scenes)
        if has_leadership and (path == LEADERSHIP or path.startswith(f"{LEADERSHIP}/")):
            return redirect(f"{LEADERSHIP}/") if path == LEADERSHIP else None
        if path in NOT_YET:
            return _page("尚未启用", ["这一屏尚未启用。大屏在 /wall"], 404)
        # Dash answers any path: what is not ours and has no route of its own is no page.
        rule = request.url_rule
        if not path.startswith(_OWN) and (rule is None or rule.arguments):
            return _page("没有这一页", ["大屏在 /wall"], 404)
        return None


def _known_wall() -> Response | None:
    name = request.args.get("wall")
    if name is None or name in wall_names():
        return None
    return _page(
        "没有这种屏幕规格",
        [
            f"地址中的规格“{name[:40]}”不存在。",
            "可用规格：" + "、".join(wall_names()),
            "例：/wall?wall=3840x1280",
        ],
        404,
    )


def _known_scene(scenes: Sequence[Scene]) -> Response | None:
    name = request.args.get("scene")
    if name is None or name in [scene.slug for scene in scenes]:
        return None
    return _page(
        "没有这一幕",
        [
            f"地址中的场景“{name[:40]}”在本模式下不存在。",
            "可用场景：" + "、".join(f"{scene.title} {scene.slug}" for scene in scenes),
            f"例：/wall?scene={scenes[0].slug}",
        ],
        404,
    )


def _page(title: str, lines: list[str], status: int) -> Response:
    return Response(plain_page(title, lines), status=status, mimetype="text/html")


def _register_immutable(server: Flask) -> None:
    @server.get("/immutable/<digest>/<name>")
    def immutable(digest: str, name: str) -> Response:
        file = served_files().get(f"/immutable/{digest}/{name}")
        if file is None:
            return Response("unknown file", status=404, mimetype="text/plain")
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        response = Response(file.gzipped if zipped else file.content, mimetype=file.mimetype)
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
