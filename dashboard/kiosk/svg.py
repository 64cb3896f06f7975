"""Writing SVG: an element with its attributes, a path of rings."""

from __future__ import annotations

from html import escape

from shapely.geometry.base import BaseGeometry

from geo.projection import MapProjection, rings


def tag(name: str, *children: str, **attributes: object) -> str:
    """An element; underscores of attribute names become hyphens, None leaves one out. Children are SVG already."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>"


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """Words at a place; the words are escaped."""
    return tag("text", escape(words), x=x, y=y, **attributes)


def path_of(area: BaseGeometry, projection: MapProjection) -> str:
    """The ``d`` of an area in pixels."""
    xs, ys = rings(area, projection)
    parts, begin = [], True
    for x, y in zip(xs, ys, strict=True):
        if x is None or y is None:
            begin = True
            continue
        parts.append(f"{'M' if begin else 'L'}{x:g} {y:g}")
        begin = False
    return "".join(parts)


def drawing(width: float, height: float, *children: str, label: str) -> str:
    """A picture that fills its place and keeps its proportions."""
    return tag(
        "svg",
        *children,
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_label=label,
        preserveAspectRatio="xMidYMid meet",
    )


def _value(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
