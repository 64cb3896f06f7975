"""The whole slice: generate, project, draw; the figures on the wall equal SQL counts on the operational database."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from callbacks.application import create_app
from commands.publishing import visitors_documents
from dashboard.profile import load_profile
from dashboard.settings import Settings
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.engine import open_engine
from data.projection.projector import District, Projector
from data.public.publisher import Publisher
from data.public.reader import open_public
from data.public.store import open_public_store
from data.readmodel.store import prepare
from data.readmodel.viewer import open_viewer
from tests.engines.conftest import PostgresqlServer

NOW = datetime(2026, 11, 21, 14, 30)
LATER = "2026-12-01 00:00:00"

# Each figure of the wall beside a count a person would type; months: November is open, October is closed.
COUNTS = {
    "d_org_total": """
        select count(*) from organizations where deleted_at is null and dissolved_on is null
        and org_type in ('party_committee', 'general_branch', 'branch', 'joint_branch', 'temporary_branch')""",
    "members": """
        select count(distinct s.member_id) from memberships s join members m on m.member_id = s.member_id
        where s.deleted_at is null and s.kind = 'formal' and s.ended_on is null
        and m.membership_state = 'in_party'""",
    "villages": "select count(*) from divisions where kind = 'village' and deleted_at is null",
    "communities": "select count(*) from divisions where kind = 'community' and deleted_at is null",
    "moved_in": """
        select count(*) from memberships where deleted_at is null and kind = 'formal'
        and start_reason = 'transfer_in' and started_on >= '2026-10-01' and started_on < '2026-11-01'""",
    "hs_b_dues_collection": """
        select 1e0 * sum(case when paid >= payable_amount - 0.005 then 1 else 0 end) / count(*) from (
          select o.obligation_id, o.payable_amount, coalesce(sum(case when p.paid_at < '2026-11-01'
            and p.recorded_at < '2026-11-04' and p.deleted_at is null and l.deleted_at is null
            then l.amount else 0 end), 0) paid
          from dues_obligations o left join dues_payment_allocations l on l.obligation_id = o.obligation_id
          left join dues_payments p on p.payment_id = l.payment_id
          where o.dues_month = '2026-10' and o.deleted_at is null and o.payable_amount > 0
          group by o.obligation_id, o.payable_amount) states""",
    "theme_day_share": """
        select 1e0 * (select count(distinct org_id) from activities where deleted_at is null and status = 'held'
            and activity_type = 'theme_party_day' and period_month = '2026-10'
            and started_at >= '2026-10-01' and recorded_at < '2026-11-01'
            and org_id in (select org_id from organizations where established_on < '2026-10-01'
              and (dissolved_on is null or dissolved_on > '2026-10-31')))
          / (select count(*) from organizations where deleted_at is null and established_on < '2026-10-01'
            and (dissolved_on is null or dissolved_on > '2026-10-31')
            and org_type in ('branch', 'joint_branch', 'temporary_branch'))""",
    "meetings": """
        select count(*) from activities a join organizations o on o.org_id = a.org_id where a.deleted_at is null
        and a.status = 'held' and a.period_month = '2026-11' and a.started_at is not null
        and a.recorded_at < '2026-12-01' and o.org_type in ('branch', 'joint_branch', 'temporary_branch', 'party_group')
        and a.activity_type in ('member_assembly', 'committee_meeting', 'group_meeting', 'party_lecture')""",
}


class WallCounts:
    """The suite; a subclass brings an empty ``operational`` database and the URL of an empty ``read_model``."""

    @pytest.fixture
    def shown(self, operational: sa.Engine, read_model: str) -> dict[str, float]:
        spec = haishu_spec().scaled(towns=3, branches=30, members=400, months=6)
        generate(operational, spec, now=NOW, seed=7)
        profile = load_profile("haishu")
        store, viewer = open_engine(read_model), open_viewer(read_model)
        prepare(store)
        district = District("haishu", profile.scheme, profile.catalogue, profile.digest)
        projector = Projector(operational, store, district, lambda: NOW, is_demo=lambda: True)
        assert projector.lease.acquire()
        assert projector.run().version == 1
        public_url = read_model.replace("readmodel.db", "public.db")
        published, public = open_public_store(public_url), open_public(public_url)
        Publisher(viewer, published, visitors_documents(profile), lambda: NOW).run()
        later, settings = NOW + timedelta(seconds=5), Settings(_env_file=None)
        app = create_app(viewer, settings, profile, lambda: later, public=public)
        # The step of the moment may show another scene.
        with app.server.test_request_context(headers={"Referer": "http://localhost/wall?scene=overview"}):
            found = numbers(app.layout().to_plotly_json())
        for engine in (store, viewer, published, public):
            engine.dispose()
        return found

    def test_the_figures_on_the_wall_equal_sql_counts(
        self, operational: sa.Engine, shown: dict[str, float]
    ) -> None:
        with operational.connect() as connection:
            for measure, statement in COUNTS.items():
                counted = float(connection.execute(sa.text(statement)).scalar_one())
                assert shown[measure] == pytest.approx(counted, abs=1e-9), measure


class TestOnSQLite(WallCounts):
    @pytest.fixture
    def operational(self, sqlite_empty: sa.Engine) -> sa.Engine:
        return sqlite_empty

    @pytest.fixture
    def read_model(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path}/readmodel.db"


@pytest.mark.postgresql
class TestOnPostgreSQL(WallCounts):
    """PostgreSQL on both sides."""

    @pytest.fixture
    def operational(self, postgresql_empty: sa.Engine) -> sa.Engine:
        return postgresql_empty

    @pytest.fixture
    def read_model(self, postgresql_server: PostgresqlServer) -> str:
        return postgresql_server.url(postgresql_server.new_database())


@pytest.mark.mariadb
class TestOnMariaDB(WallCounts):
    """MariaDB as the source of embedded stores."""

    @pytest.fixture
    def operational(self, mariadb_empty: sa.Engine) -> sa.Engine:
        return mariadb_empty

    @pytest.fixture
    def read_model(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path}/readmodel.db"


def numbers(tree: Any) -> dict[str, float]:
    """Every number of a component tree by its measure; the first one counts, it is the big one."""
    found: dict[str, float] = {}
    if hasattr(tree, "to_plotly_json"):
        tree = tree.to_plotly_json()
    if isinstance(tree, dict):
        props = tree.get("props", {})
        if "data-measure" in props and props.get("data-value") not in (None, ""):
            found[props["data-measure"]] = float(props["data-value"])
        for value in props.values():
            found = numbers(value) | found
    if isinstance(tree, list | tuple):
        for value in tree:
            found = numbers(value) | found
    return found
