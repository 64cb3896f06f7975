"""The engine of a screen over an embedded read model."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from data.engine import open_engine, open_existing
from data.readmodel.viewer import open_viewer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def write(file: Path, number: int) -> None:
    engine = open_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(sa.text("create table if not exists numbers (n integer)"))
        connection.execute(sa.text("insert into numbers values (:n)"), {"n": number})
    engine.dispose()


def read(engine: sa.Engine) -> list[int]:
    with engine.connect() as connection:
        return [row.n for row in connection.execute(sa.text("select n from numbers"))]


def test_a_missing_file_is_an_error_and_never_made(file: Path) -> None:
    with pytest.raises(sa.exc.OperationalError):
        read(open_viewer(f"sqlite:///{file}"))
    assert not file.exists()


def test_a_replaced_file_is_noticed_at_once(file: Path) -> None:
    write(file, 1)
    viewer = open_viewer(f"sqlite:///{file}")
    assert read(viewer) == [1]
    file.unlink()
    write(file, 2)
    assert read(viewer) == [2]


def test_a_screen_cannot_write(file: Path) -> None:
    write(file, 1)
    with (
        open_viewer(f"sqlite:///{file}").connect() as connection,
        pytest.raises(sa.exc.OperationalError, match="readonly"),
    ):
        connection.execute(sa.text("insert into numbers values (2)"))


def test_an_operational_file_that_went_away_is_an_error_and_its_replacement_is_read(file: Path) -> None:
    write(file, 1)
    source = open_existing(f"sqlite:///{file}")
    assert read(source) == [1]
    file.rename(file.with_suffix(".away"))
    with pytest.raises(sa.exc.OperationalError):
        read(source)
    assert not file.exists()
    write(file, 2)
    assert read(source) == [2]


def test_a_folder_with_signs_of_an_address_in_its_name_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "a#c%20 海曙"
    folder.mkdir()
    write(folder / "store.db", 1)
    assert read(open_existing(f"sqlite:///{folder}/store.db")) == [1]
