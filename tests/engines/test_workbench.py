"""Notes on warnings: one step after the other, nobody overwritten, nothing outside the subtree; on every engine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data.accounts.store import open_accounts
from data.errors import OutOfScope, StepOvertaken, StepRefused
from data.readmodel import schema
from data.readmodel.scoped import ScopedReader, open_scoped
from data.viewer import ROLES, Role, Viewer
from data.workbench import note
from data.workbench.note import ACTIONS, Action, Note, Standing, Step
from data.workbench.workbench import Workbench
from tests.engines.conftest import PostgresqlServer
from tests.readmodel_rows import NOW, ROOT, node, reader_of

OPEN, OVER, ELSEWHERE = -11, 12, 21
EVIDENCE = "十一月二十日补开党员大会，见会议记录"
COMMITTEE, BRANCH, OTHER = 2, 3, 4
ORG_DEPT = Viewer(1, "orgdept", "组织部", "district_org_dept", ROOT)
TOWN = Viewer(2, "town", "街道党工委", "committee_admin", COMMITTEE)


def warning(warning_id: int, org_id: int, state: str = "raised") -> dict[str, Any]:
    return {
        "warning_id": warning_id, "indicator_id": "hs_b_assembly", "level": "red", "org_id": org_id,
        "period": "2026-10", "state": state, "raised_at": datetime(2026, 11, 1),
    }  # fmt: skip


NODES = [
    node(COMMITTEE, org_type="working_committee", position=2, subtree_end=4, short_name="段塘街道"),
    node(BRANCH, parent_org_id=COMMITTEE, depth=2, position=3, subtree_end=4, short_name="段塘一支部"),
    node(OTHER, org_type="working_committee", position=4, subtree_end=5, short_name="石碶街道"),
]
WARNINGS = [warning(OPEN, BRANCH), warning(OVER, BRANCH, "closed"), warning(ELSEWHERE, OTHER)]


@pytest.fixture
def store() -> Iterator[sa.Engine]:
    """A read model of one committee with one branch, and another committee."""
    with reader_of(nodes=NODES, org_warnings=WARNINGS) as reader:
        engine = reader.connection.engine
        root = schema.nodes.c.org_id == ROOT
        with engine.begin() as connection:
            connection.execute(schema.nodes.update().where(root).values(position=1, subtree_end=5))
        yield engine


class Notes:
    @pytest.fixture
    def bench(self, url: str) -> Iterator[Workbench]:
        engine = open_accounts(url)
        found = Workbench(engine, lambda: NOW)
        found.prepare()
        yield found
        engine.dispose()

    @pytest.fixture(autouse=True)
    def known(self, bench: Workbench, store: sa.Engine) -> None:
        self.bench, self.store = bench, store

    @contextmanager
    def seen_by(self, viewer: Viewer) -> Iterator[ScopedReader]:
        with open_scoped(self.store, viewer) as reader:
            yield reader

    def take(self, viewer: Viewer, revision: int, action: Action, text: str = "", **to: Any) -> str:
        with self.seen_by(viewer) as reader:
            return self.bench.take(reader, Step(OPEN, revision, action, text, **to)).state

    def standing(self, viewer: Viewer = ORG_DEPT) -> Standing | None:
        with self.seen_by(viewer) as reader:
            return self.bench.standings(reader).get(OPEN)

    def test_a_warning_is_worked_through_and_each_step_is_kept(self) -> None:
        assert self.standing() is None
        assert self.take(TOWN, 0, "acknowledge") == "acknowledged"
        self.take(TOWN, 1, "assign", "本周内", assignee="段塘一支部")
        self.take(ORG_DEPT, 2, "comment", "请抓紧")
        assert self.take(TOWN, 3, "close", EVIDENCE) == "closed"
        assert self.take(ORG_DEPT, 4, "reopen", "佐证不符") == "acknowledged"
        assert self.standing() == Standing(5, "acknowledged", BRANCH, "段塘一支部", NOW)
        with self.seen_by(Viewer(3, "zb", "支部书记", "branch_secretary", BRANCH)) as reader:
            notes = self.bench.notes(reader, OPEN)
        assert [(note.revision, note.name, note.action, note.text) for note in notes] == [
            (1, "街道党工委", "acknowledge", ""),
            (2, "街道党工委", "assign", "本周内"),
            (3, "组织部", "comment", "请抓紧"),
            (4, "街道党工委", "close", EVIDENCE),
            (5, "组织部", "reopen", "佐证不符"),
        ]

    def test_who_has_seen_an_older_state_is_told_who_was_faster_and_changes_nothing(self) -> None:
        self.take(ORG_DEPT, 0, "comment", "先看看")
        with pytest.raises(StepOvertaken) as overtaken:
            self.take(TOWN, 0, "acknowledge")
        assert overtaken.value.name == "组织部"
        assert self.standing() == Standing(1, "open", None, "", NOW)
        with pytest.raises(StepOvertaken):
            self.take(TOWN, 7, "acknowledge")

    def test_a_button_pressed_twice_is_one_step(self) -> None:
        assert self.take(TOWN, 0, "acknowledge") == self.take(TOWN, 0, "acknowledge") == "acknowledged"
        standing = self.standing()
        assert standing is not None
        assert standing.revision == 1

    def test_of_eight_who_write_at_once_one_comes_through(self, monkeypatch: pytest.MonkeyPatch) -> None:
        together, write = threading.Barrier(8, timeout=20), Workbench._written

        def write_together(own: Workbench, row: dict[str, Any]) -> Note:
            together.wait()
            return write(own, row)

        monkeypatch.setattr(Workbench, "_written", write_together)
        row = {
            "warning_id": OPEN, "revision": 1, "org_id": BRANCH, "indicator_id": "x", "action": "acknowledge",
            "role": "committee_admin", "at": NOW, "text": "", "state": "acknowledged",
            "assignee_org_id": None, "assignee": "",
        }  # fmt: skip

        def one(number: int) -> str:
            try:
                return self.bench._written({**row, "account_id": number, "name": f"第{number}人"}).name
            except StepOvertaken as overtaken:
                return f"after {overtaken.name}"

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(one, range(8)))
        (winner,) = [name for name in told if not name.startswith("after")]
        assert sorted(told) == sorted([winner, *[f"after {winner}"] * 7])

    def test_outside_the_subtree_there_is_nothing_to_see_and_nothing_to_do(self) -> None:
        with self.seen_by(ORG_DEPT) as reader:
            self.bench.take(reader, Step(ELSEWHERE, 0, "comment", "别处的"))
        with self.seen_by(TOWN) as reader:
            assert self.bench.standings(reader) == {}
            with pytest.raises(OutOfScope):
                self.bench.notes(reader, ELSEWHERE)
            with pytest.raises(OutOfScope):
                self.bench.take(reader, Step(ELSEWHERE, 1, "comment", "看一看"))
            with pytest.raises(OutOfScope):
                self.bench.notes(reader, 999)
            assigned = self.bench.take(reader, Step(OPEN, 0, "assign", "", "石碶街道"))
        assert (assigned.assignee, assigned.assignee_org_id) == ("石碶街道", None), "words, no organisation"

    def test_an_assignee_outside_the_subtree_has_no_name_and_keeps_it_for_others(self) -> None:
        self.take(ORG_DEPT, 0, "assign", assignee="石碶街道")
        self.take(TOWN, 1, "comment", "请石碶协助")
        for viewer, name in ((TOWN, note.ELSEWHERE), (ORG_DEPT, "石碶街道")):
            with self.seen_by(viewer) as reader:
                assert {one.assignee for one in self.bench.notes(reader, OPEN)} == {name}
                assert self.bench.standings(reader)[OPEN].assignee == name

    @pytest.mark.parametrize("role", ROLES)
    def test_a_role_takes_the_steps_it_is_offered_and_no_other(self, role: Role) -> None:
        viewer = Viewer(9, "x", "某账号", role, COMMITTEE if role == "committee_admin" else BRANCH)
        works = {"acknowledge", "assign", "comment", "close"}
        wanted = {"operator": set(), "district_leader": {"comment"}}.get(role, works)
        assert set(Standing().may(viewer, over=False)) == wanted
        taken, revision = set(), 0
        for action in ("acknowledge", "assign", "comment", "close"):
            try:
                self.take(viewer, revision, action, EVIDENCE, assignee="组织委员")
                taken, revision = taken | {action}, revision + 1
            except StepRefused:
                continue
        assert taken == wanted

    def test_what_the_operational_system_has_finished_takes_words_only(self) -> None:
        with self.seen_by(TOWN) as reader:
            for action in ACTIONS:
                step = Step(OVER, 0, action, EVIDENCE, assignee="组织委员")
                if action == "comment":
                    continue
                with pytest.raises(StepRefused):
                    self.bench.take(reader, step)
            assert self.bench.take(reader, Step(OVER, 0, "comment", "存档")).revision == 1

    @pytest.mark.parametrize(
        ("action", "text", "assignee"),
        [
            ("comment", " 。 ", ""),
            ("close", "已整改", ""),
            ("assign", "本周内", "  "),
            ("comment", "联系13800000000", ""),
            ("assign", "", "330203199001011234"),
            ("comment", "长" * 501, ""),
            ("assign", "", "长" * 41),
            ("comment", "请电 138-0013-8000", ""),
            ("comment", "请电 １３８００１３８０００", ""),
            ("comment", "证件 330203 1980 0101 123X", ""),
        ],
    )
    def test_too_little_too_much_and_numbers_of_persons_are_refused(
        self, action: Action, text: str, assignee: str
    ) -> None:
        with pytest.raises(StepRefused):
            self.take(TOWN, 0, action, text, assignee=assignee)
        assert self.standing() is None


class TestSqliteNotes(Notes):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'accounts.db'}"


@pytest.mark.postgresql
class TestPostgresqlNotes(Notes):
    @pytest.fixture
    def url(self, postgresql_server: PostgresqlServer) -> Iterator[str]:
        name = postgresql_server.new_database()
        yield postgresql_server.url(name)
        postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")
