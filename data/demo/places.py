"""Where organisations stand: scattered round the centre of their town, branches of a village close together."""

from __future__ import annotations

import numpy as np

from data.demo.timeline import Array
from data.demo.tree import Tree


def around_centres(tree: Tree, rng: np.random.Generator) -> tuple[Array, Array]:
    """Longitude and latitude of every organisation, in order of ``tree.orgs``; groups get their branch's."""
    towns = [d for d in tree.divisions if d.lng is not None]
    centre = np.array([[d.lng, d.lat] for d in towns], dtype=float)
    gap = np.linalg.norm(centre[:, None] - centre[None], axis=2) + np.eye(len(towns)) * 9
    radius = dict(zip((d.division_id for d in towns), np.minimum(gap.min(axis=1) * 0.42, 0.03), strict=True))
    home = {d.division_id: c for d, c in zip(towns, centre, strict=True)}
    city = np.median(centre, axis=0)
    points: dict[int, Array] = {}
    for d in tree.divisions:
        if d.parent in home:
            points[d.division_id] = home[d.parent] + rng.uniform(-1, 1, 2) * radius[d.parent]
    found = np.empty((len(tree.orgs), 2))
    for n, org in enumerate(tree.orgs):
        if org.org_type == "party_group":
            found[n] = found[org.parent - 1]
        elif org.division in points:
            found[n] = points[org.division] + rng.normal(0, 0.0012, 2)
        elif org.town:
            found[n] = home[org.town] + rng.uniform(-1, 1, 2) * radius[org.town]
        else:
            found[n] = city + rng.normal(0, 0.008, 2)
    found = np.round(found, 6)
    return found[:, 0], found[:, 1]
