"""The public store: values survive it exactly, only what changed is written, a failing document harms no other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from commands.publishing import follow
from dashboard.profile import load_profile
from dashboard.reception import reception_documents
from data.errors import (
    DocumentMissing,
    DocumentUnreadable,
    ReadModelEmpty,
    ReadModelUnreachable,
)
from data.public.document import decode, encode
from data.public.publisher import Published, Publisher
from data.public.reader import open_public, open_public_reader, read_public_version
from data.public.schema import documents
from data.public.store import open_public_store, prepare_public
from data.readmodel.reader import open_reader
from data.readmodel.schema import feeds
from tests.publishing_trial import Other, Trial, publishing
from tests.readmodel_district import NOW


class Share(NamedTuple):
    numerator: int
    denominator: float | None


@dataclass(frozen=True)
class Line:
    kind: Literal["hall", "base"]
    at: datetime | None
    share: Share


@dataclass(frozen=True)
class Page:
    title: str
    day: date
    number: int | None
    lines: tuple[Line, ...]
    by_month: dict[str, float | None]
    by_town: dict[int, tuple[str, ...]]
    kinds: frozenset[str]
    one_of: Line | Other | None
    is_open: bool


SHARES = st.builds(Share, st.integers(-(2**62), 2**62), st.none() | st.floats(allow_nan=False))
LINES = st.builds(
    Line, st.sampled_from(["hall", "base"]), st.none() | st.datetimes().map(lambda at: at.replace(fold=0)), SHARES
)  # fmt: skip
PAGES = st.builds(
    Page,
    title=st.text(),
    day=st.dates(),
    number=st.none() | st.integers(),
    lines=st.lists(LINES, max_size=4).map(tuple),
    by_month=st.dictionaries(st.text(max_size=7), st.none() | st.floats(allow_nan=False), max_size=3),
    by_town=st.dictionaries(st.integers(), st.lists(st.text(), max_size=2).map(tuple), max_size=3),
    kinds=st.frozensets(st.text(), max_size=1),
    one_of=st.none() | LINES | st.builds(Other, st.text()),
    is_open=st.booleans(),
)


@given(PAGES)
def test_a_view_survives_the_store_exactly(page: Page) -> None:
    found = decode(encode(page, Page), Page)
    assert found == page
    assert repr(found) == repr(page), "equal, and of the same types throughout"


def test_numbers_that_are_none_survive_as_what_they_are() -> None:
    page = Share(1, float("nan"))
    assert repr(decode(encode(page, Share), Share)) == repr(page)


def test_a_value_that_is_not_of_its_type_is_not_stored() -> None:
    broken: Any = replace(Other("x"), title=5)
    with pytest.raises(Exception, match="Expected `str`"):
        encode(broken, Other)


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    with publishing(tmp_path) as found:
        yield found


def changes(outcome: Published) -> tuple[int, int, int]:
    return outcome.made, outcome.changed, outcome.failed


def test_only_what_changed_is_written_and_a_known_version_is_not_made_again(trial: Trial) -> None:
    assert changes(trial.publisher.run()) == (2, 2, 0)
    trial.set("two", Other("贰"))
    assert changes(trial.publisher.run()) == (0, 0, 0), "the same version"
    trial.new_version()
    assert changes(trial.publisher.run()) == (2, 1, 0)
    assert (trial.read("one"), trial.read("two")) == (Other("一"), Other("贰"))
    del trial.documents["one"]
    trial.new_version()
    trial.publisher.run()
    with pytest.raises(DocumentMissing):
        trial.read("one")


def test_a_publisher_that_starts_catches_up_with_what_it_missed(trial: Trial) -> None:
    trial.publisher.run()
    trial.set("one", Other("壹"))
    assert changes(trial.new_publisher().run()) == (2, 1, 0), "the program may be another one"
    assert trial.read("one") == Other("壹")


def test_the_age_goes_on_without_a_new_version(trial: Trial) -> None:
    trial.publisher.run()
    with trial.read_model.begin() as connection:
        connection.execute(feeds.update().values(state="unreachable", reason="host db7 is away"))
    trial.publisher.run()
    version, feed = read_public_version(open_public(trial.url))
    assert feed.state == "unreachable"
    assert feed.reason is None, "names of machines are not for visitors"
    with open_reader(trial.read_model) as reader:
        assert version == reader.version
        assert feed.checked_at == reader.feed.checked_at


def test_a_document_that_fails_stands_as_it_was_and_says_so_until_it_is_made_again(
    trial: Trial, caplog: pytest.LogCaptureFixture
) -> None:
    trial.publisher.run()
    trial.fail("one")
    trial.set("two", Other("贰"))
    trial.new_version()
    assert changes(trial.publisher.run()) == (2, 1, 1)
    assert "ZeroDivisionError" in caplog.text
    assert (trial.read("one"), trial.read("two")) == (Other("一"), Other("贰"))
    assert (trial.is_behind("one"), trial.is_behind("two")) == (True, False)
    trial.set("one", Other("一"))
    assert changes(trial.publisher.run()) == (2, 1, 0), "tried again without a new version"
    assert not trial.is_behind("one")


def test_a_document_of_another_type_is_refused_not_guessed(trial: Trial) -> None:
    trial.set("one", Share(1, 2.0))
    trial.publisher.run()
    with pytest.raises(DocumentUnreadable):
        trial.read("one")


def test_a_store_that_was_lost_or_is_of_another_shape_is_made_anew(trial: Trial, tmp_path: Any) -> None:
    trial.publisher.run()
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"public.db{suffix}").unlink(missing_ok=True)
    with pytest.raises(ReadModelUnreachable):
        trial.publisher.run()
    assert changes(trial.publisher.run()) == (2, 2, 0)
    with sa.create_engine(trial.url).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE documents ADD COLUMN more TEXT")
    assert changes(trial.new_publisher().run()) == (2, 2, 0)
    assert trial.read("two") == Other("二")


def test_an_empty_store_is_no_store_yet(trial: Trial) -> None:
    with pytest.raises(ReadModelUnreachable):
        read_public_version(open_public(trial.url))
    prepare_public(open_public_store(trial.url))
    with pytest.raises(ReadModelEmpty):
        read_public_version(open_public(trial.url))


def test_screens_cannot_write_the_public_store(trial: Trial) -> None:
    trial.publisher.run()
    with (
        pytest.raises(sa.exc.OperationalError, match="readonly"),
        open_public(trial.url).begin() as connection,
    ):
        connection.execute(documents.delete())


def test_following_goes_on_after_a_failure_and_ends_when_told(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runs: list[int] = []
    stop = threading.Event()

    def run() -> Published:
        runs.append(1)
        if len(runs) == 1:
            raise ReadModelUnreachable("sqlite://", "away")
        if len(runs) == 3:
            stop.set()
        return Published(1, 0, 0, 0, 0.0)

    monkeypatch.setattr(trial.publisher, "run", run)
    follow(lambda: trial.publisher, stop, every_s=0)
    assert len(runs) == 3
    assert "away" in caplog.text


def test_what_the_wall_for_visitors_reads_is_what_its_queries_give(trial: Trial) -> None:
    catalogue = reception_documents(load_profile("haishu"))
    store = open_public_store(trial.url)
    assert Publisher(trial.read_model, store, catalogue, lambda: NOW).run().failed == 0
    with open_reader(trial.read_model) as reader, open_public_reader(open_public(trial.url)) as public:
        told = list(catalogue(reader))
        assert len(told) > 30
        for document in told:
            assert repr(public.document(document.name, document.type)) == repr(document.load(reader))
