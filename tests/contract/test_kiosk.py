"""The kiosk as a server answers it: every page whole, no way out, nothing to write into, the state of its store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from dash import html
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.kiosk.screens import Screens
from commands.publishing import visitors_documents
from dashboard.kiosk.registry import BASE, PAGES
from dashboard.profile import available_districts, load_profile
from data.public.publisher import Publisher
from data.public.reader import open_public
from data.public.schema import documents
from layouts.kiosk.markup import markup
from layouts.kiosk.pages import body_of
from tests.browser.served_wall import TrialSettings
from tests.kiosk_rows import add_public_rows
from tests.public_store import public_of
from tests.readmodel_district import NOW, fill

ASSETS = Path(__file__).parents[2] / "assets_kiosk"
# A visitor writes nothing and leaves by nothing.
NO_WAY_OUT = {
    "a",
    "form",
    "input",
    "textarea",
    "iframe",
    "select",
    "object",
    "embed",
    "link",
    "script",
    "img",
}


@pytest.fixture(scope="module")
def read_model() -> Iterator[sa.Engine]:
    """A district with everything the kiosk shows."""
    found = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    fill(found, branches=60, months=14)
    add_public_rows(found)
    yield found
    found.dispose()


@pytest.fixture(scope="module")
def public(read_model: sa.Engine) -> sa.Engine:
    """What visitors may know of it."""
    return public_of(read_model, load_profile("haishu"), lambda: NOW)


@pytest.fixture(scope="module")
def kiosk(read_model: sa.Engine, public: sa.Engine) -> FlaskClient:
    """A client of a server with a kiosk."""
    app = create_app(
        read_model,
        TrialSettings(),
        load_profile("haishu"),
        lambda: NOW,
        public=public,
        kiosk_place=(121.43, 29.83),
    )
    found: FlaskClient = app.server.test_client()
    return found


class Reading(HTMLParser):
    """Every element of the screen with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def root(client: FlaskClient) -> dict[str, str]:
    """Attributes of the kiosk."""
    found: dict[str, str] = client.get(f"{BASE}_dash-layout").get_json()["props"]
    return found


def screen(client: FlaskClient) -> str:
    """What the kiosk draws."""
    body = client.get(f"{BASE}_dash-layout").get_json()["props"]["children"][0]
    found: str = body["props"]["data-html"]
    return found


def elements(client: FlaskClient) -> list[tuple[str, dict[str, str]]]:
    reading = Reading()
    reading.feed(screen(client))
    return reading.found


def test_the_address_of_every_page_opens_the_kiosk_and_any_other_leads_to_the_first(
    kiosk: FlaskClient,
) -> None:
    for page in PAGES:
        assert kiosk.get(page.address).status_code == 200
    for address in ("/kiosk", "/kiosk/nowhere", "/kiosk/party-map/more"):
        assert kiosk.get(address).headers["Location"] == BASE


def test_every_page_is_in_the_layout_with_a_title_and_without_a_way_out(kiosk: FlaskClient) -> None:
    found = elements(kiosk)
    assert [told["data-page"] for _, told in found if "data-page" in told] == [page.slug for page in PAGES]
    assert not NO_WAY_OUT & {tag for tag, _ in found}
    assert not [told for _, told in found if {"href", "src", "onclick"} & set(told)]


def test_a_page_acts_only_on_what_the_script_knows(kiosk: FlaskClient) -> None:
    script = "".join(file.read_text("utf-8") for file in ASSETS.glob("*.js"))
    known = set(re.findall(r"dataset\.([A-Za-z]+)", script)) | set(
        re.findall(r'"([a-zA-Z]+)" in target\.dataset', script)
    )
    known |= {_camel(name) for name in re.findall(r"\[data-([a-z-]+)", script)}
    told = {"measure", "value", "panel", "asOf", "town", "build", "digest"}
    found = {name for _, told_of in elements(kiosk) for name in told_of if name.startswith("data-")}
    found |= {name for name in root(kiosk) if name.startswith("data-")}
    assert {_camel(name.removeprefix("data-")) for name in found} <= known | told


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(word.capitalize() for word in rest)


def test_every_number_carries_its_measure(kiosk: FlaskClient) -> None:
    measured = [told for _, told in elements(kiosk) if "data-measure" in told]
    assert {"members", "organisations", "volunteer-hours", "needs-open"} <= {
        p["data-measure"] for p in measured
    }
    assert all(p["data-value"] == "" or float(p["data-value"]) >= 0 for p in measured)


def test_places_are_answered_once_and_then_not_modified(kiosk: FlaskClient) -> None:
    answer = kiosk.get(f"{BASE}places.json")
    assert [row[2] for row in answer.get_json()].count("centre") == 17 * 6
    again = kiosk.get(f"{BASE}places.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def ask(client: FlaskClient, data: object) -> dict[str, Any]:
    """The redraw as the page asks for it."""
    [wired] = client.get(f"{BASE}_dash-dependencies").get_json()
    outputs = [
        {"id": i, "property": p}
        for i, p in (part.rsplit(".", 1) for part in wired["output"].strip(".").split("..."))
    ]
    body = {
        "output": wired["output"], "outputs": outputs, "changedPropIds": ["kiosk-request.data"], "state": [],
        "inputs": [{"id": "kiosk-request", "property": "data", "value": data}],
    }  # fmt: skip
    found: dict[str, Any] = json.loads(client.post(f"{BASE}_dash-update-component", json=body).text)[
        "response"
    ]
    return found


def test_what_a_kiosk_already_shows_is_not_sent_again(kiosk: FlaskClient) -> None:
    digest = root(kiosk)["data-digest"]
    same = ask(kiosk, {"n": 3, "digest": digest})
    assert same["kiosk"]["data-drawn"] == "3"
    assert "kiosk-body" not in same
    assert "data-html" in ask(kiosk, {"n": 4, "digest": "other"})["kiosk-body"]
    assert "data-html" in ask(kiosk, "nonsense")["kiosk-body"]


def test_a_missing_document_leaves_the_other_pages_whole(read_model: sa.Engine) -> None:
    profile = load_profile("haishu")
    store = public_of(read_model, profile, lambda: NOW)
    with store.begin() as connection:
        gone = documents.c.name.in_(("kiosk/structure", "kiosk/party-map"))
        connection.execute(sa.delete(documents).where(gone))
    screens = Screens(store, profile)
    drawn = screens.newest()
    text = drawn.html
    assert text.count("正在整理") == 2
    assert "入党申请" in text
    assert not drawn.is_whole
    # The publisher tries again without a new version.
    Publisher(read_model, store, visitors_documents(profile), lambda: NOW).run()
    assert screens.newest().is_whole
    assert "正在整理" not in screens.newest().html


def test_without_a_store_the_kiosk_waits_and_says_so(tmp_path: Path, read_model: sa.Engine) -> None:
    public = open_public(f"sqlite:///{tmp_path}/none.db")
    app = create_app(
        read_model,
        TrialSettings(wall_mode="wall_internal"),
        load_profile("haishu"),
        lambda: NOW,
        public=public,
    )
    client = app.server.test_client()
    assert client.get(BASE).status_code == 200
    assert "数据准备中" in screen(client)
    assert client.get(f"{BASE}places.json").status_code == 503


@pytest.mark.parametrize("district", available_districts())
def test_every_district_has_a_kiosk_of_its_own(district: str, public: sa.Engine) -> None:
    profile = load_profile(district)
    text = Screens(public, profile).newest().html
    assert f"{profile.name.removesuffix(profile.words.level)}党建欢迎您" in text
    assert profile.words.activity_day in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.slug))
def test_every_page_has_a_module_that_lays_it_out(page: Any) -> None:
    assert callable(body_of(page.slug))
    assert re.fullmatch(r"K-\d\d", page.panel)


def test_styles_name_no_size_that_does_not_grow_with_the_screen() -> None:
    for file in ASSETS.glob("*.css"):
        fixed = re.findall(r"font-size: *\d+px", file.read_text("utf-8").split("/* drawn */")[0])
        # Words of the map are sized in its own pixels and grow with it.
        assert set(fixed) <= {"font-size: 31px", "font-size: 30px"}, file.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.slug))
def test_the_document_names_every_page_beside_its_number(page: Any) -> None:
    document = (Path(__file__).parents[2] / "docs/kiosk.md").read_text("utf-8")
    assert f"| {page.panel} `{page.slug}` |" in document


def test_texts_are_escaped_and_drawings_stand_in_the_page() -> None:
    tree = html.Div(
        ["<b>", html.Span(className="n", **{"data-x": 'a"b'}), html.Div(**{"data-svg": "<svg></svg>"})]
    )
    assert (
        markup(tree) == '<div>&lt;b&gt;<span class="n" data-x="a&quot;b"></span><div><svg></svg></div></div>'
    )
    assert markup(html.Span(style={"flexGrow": 2}, hidden=True)) == '<span hidden style="flex-grow:2"></span>'
