"""A visitor asks everything: every route and callback of the screens without a login, ten thousand times, over a
district in which every name says whose it is. Nothing personal, nothing hidden, no light by name comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from argon2 import PasswordHasher

from dashboard.leadership.export.worker import Worker
from dashboard.profile import load_profile
from data.accounts import passwords
from data.contract import METADATA
from data.devices.device import Devices
from tests.browser.served_wall import TrialSettings
from tests.marked_district import ORGANISATION, Marked, marked
from tests.visitor_requests import Visitor, crawl
from tests.visitors_district import LIGHT_WORDS, Told, hide_half, texts_of


@dataclass(frozen=True)
class Case:
    """A server and who visits it: a guest, or a wall that was let in for visitors."""

    wall: TrialSettings
    requests: int
    is_device: bool = False


# A server pinned to visitors; one that shows internal walls as well, of which a visitor gets nothing; one of internal
# walls among which one stands in the hall.
CASES = {
    "reception": Case(TrialSettings(), 10_000),
    "both": Case(TrialSettings(wall_mode=None), 2_000),
    "device": Case(TrialSettings(wall_mode="wall_internal", devices="enrolled"), 2_000, is_device=True),
}
# Words of one line, not of a whole panel: a panel may tell how many warnings were put right.
ONE_LINE = 300
DASH = re.compile(r"_dash-|\.\.")


@pytest.fixture(scope="module", params=list(CASES))
def tried(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[Marked, Case]]:
    """The application and how it is visited."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worker, "wake", lambda self: None)
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        folder = tmp_path_factory.mktemp("visitors")
        case = CASES[request.param]
        for district in marked(folder, 12, alter=hide_half, wall=case.wall):
            yield district, case


def let_in(district: Marked, client: Any) -> None:
    """Make this browser a wall for visitors, as an operator does by the code it shows."""
    assert "◆" not in client.get("/wall").text
    devices = Devices(district.accounts)
    (waiting,) = devices.waiting(district.district.now)
    devices.enrol(waiting.code, "大厅", "reception", district.district.now, "operator")


def personal_fields() -> set[str]:
    """Names of personal columns as JSON writes them, those that are no common words."""
    columns = [column for table in METADATA.tables.values() for column in table.columns]
    names = {column.name for column in columns if column.info.get("personal") in ("P1", "P2")}
    return {f'"{name}"' for name in names if "_" in name}


def lights_by_name(text: str) -> list[str]:
    """Components that name an organisation and speak of a light in one line."""
    if not (ORGANISATION.search(text) and LIGHT_WORDS.search(text)):
        return []
    try:
        tree = json.loads(text)
    except json.JSONDecodeError:
        return []
    return [line for line in lines(tree) if ORGANISATION.search(line) and LIGHT_WORDS.search(line)]


def lines(tree: Any) -> Iterator[str]:
    """The words of every component that holds no more than a line."""
    if isinstance(tree, dict) and "props" in tree:
        words = texts_of(tree["props"])
        if len(words) <= ONE_LINE:
            yield words
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from lines(part)


def test_ten_thousand_requests_of_a_visitor_bring_nothing_that_is_not_for_visitors(
    tried: tuple[Marked, Case],
) -> None:
    district, case = tried
    told, forbidden = Told.of(district.district), personal_fields()
    named: set[str] = set()

    def complaints(_: str, text: str) -> list[str]:
        named.update(ORGANISATION.findall(text))
        fields = [field for field in forbidden if field in text]
        return told.complaints(text) + fields + lights_by_name(text)

    client = district.client(None)
    if case.is_device:
        let_in(district, client)
    visitor = Visitor(district.app.server, client, 20190701, load_profile("haishu"))
    assert not crawl(visitor, case.requests, complaints)
    assert {int(one) for one in named} <= told.organisations
    assert len(named) > 3, "the crawl saw no organisation at all: it sees nothing"
    asked = {name.rsplit(" ", 1)[0] for name in visitor.answered}
    assert {rule.rule for rule in visitor.rules} <= asked, "a route was not tried"
    for prefix, dependency in visitor.callbacks:
        if not prefix.startswith("/leadership"):
            name = f"{prefix} {dependency['output'][:60]} 200"
            assert visitor.answered[name] > 50, "a callback of a screen hardly ever answered"
    # Dash answers forged callbacks and unknown packages with an error; an address of our own never ends in one.
    assert not [name for name in visitor.answered if name.endswith(" 500") and not DASH.search(name)]
