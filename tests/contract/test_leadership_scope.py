"""No role gets an organisation outside its subtree or a personal field it may not read: every page, every callback,
honest and forged requests, over a district in which every name says whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.leadership.address import HOME, Address
from dashboard.leadership.export.worker import Worker
from dashboard.leadership.registry import PAGES, Page
from data.projection.trace.tracing import TRACERS
from data.viewer import ROLES, Role, Viewer
from tests import callback_requests
from tests.callback_requests import request_of
from tests.marked_district import AMOUNT, ORGANISATION, PERSON, Marked, call, marked

# Who a page about persons may name, and by what; elsewhere nobody is named at all.
ABOUT_PERSONS = {"members", "member", "evidence"}
MAY_READ = {("members", "name"), ("members", "member_no"), ("members", "ethnicity")}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marked]:
    with pytest.MonkeyPatch.context() as patch:
        # Forged orders are refused or wait: what comes of one is a matter of the tests of exports.
        patch.setattr(Worker, "wake", lambda self: None)
        yield from marked(tmp_path_factory.mktemp("scope"), seed=11)


@cache
def dependencies(district: Marked) -> list[dict[str, Any]]:
    """Every callback the server answers, as it tells the browser."""
    return callback_requests.dependencies(
        district.client(district.viewer("district_org_dept", root_of(district)))
    )


def root_of(district: Marked) -> int:
    return int(district.district.rows["organizations"][0]["org_id"])


def roots(district: Marked, role: Role) -> list[int]:
    """Organisations an account of this role is made for."""
    rows = [
        row
        for row in district.district.rows["organizations"]
        if row["org_id"] in district.subtree(root_of(district))
    ]
    if role == "committee_admin":
        return [row["org_id"] for row in rows if row["org_type"] in ("party_committee", "general_branch")]
    if role == "branch_secretary":
        return [
            row["org_id"]
            for row in rows
            if "branch" in row["org_type"] and row["org_type"] != "general_branch"
        ]
    return [root_of(district)]


def people(district: Marked, inside: set[int]) -> set[int]:
    """Rows of `members` that ever stood in a branch of the subtree."""
    number = {row["member_id"]: at for at, row in enumerate(district.district.rows["members"])}
    stood = [row for row in district.district.rows["memberships"] if row["branch_org_id"] in inside]
    return {number[row["member_id"]] for row in stood}


def complaints(district: Marked, viewer: Viewer, page: str, text: str) -> list[str]:
    """What an answer says that this viewer may not read on this page."""
    inside = district.subtree(viewer.org_id)
    text = json.dumps(json.loads(text), ensure_ascii=False) if text.startswith(("{", "[")) else text
    found = [f"organisation {one}" for one in set(ORGANISATION.findall(text)) if int(one) not in inside]
    for table, column, number in set(PERSON.findall(text)):
        named = page in ABOUT_PERSONS and viewer.sees_persons and (table, column) in MAY_READ
        if not named or int(number) not in people(district, inside):
            found.append(f"{table}.{column} of row {number}")
    amounts = (f"{AMOUNT:.2f}", f"{AMOUNT:,.2f}", f"{AMOUNT:.0f}", f"{AMOUNT:,.0f}")
    return found + [amount for amount in amounts if amount in text]


def page_request(district: Marked, address: Address) -> dict[str, Any]:
    """The request a browser sends when it arrives at an address."""
    (show,) = [one for one in dependencies(district) if one["output"].startswith("..page.children...later.")]
    path, _, query = address.url.partition("?")
    return request_of(show, {"path": path, "search": f"?{query}" if query else ""})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.slug))
def test_every_page_of_every_role_tells_of_its_own_subtree_only(
    district: Marked, page: Page, role: Role
) -> None:
    everyone = sorted(district.subtree(root_of(district)))
    for root in roots(district, role)[:2]:
        viewer = district.viewer(role, root)
        client, shown, inside = district.client(viewer), 0, district.subtree(root)
        # Its own root, some of what stands below, some of what does not.
        for org in sorted(
            {root, *sorted(inside)[1::3], *[one for one in everyone if one not in inside][::4]}
        ):
            asked = Address(
                page.slug, org, indicator="attended" if page.slug in ("evidence", "trace") else None
            )
            answer = call(client, page_request(district, asked))
            assert answer.status_code == 200, (page.slug, role, org, answer.text[:500])
            assert "这一页没有生成" not in answer.text, f"{page.slug} of {org} failed for {role} of {root}"
            assert not complaints(district, viewer, page.slug, answer.text), (page.slug, role, root, org)
            refused = "refused" in answer.text
            assert refused or (page.allows(viewer) and org in inside), "shown but not allowed"
            shown += not refused
        if page.allows(viewer) and page.slug not in ("member",):
            assert shown, f"{page.slug} shows nothing to {role} of {root}"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_arrives_at_a_page_of_its_own(district: Marked, role: Role) -> None:
    viewer = district.viewer(role, roots(district, role)[0])
    answer = call(district.client(viewer), page_request(district, Address(HOME)))
    assert "refused" not in answer.text
    assert "这一页没有生成" not in answer.text


ADDRESSES = st.builds(
    Address,
    page=st.sampled_from([*(page.slug for page in PAGES), "home", "exports", "nowhere"]),
    org=st.none() | st.integers(0, 40),
    month=st.none() | st.sampled_from(["2026-01", "2025-11", "2030-01"]),
    indicator=st.none() | st.sampled_from([*sorted(TRACERS), "d_meeting_rate", "jn_w03", "nothing"]),
    versus=st.none() | st.sampled_from(["month", "year", "1", "2", "5", "9"]),
    more=st.dictionaries(
        st.sampled_from(["which", "member", "warning", "from", "kind", "town", "level", "tier"]),
        st.sampled_from(["in", "out", "1", "2", "7", "13", "red", "all"]),
        max_size=3,
    ),
)
WORDS = ["", "组织", "支部", "◆", "C0003", "zb", "1", "pdf", "a" * 300]
NAMES = ["org", "org_id", "slug", "action", "kept", "warning", "startRow", "endRow", "sortModel", "title"]
SCALARS = st.none() | st.integers(-1, 60) | st.sampled_from([*WORDS, 10**30, 1.5, True, "\x00", "\ud800"])
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)
FORGED_IDS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(
            ["x", "excel", "pdf", "branch-docx", "rows", "close", "assign", "warning", "cancel"]
        )
        for name in ("export", "part", "job", "do", "grid", "form", "act", "field", "kept")
    },
)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    role=st.sampled_from(get_args(Role)),
    which=st.integers(0, 1000),
    at=st.integers(0, 50),
    address=ADDRESSES,
    any_value=ANYTHING,
    forged=FORGED_IDS,
    place=st.none() | ANYTHING,
)
def test_a_forged_request_to_any_callback_tells_nothing_and_breaks_nothing(
    district: Marked,
    role: Role,
    which: int,
    at: int,
    address: Address,
    any_value: Any,
    forged: dict[str, str],
    place: Any,
) -> None:
    known = dependencies(district)
    dependency = known[which % len(known)]
    own = roots(district, role)
    viewer = district.viewer(role, own[at % len(own)])
    path, _, query = address.url.partition("?")
    given = {"path": path, "search": f"?{query}" if query else "", "any": any_value, "ids": forged}
    if place is not None:
        given |= {"path": place, "search": any_value}
    answer = call(district.client(viewer), request_of(dependency, given))
    assert answer.status_code in (200, 204), str((dependency["output"], given))[:500]
    assert not complaints(district, viewer, address.page, answer.text), (dependency["output"], role)


def test_without_a_session_no_route_and_no_callback_answers(district: Marked) -> None:
    nobody = district.client(None)
    for dependency in dependencies(district):
        answer = call(nobody, request_of(dependency, {"path": "/leadership/cockpit", "search": ""}))
        assert answer.status_code == 401, dependency["output"]
        assert "◆" not in answer.text
    open_to_all = ("/leadership/login", "/leadership/assets/", "/leadership/_dash-component-suites/",
                   "/leadership/_favicon.ico")  # fmt: skip
    for rule in district.app.server.url_map.iter_rules():
        if not rule.rule.startswith("/leadership") or rule.rule.startswith(open_to_all):
            continue
        url = (
            rule.rule.replace("<path:path>", "cockpit")
            .replace("<job_id>", "1")
            .replace("<name>", "login.css")
        )
        answer = nobody.get(url)
        assert answer.status_code in (302, 401, 405), (url, answer.status_code)
        assert "◆" not in answer.text
