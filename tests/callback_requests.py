"""Requests to callbacks as a browser sends them, honest or forged."""

from __future__ import annotations

import json
from typing import Any

Dependency = dict[str, Any]


def dependencies(client: Any, prefix: str = "/leadership/") -> list[Dependency]:
    """Every callback the server answers, as it tells the browser."""
    told = client.get(f"{prefix}_dash-dependencies").json
    return [one for one in told if one.get("clientside_function") is None]


def request_of(dependency: Dependency, given: dict[str, Any]) -> dict[str, Any]:
    """A request for one callback: ``path`` and ``search`` of the address, ``any`` for every other value (of one
    component: its id and property), ``ids`` for names of components in patterns."""
    inputs = [_value(one, given) for one in dependency["inputs"]]
    first = inputs[0][0] if isinstance(inputs[0], list) else inputs[0]
    named = first["id"]
    if isinstance(named, dict):
        named = json.dumps(named, sort_keys=True, separators=(",", ":"))
    return {
        "output": dependency["output"],
        "outputs": _outputs(dependency, given),
        "inputs": inputs,
        "state": [_value(one, given) for one in dependency["state"]],
        "changedPropIds": [f"{named}.{first['property']}"],
    }


def _value(dependency: Dependency, given: dict[str, Any]) -> Any:
    """One input or state of a request; for a pattern, one component of it."""
    name = dependency["id"]
    if name.startswith("{"):
        shape = _component(name, given)
        return [{"id": shape, "property": dependency["property"], "value": given.get("any")}]
    known = {"where.pathname": given.get("path"), "where.search": given.get("search"), **given}
    at = f"{name}.{dependency['property']}"
    return {"id": name, "property": dependency["property"], "value": known.get(at, given.get("any"))}


def _outputs(dependency: Dependency, given: dict[str, Any]) -> Any:
    """What a browser says it will change: without it Dash fails before the callback is reached."""
    found = []
    for one in dependency["output"].removeprefix("..").removesuffix("..").split("..."):
        name, _, prop = one.rpartition(".")
        found.append({"id": _component(name, given) if name.startswith("{") else name, "property": prop})
    return found if dependency["output"].startswith("..") else found[0]


def _component(pattern: str, given: dict[str, Any]) -> dict[str, Any]:
    """One component of a pattern; Dash itself refuses ids that do not have its keys."""
    names = given.get("ids", {})
    shape = json.loads(pattern)
    return {key: names.get(key, "x") if isinstance(part, list) else part for key, part in shape.items()}
