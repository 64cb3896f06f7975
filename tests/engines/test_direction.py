"""Commands, wheel, devices and alarms of the side database: one of many comes through, no act without its line in the
audit, nothing grows for ever; on every engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from callbacks.direction.stores import DirectionStores, direction_stores
from data.accounts import audit
from data.accounts.store import open_accounts
from data.devices import reports as reports_module
from data.devices.device import MOST_WAITING
from data.devices.reports import ALARM_KEPT, Report
from data.devices.schema import device_alarms
from data.direction import store as store_module
from data.direction.direction import UNDIRECTED, Direction
from data.direction.docent import Docent, Said
from data.direction.schema import direction
from data.direction.wheel import IDLE, asked, granted, released
from data.errors import (
    AccountsUnreachable,
    CodeUnknown,
    DeviceUnknown,
    DirectionOvertaken,
    DirectionRefused,
)
from data.viewer import Viewer
from tests.engines.conftest import PostgresqlServer

NOW = datetime(2026, 11, 20, 9, 0, 0, 250_000)
LEAD, OTHER = (Viewer(n, login, f"第{n}岗", "operator", 1) for n, login in ((1, "lead"), (2, "other")))
ORDERED = Direction(
    1, NOW, "overview", NOW, True, "reception", NOW, 3, 2**40, "2026-09", NOW, "热烈欢迎" * 10, False, NOW, 1, "岗",
)  # fmt: skip
WORDS = Docent("参观讲解", 1, 8, 80, Said("1 全区总览", "欢迎。" * 500), Said("2 组织生活", "请看。"))


def line(subject: str) -> audit.Witness:
    return audit.witness(NOW, LEAD, "direct", page="director", subject=subject)


def broken(connection: sa.Connection) -> None:
    """A line that cannot be written."""
    connection.execute(sa.text("INSERT INTO audit (id, at) VALUES (NULL, NULL)"))


class DirectionDatabase:
    @pytest.fixture(autouse=True)
    def opened(self, url: str) -> Iterator[None]:
        self.engine = open_accounts(url)
        self.stores: DirectionStores = direction_stores(self.engine)
        yield
        self.engine.dispose()

    def subjects(self) -> list[str]:
        return [entry.subject for entry in reversed(audit.newest(self.engine, 100))]

    def enrolled(self, token: str = "a" * 43) -> int:
        code = self.stores.devices.code_for(token, "wall", "10.0.0.7", NOW)
        return self.stores.devices.enrol(code, "大厅", "internal", NOW, "lead").id

    def count(self, table: sa.Table) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())

    def test_a_command_is_read_as_it_was_given_with_the_words_of_its_docent(self) -> None:
        directions = self.stores.directions
        assert directions.current() == UNDIRECTED
        directions.take(ORDERED, line("visit 1"), WORDS)
        assert (directions.current(), directions.docent(1)) == (ORDERED, WORDS)
        directions.take(replace(ORDERED, number=2), line("next"))
        assert (directions.current().number, directions.docent(1), directions.docent(2)) == (2, None, None)
        assert self.subjects() == ["visit 1", "next"]

    def test_of_eight_commands_after_one_direction_one_is_taken_and_one_is_audited(self) -> None:
        together = threading.Barrier(8, timeout=20)

        def one(number: int) -> str:
            together.wait()
            try:
                self.stores.directions.take(replace(ORDERED, banner=f"第{number}"), line(f"第{number}"))
            except DirectionOvertaken:
                return "overtaken"
            return f"第{number}"

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(one, range(8)))
        (winner,) = [name for name in told if name != "overtaken"]
        assert self.stores.directions.current().banner == winner
        assert self.subjects() == [winner]

    def test_what_cannot_be_audited_is_not_done(self) -> None:
        stores, device = self.stores, self.enrolled()
        code = stores.devices.code_for("b" * 43, "wall", "", NOW)
        acts: dict[str, Callable[[], object]] = {
            "command": lambda: stores.directions.take(ORDERED, broken, WORDS),
            "wheel": lambda: stores.wheels.take(LEAD, NOW, broken),
            "asked": lambda: stores.wheels.change(lambda held: asked(held, LEAD, NOW), broken),
            "rename": lambda: stores.devices.rename(device, "别处", broken),
            "revoke": lambda: stores.devices.revoke(device, NOW, broken),
            "enrol": lambda: stores.devices.enrol(code, "", "internal", NOW, "lead", lambda _: broken),
        }
        for act in acts.values():
            with pytest.raises(AccountsUnreachable):
                act()
        assert stores.directions.current() == UNDIRECTED
        assert stores.directions.docent(1) is None
        assert stores.wheels.current().holder_id is None
        assert [(one.name, one.is_revoked) for one in stores.devices.all()] == [("大厅", False)]
        assert [one.code for one in stores.devices.waiting(NOW)] == [code], "the code can be typed again"

    def test_one_hand_is_on_the_wheel_and_every_change_of_hands_is_audited(self) -> None:
        wheels = self.stores.wheels
        wheels.take(LEAD, NOW, line("take"))
        wheels.take(LEAD, NOW + timedelta(minutes=1), line("take again"))
        with pytest.raises(DirectionRefused, match="第1岗正在导控"):
            wheels.take(OTHER, NOW, line("steal"))
        wheels.change(lambda held: asked(held, OTHER, NOW), line("ask"))
        wheels.change(lambda held: granted(held, LEAD, NOW), line("grant"))
        assert wheels.current().holder == "第2岗"
        wheels.change(lambda held: released(held, OTHER, NOW), line("release"))
        assert wheels.current().holder_id is None
        wheels.take(OTHER, NOW, line("take free"))
        wheels.take(LEAD, NOW + IDLE, line("take idle"))
        assert self.subjects() == ["take", "ask", "grant", "release", "take free", "take idle"]

    def test_of_eight_hands_on_a_free_wheel_one_holds_it(self) -> None:
        together = threading.Barrier(8, timeout=20)

        def one(number: int) -> str:
            together.wait()
            try:
                return self.stores.wheels.take(
                    replace(LEAD, account_id=number, name=f"第{number}岗"), NOW
                ).holder
            except (DirectionRefused, DirectionOvertaken):
                return ""

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(one, range(1, 9)))
        (holder,) = [name for name in told if name]
        assert self.stores.wheels.current().holder == holder

    def test_a_code_lets_one_screen_in_though_eight_type_it(self) -> None:
        devices = self.stores.devices
        code = devices.code_for("a" * 43, "wall", "10.0.0.7", NOW)
        together = threading.Barrier(8, timeout=20)

        def one(number: int) -> bool:
            together.wait()
            try:
                devices.enrol(
                    code, f"第{number}", "internal", NOW, "lead", lambda new: line(f"enrol {new.name}")
                )
            except CodeUnknown:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(one, range(8))) == 1
        (made,) = devices.all()
        assert self.subjects() == [f"enrol {made.name}"]
        assert devices.of_token("a" * 43) == made
        devices.rename(made.id, "乙")
        devices.revoke(made.id, NOW)
        assert [(one.name, one.revoked_at) for one in devices.all()] == [("乙", NOW)]
        with pytest.raises(DeviceUnknown):
            devices.revoke(made.id + 1, NOW)

    def test_screens_that_wait_are_only_so_many(self) -> None:
        for n in range(MOST_WAITING + 5):
            moment = NOW + timedelta(seconds=n)
            self.stores.devices.code_for(f"{n:043d}", "wall", f"10.0.1.{n}", moment)
        assert len(self.stores.devices.waiting(NOW + timedelta(minutes=2))) == MOST_WAITING

    def test_a_report_replaces_the_one_before_it_though_two_servers_write(self) -> None:
        said = Report(
            "d5", 5, "wall", NOW, 2**41, 7, "overview", "internal", "12", 3840, 1280, 41.5, 2, False, "10.0.0.7",
        )  # fmt: skip
        together = threading.Barrier(4, timeout=20)

        def one(errors: int) -> None:
            together.wait()
            self.stores.reports.note(replace(said, errors=errors))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(one, range(4)))
        self.stores.reports.note(replace(said, errors=9, heap_mb=None))
        assert self.stores.reports.newest(NOW) == [replace(said, errors=9, heap_mb=None)]

    def test_one_of_several_watchmen_raises_an_alarm_and_a_second_silence_is_another(self) -> None:
        together = threading.Barrier(4, timeout=20)

        def one(_: int) -> bool:
            together.wait()
            return self.stores.reports.raise_alarm(5, "大厅", "silent", 7, NOW)

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(one, range(4))) == 1
        reports, later = self.stores.reports, NOW + timedelta(hours=1)
        assert reports.end_alarms(5, later) == 1
        assert reports.raise_alarm(5, "大厅", "silent", 7, later)
        assert not reports.raise_alarm(5, "大厅", "silent", 7, later)
        assert [(one.name, one.at, one.ended_at) for one in reports.standing()] == [("大厅", later, None)]

    def test_commands_of_months_leave_the_newest_ones(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store_module, "KEPT", 5)
        for number in range(1, 21):
            self.stores.directions.take(replace(ORDERED, number=number), line(str(number)), WORDS)
        assert self.count(direction) == 5
        assert self.stores.directions.current().number == 20
        assert len(self.subjects()) == 20, "the audit keeps them all"

    def test_alarms_of_months_leave_the_newest_ones_and_those_that_stand(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reports = self.stores.reports
        reports.raise_alarm(1, "独立屏", "silent", 1, NOW)
        for step in range(1, 4):
            reports.raise_alarm(2, "大厅", "behind", step, NOW)
            reports.end_alarms(2, NOW)
        reports.raise_alarm(2, "大厅", "behind", 4, NOW + ALARM_KEPT)
        assert self.count(device_alarms) == 5, "not a day too early"
        reports.end_alarms(2, NOW + ALARM_KEPT)
        reports.raise_alarm(2, "大厅", "behind", 5, NOW + ALARM_KEPT + timedelta(seconds=1))
        assert [(one.device_id, one.step) for one in reports.since(NOW)] == [(2, 5), (2, 4), (1, 1)]
        monkeypatch.setattr(reports_module, "MOST_ALARMS", 4)
        for step in range(6, 30):
            reports.raise_alarm(2, "大厅", "behind", step, NOW + ALARM_KEPT + timedelta(seconds=step))
            reports.end_alarms(2, NOW + ALARM_KEPT + timedelta(seconds=step))
        assert self.count(device_alarms) <= 6
        assert [one.device_id for one in reports.standing()] == [1]


class TestSqliteDirection(DirectionDatabase):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'accounts.db'}"


@pytest.mark.postgresql
class TestPostgresqlDirection(DirectionDatabase):
    @pytest.fixture
    def url(self, postgresql_server: PostgresqlServer) -> Iterator[str]:
        name = postgresql_server.new_database()
        yield postgresql_server.url(name)
        postgresql_server.execute(f"DROP DATABASE {name} WITH (FORCE)")
