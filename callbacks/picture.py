"""A whole picture of one version: every panel loaded, drawn and turned into JSON once, then cached."""

from __future__ import annotations

import hashlib
import json
import logging
import pickle
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from plotly.io.json import to_json_plotly

from callbacks.views import Views, ViewSource
from dashboard.focus import focus_at
from dashboard.ids import PARTS, Part
from dashboard.panels import BY_SLUG, Panel
from dashboard.theme import Theme
from dashboard.version_state import Limits, Truth, truth_of
from data.clock import SHANGHAI, Clock
from data.errors import DocumentWithdrawn
from data.readmodel.reader import Version
from data.scope import Scope
from layouts.frame import withdrawn
from layouts.panels import layer_of

LOG = logging.getLogger(__name__)


class Cache(Protocol):
    """What the picture needs of Flask-Caching."""

    def get(self, key: str) -> Any:
        """The stored value or None."""

    def set(self, key: str, value: Any, timeout: int | None = None) -> bool | None:
        """Store a value; 0 seconds never expires."""


@dataclass(frozen=True)
class DrawnPanel:
    """One panel as the browser gets it: parts as JSON values with their digests."""

    parts: dict[Part, Any]
    digests: dict[Part, str]

    @property
    def digests_text(self) -> str:
        """The digests in the order of PARTS, as the browser keeps them."""
        return " ".join(self.digests[part] for part in PARTS)


@dataclass(frozen=True)
class Picture:
    """Panels of one version; a panel that could not be drawn is None."""

    version: Version
    truth: Truth
    walk: tuple[int, ...]
    focus: int | None
    panels: Mapping[str, DrawnPanel | None]

    def state_of(self, slug: str) -> str:
        """What `data-state` of a panel says."""
        return "error" if self.panels[slug] is None else self.truth.state

    @property
    def as_of(self) -> str:
        """ISO time (Asia/Shanghai) of the newest source row, empty when the source is empty."""
        return self.version.as_of.isoformat() if self.version.as_of else ""


@dataclass
class Pictures:
    """Draws pictures; each panel once per version, wall, scope and focus, however many viewers ask."""

    source: ViewSource
    cache: Cache
    clock: Clock
    limits: Limits
    build: str

    def __post_init__(self) -> None:
        # One lock per panel: a slow one keeps nobody from the others.
        self._drawing: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def picture(
        self,
        theme: Theme,
        scope: Scope,
        slugs: Sequence[str],
        focus: int | Literal["now"] | None = "now",
        org: int | None = None,
    ) -> Picture:
        """These panels of the newest version; ``org`` is an organisation in focus. Raises ReadModelUnreachable."""
        now = self.clock()
        with self.source.open() as views:
            walk = views.walk()
            if focus == "now" or focus not in walk:
                focus = focus_at(now.replace(tzinfo=SHANGHAI).timestamp(), walk)
            seen = scope.with_focus(focus, org)
            panels = {slug: self._panel(BY_SLUG[slug], views, theme, seen) for slug in slugs}
            truth = truth_of(views.version, views.feed, now, self.limits)
            return Picture(views.version, truth, walk, focus, panels)

    def _panel(self, panel: Panel, views: Views, theme: Theme, scope: Scope) -> DrawnPanel | None:
        scope = scope if panel.follows_focus else scope.with_focus(None)
        key = self._key(panel, theme, version_of(views.version), self.clock().date(), scope)
        with self._drawing[panel.slug]:
            drawn: DrawnPanel | None = self.cache.get(key)
            return drawn if drawn is not None else self._loaded(panel, views, theme, scope, key)

    def _loaded(self, panel: Panel, views: Views, theme: Theme, scope: Scope, key: str) -> DrawnPanel | None:
        try:
            drawn = self._drawn(panel, views.view(panel, scope), theme)
        except DocumentWithdrawn as error:
            LOG.warning("panel %s: %s", panel.slug, error)
            drawn = _of_parts(withdrawn(panel.title))
        except Exception:
            LOG.exception("panel %s failed: version %s, %s", panel.slug, views.version.number, scope)
            return None
        self.cache.set(key, drawn, timeout=0)
        return drawn

    def _drawn(self, panel: Panel, view: Any, theme: Theme) -> DrawnPanel:
        """A view drawn; most versions leave most views as they were, and those are not drawn again."""
        key = self._key(panel, theme, "view", hashlib.sha1(pickle.dumps(view)).hexdigest())
        drawn: DrawnPanel | None = self.cache.get(key)
        if drawn is None:
            drawn = draw_panel(panel, view, theme)
            self.cache.set(key, drawn, timeout=0)
        return drawn

    def _key(self, panel: Panel, theme: Theme, *rest: object) -> str:
        """Cache key: program, district, wall and panel, and what else the drawn panel depends on."""
        parts = (self.build, theme.profile.digest, theme.wall.name, panel.slug, *rest)
        return "|".join(str(part) for part in parts)


def draw_panel(panel: Panel, view: Any, theme: Theme) -> DrawnPanel:
    """Draw a view and serialise what the browser gets of it."""
    layer = layer_of(panel.module)
    titled = getattr(layer, "title", None)
    return _of_parts(
        {
            "figure": panel.draw(view, theme),
            "body": layer.body(view, theme),
            "note": layer.note(view, theme),
            "title": titled(view, theme) if titled else panel.title,
        }
    )


def _of_parts(parts: dict[Part, Any]) -> DrawnPanel:
    texts = {name: to_json_plotly(parts[name]) for name in PARTS}
    return DrawnPanel(
        parts={name: json.loads(text) for name, text in texts.items()},
        digests={name: hashlib.sha1(text.encode()).hexdigest()[:10] for name, text in texts.items()},
    )


def version_of(version: Version) -> str:
    """What names a version for ever: a rebuilt read model counts from 1 again."""
    edition = f"|{version.edition}" if version.edition else ""
    return f"{version.number}|{version.published_at.isoformat()}{edition}"
