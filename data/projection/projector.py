"""The projector: one run reads what changed, recounts those cells and publishes one version in one transaction."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.clock import Clock, add_months, month_of
from data.contract.servertime import server_now
from data.driver_errors import read_model_errors, source_errors
from data.engine import MYSQL_KINDS
from data.errors import ReadModelError
from data.indicators.evaluate import Catalogue
from data.projection import changes, directory
from data.projection.build import Counted, build
from data.projection.catalogue import FAMILIES
from data.projection.cells import DirtyCells
from data.projection.committees import count_committees, fit_committees
from data.projection.connected import missing_tables
from data.projection.cost import Cost, counted
from data.projection.displaced import mark_displaced
from data.projection.lease import Lease
from data.projection.measure import Progress, count, silent
from data.projection.memory import INSPECT_ROWS, Memory
from data.projection.moves import mark_moved
from data.projection.passing import mark_new_day, mark_reached, reached_tables
from data.projection.picture import Picture, freeze_counts, frozen_months, newest_change, thawed_months
from data.projection.position import LONG_OVERLAP, SHORT_OVERLAP, Position
from data.projection.publish import Spent, Stamp, publish, read_picture, read_positions, write_feed
from data.projection.source import Calendar, Source
from data.projection.tallying import Tallied
from data.projection.tree import Tree, read_tree, stored_tree
from data.readmodel.cube import Cube
from data.readmodel.store import prepare

# The shape of a foreign database does not change every second.
RECHECK_SHAPE = timedelta(minutes=5)
LONG_LOOK = timedelta(minutes=1)


@dataclass(frozen=True)
class District:
    """What the projector must know of the district profile; ``data_since`` is its first complete month (YYYY-MM),
    empty: the first month of an activity."""

    slug: str
    scheme: str
    catalogue: Catalogue
    digest: str
    history_months: int = 37
    data_since: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one run did: ``version`` is None when nothing on any screen changed."""

    version: int | None
    changed_rows: int
    cells: int
    duration_s: float


class Projector:
    """Projects one operational database into one read model; not thread-safe, one per process. ``is_demo`` is asked
    at each publish: the source may be unreachable when the process starts."""

    def __init__(
        self,
        operational: sa.Engine,
        store: sa.Engine,
        district: District,
        clock: Clock,
        *,
        is_demo: Callable[[], bool] = lambda: False,
    ) -> None:
        self.operational, self.store, self.district, self.clock = operational, store, district, clock
        self._is_demo = is_demo
        self.boot_id = str(uuid.uuid4())
        self.lease = Lease(store, clock)
        self._memory: Memory | None = None

    def run(self, *, rebuild: bool = False, progress: Progress = silent) -> Outcome:
        """One cycle. Raises SourceUnreachable, ContractBroken or ProjectionBusy; the last version then stands."""
        started = time.perf_counter()
        with read_model_errors(self.store):
            memory, self._memory = self._memory or self._remember(), None
        cost = Cost()
        with self._source_connection() as connection, counted(connection, cost):
            source, dirty, rows = self._find_changes(connection, memory, rebuild, cost)
            now = source.calendar.now
            memory.tallied.note_day(now)
            waits = memory.waits_for_inspection(now) or bool(memory.tallied.ready(now))
            idle = not dirty and not rows and not waits
            cells = 0 if idle else count(source, memory.cube, dirty, self._renewing(progress))
            cells += 0 if idle else count_committees(source, memory.committees, dirty)
            picture = None if idle else self._picture(source, memory, dirty)
        with read_model_errors(self.store):
            spent = Spent(cells, time.perf_counter() - started, cost.statements, cost.rows)
            version = self._publish(memory, picture, source.calendar.now, spent)
        # Only a run that ended well is built upon; after an error everything is read again.
        self._memory = memory
        return Outcome(version, rows, cells, time.perf_counter() - started)

    def start_over(self) -> None:
        """After the store failed: nothing remembered of it holds, and where it was deleted it is made anew."""
        self._memory = None
        with suppress(ReadModelError):
            prepare(self.store)

    def report_feed(self, state: str, reason: str) -> None:
        """Tell the screens that the source does not answer or is not what the contract says."""
        with read_model_errors(self.store), self.store.begin() as connection:
            write_feed(connection, state, None, reason)

    def _remember(self) -> Memory:
        with self.store.connect() as connection:
            stored = read_picture(connection, self.district.catalogue)
            if stored is None:
                return Memory(Cube.empty([], []), None, {})
            picture, version = stored
            memory = Memory(picture.cube(), picture, read_positions(connection))
            memory.committees = picture.committees()
            memory.judged_at = version.published_at
            memory.published_tree = stored_tree(picture.tables["nodes"])
            memory.silent = picture.silent_families()
            memory.tallied = Tallied.of_store(dict(picture.tables))
            memory.catching_up = True
            memory.stale_rules = version.profile_digest != self.district.digest
            if version.district != self.district.slug:
                return Memory(Cube.empty([], []), None, {})
            return memory

    @contextmanager
    def _source_connection(self) -> Iterator[sa.Connection]:
        """One transaction; on a server all its statements see one state. An open snapshot of a SQLite file without
        write-ahead log would lock out its writers, and what they change meanwhile is found by the next run."""
        with source_errors(self.operational), self.operational.connect() as connection:
            if connection.dialect.name in ("postgresql", *MYSQL_KINDS):
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def _find_changes(
        self, connection: sa.Connection, memory: Memory, rebuild: bool, cost: Cost
    ) -> tuple[Source, DirtyCells, int]:
        now = self.clock()
        dirty = DirtyCells()
        if memory.due("shape", RECHECK_SHAPE, now):
            missing, memory.missing = memory.missing, missing_tables(connection)
            reshaped = missing ^ memory.missing
            dirty.add_all(family.name for family in FAMILIES if reshaped.intersection(family.reads))
            # A feed may have come back while no projector was running.
            dirty.add_all(memory.silent)
            memory.silent = []
        calendar = Calendar(self._first_month(connection, memory, now), now)
        if rebuild or memory.picture is None:
            dirty.add_all()
        source, rows = self._read_tables(connection, calendar, memory, dirty, cost)
        tree = source.tree
        self._mark_passed(source, memory, dirty)
        if rows:
            thawed = thawed_months(memory.picture, source)
            for org in (*tree.branches, *tree.committees):
                dirty.add([family.name for family in FAMILIES], org, thawed)
        memory.cube = memory.cube.reshaped(tree.branches, calendar.months)
        memory.committees = fit_committees(memory.committees, source, self.district.catalogue, dirty)
        if dirty.may_be_displaced and "activities" not in source.missing:
            mark_displaced(source, memory.cube, dirty)
        return source, dirty, rows + memory.stale_rules

    def _first_month(self, connection: sa.Connection, memory: Memory, now: datetime) -> str:
        """The month the known picture begins in, for a new one that of the first activity; never a month before the
        district's data start, nor one after the open month."""
        open_month = month_of(now.date())
        earliest = add_months(open_month, 1 - self.district.history_months)
        if memory.cube.months:
            first = memory.cube.months[0]
        elif "activities" not in memory.missing:
            first = directory.first_month(connection, earliest)
        else:
            first = earliest
        return min(max(first, earliest, self.district.data_since), open_month)

    def _read_tables(
        self, connection: sa.Connection, calendar: Calendar, memory: Memory, dirty: DirtyCells, cost: Cost
    ) -> tuple[Source, int]:
        """The source as it stands with the number of rows that changed; the tree first, all else hangs on it."""
        long = memory.due("long look", LONG_LOOK, calendar.now)
        overlap = LONG_OVERLAP if long else SHORT_OVERLAP
        previous = memory.tree or Tree({}, {})
        # The earlier of the two clocks: a projector that runs ahead must not step over a row.
        read_at = min(connection.execute(sa.select(server_now())).scalar_one(), calendar.now)
        source = Source(
            connection,
            calendar,
            previous,
            self.district.scheme,
            memory.missing,
            read_at,
            self.district.catalogue.members,
            cost,
        )

        def find(name: str) -> int:
            if name in source.missing:
                return 0
            found = changes.find(source, name, memory.positions.setdefault(name, Position()), overlap, dirty)
            if found:
                memory.tallied.note([name])
            return found

        rows = sum(find(name) for name in changes.TREE_TABLES)
        if rows or memory.tree is None:
            tree = read_tree(connection, memory.missing)
            mark_moved(
                memory.tree or memory.published_tree, tree, memory.cube.branches, calendar.months, dirty
            )
            memory.tree, memory.orders = tree, {}
            source = replace(source, tree=tree)
        if list(memory.orders) != calendar.months:
            memory.orders = {month: source.tree.order(month) for month in calendar.months}
        rows += sum(find(name) for name in changes.watched_tables() if name not in changes.TREE_TABLES)
        return source, rows

    def _mark_passed(self, source: Source, memory: Memory, dirty: DirtyCells) -> None:
        """What nobody wrote but time changed, once a minute and at once on a new day."""
        now, since = source.calendar.now, memory.judged_at
        if since is not None and (now - since >= LONG_LOOK or now.date() != since.date()):
            mark_new_day(source, since, dirty)
            mark_reached(source, since, dirty)
            memory.tallied.note(reached_tables(source, since))
        elif since is not None:
            return
        memory.judged_at = now

    def _picture(self, source: Source, memory: Memory, dirty: DirtyCells) -> Picture:
        frozen = frozen_months(memory.picture, source)
        freeze_counts(memory.committees, memory.picture, frozen, "committee_months")
        # A restart publishes what changed meanwhile before it reads whole tables for broken rows.
        inspect = not memory.catching_up and memory.due("rows", INSPECT_ROWS, source.calendar.now)
        # So do the tallies: the last ones stand until the next run.
        if not memory.catching_up:
            memory.tallied.read(source)
        memory.uninspected, memory.catching_up = not inspect, False
        counted = Counted(
            memory.cube, memory.committees, memory.orders, dirty.organisations, memory.tallied.tables()
        )
        return build(source, counted, self.district.catalogue, memory.picture, frozen, inspect_rows=inspect)

    def _publish(self, memory: Memory, picture: Picture | None, now: datetime, spent: Spent) -> int | None:
        if picture is None:
            with self.store.begin() as connection:
                self.lease.confirm(connection)
                write_feed(connection, "ok", now, None)
            return None
        stamp = Stamp(
            now,
            newest_change({name: p.watermark for name, p in memory.positions.items()}),
            self.district.slug,
            self.district.digest,
            self.boot_id,
            self._is_demo(),
            spent,
        )
        version = publish(self.store, self.lease, picture, memory.picture, memory.positions, stamp)
        memory.picture, memory.stale_rules = picture, False
        return version

    def _renewing(self, progress: Progress) -> Progress:
        """Keeps the lease through a long run: counting calls back at every block."""
        last = time.monotonic()

        def renew(step: str, done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last > 5:
                last = time.monotonic()
                self.lease.acquire()
            progress(step, done, total)

        return renew
