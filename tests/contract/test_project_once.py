"""`app.py project --once`, as cron runs it: every start ends with nothing left for a next run."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from data.clock import shanghai_now
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.engine import open_engine
from data.public.reader import open_public, open_public_reader, read_public_version
from data.queries.kiosk import numbers
from data.readmodel import schema
from data.readmodel.reader import read_version

ROOT = Path(__file__).parents[2]


def project(folder: Path, **settings: str) -> str:
    """What the command says on its error channel."""
    environment = {**os.environ, "DATA_DIR": str(folder), "DISTRICT": "haishu", "NO_COLOR": "1", **settings}
    command = [sys.executable, "app.py", "project", "--once"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120, text=True
    )
    return done.stderr


def tallied(store: sa.Engine, tally: str) -> dict[str, float]:
    """A distribution of the district by key."""
    t = schema.tallies.c
    query = sa.select(t.key, sa.func.sum(t.value)).where(t.tally == tally, t.town_id == 0).group_by(t.key)
    with store.connect() as connection:
        return {row[0]: float(row[1]) for row in connection.execute(query)}


def education(public: sa.Engine) -> set[str]:
    """Kinds of schooling that visitors are told of."""
    with open_public_reader(public) as reader:
        return {
            cell.key for cell in reader.document("kiosk/numbers", numbers.Numbers).education if cell.count
        }


def test_a_second_start_brings_the_tallies_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "haishu").mkdir()
    source = open_engine(f"sqlite:///{tmp_path / 'haishu' / 'operational.db'}")
    store = open_engine(f"sqlite:///{tmp_path / 'haishu' / 'readmodel.db'}")
    now: datetime = shanghai_now()
    generate(source, haishu_spec().scaled(towns=2, branches=12, members=170, months=4), now=now, seed=7)
    project(tmp_path)
    before = tallied(store, "member_structure")
    assert before
    with source.begin() as connection:
        connection.exec_driver_sql("UPDATE members SET education = 'postgraduate'")
    # A public store that cannot be written is no matter of the projection.
    assert "nothing was published for visitors" in project(
        tmp_path, PUBLIC_URL="sqlite:////dev/null/public.db"
    )
    after = tallied(store, "member_structure")
    assert after != before
    educated = {key for key, value in after.items() if key.startswith("education") and value}
    assert educated == {"education|postgraduate"}
    public = open_public(f"sqlite:///{tmp_path / 'haishu' / 'public.db'}")
    assert education(public) != {"postgraduate"}, "as it was at the first start"
    assert "公开数据" in project(tmp_path)
    assert education(public) == {"postgraduate"}
    assert read_public_version(public)[0] == read_version(store)[0]
    for engine in (source, store):
        engine.dispose()
