"""The public store: values survive it exactly, only what changed is written, a failing document harms no other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from callbacks.picture import version_of
from commands.publishing import follow
from dashboard.profile import load_profile
from dashboard.reception import reception_documents
from data.errors import (
    DocumentMissing,
    DocumentUnreadable,
    DocumentWithdrawn,
    ReadModelEmpty,
    ReadModelUnreachable,
)
from data.public.document import Document, decode, encode
from data.public.publisher import Published, Publisher
from data.public.reader import open_public, open_public_reader, read_public_version, read_withdrawn
from data.public.schema import documents
from data.public.store import open_public_store, prepare_public
from data.public.withdrawal import OLDEST, Withdrawn
from data.readmodel.reader import Reader, open_reader
from data.readmodel.schema import feeds, nodes, versions
from tests.readmodel_district import NOW, fill


class Share(NamedTuple):
    numerator: int
    denominator: float | None


@dataclass(frozen=True)
class Line:
    kind: Literal["hall", "base"]
    at: datetime | None
    share: Share


@dataclass(frozen=True)
class Other:
    title: str


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


@dataclass
class Trial:
    """A publisher whose documents a test changes."""

    read_model: sa.Engine
    url: str
    documents: dict[str, Document[Any]] = field(default_factory=dict)

    now: datetime = NOW

    def __post_init__(self) -> None:
        self.publisher = self.new_publisher()

    def new_publisher(self) -> Publisher:
        store = open_public_store(self.url)
        return Publisher(self.read_model, store, lambda _: self.documents.values(), lambda: self.now)

    def set(self, name: str, value: Any) -> None:
        self.documents[name] = Document(name, lambda _: value, type(value))

    def new_version(self) -> None:
        with self.read_model.begin() as connection:
            newest = connection.execute(sa.select(versions).order_by(versions.c.version.desc())).first()
            assert newest is not None
            row = dict(newest._mapping) | {"version": newest.version + 1}
            connection.execute(versions.insert().values(**row))

    def fail(self, name: str) -> None:
        def failing(_: Reader) -> Any:
            raise ZeroDivisionError

        self.documents[name] = Document(name, failing, Other)

    def read(self, name: str) -> Other:
        with open_public_reader(open_public(self.url)) as reader:
            return reader.document(name, Other)

    def key(self) -> str:
        """What screens compare to know whether to draw anew."""
        return version_of(read_public_version(open_public(self.url))[0])

    def is_behind(self, name: str) -> bool:
        with open_public_reader(open_public(self.url)) as reader:
            return reader.is_behind(name)


@pytest.fixture
def trial(tmp_path: Any) -> Iterator[Trial]:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/readmodel.db", poolclass=sa.NullPool)
    fill(engine, towns=3, months=14, branches=30)
    found = Trial(engine, f"sqlite:///{tmp_path}/public.db")
    found.set("one", Other("一"))
    found.set("two", Other("二"))
    yield found
    engine.dispose()


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


def test_what_cannot_be_made_anew_for_too_long_is_withdrawn_and_comes_back_when_it_is_made(
    trial: Trial, caplog: pytest.LogCaptureFixture
) -> None:
    trial.publisher.run()
    trial.fail("one")
    trial.new_version()
    trial.publisher.run()
    before = trial.key()
    trial.now = NOW + OLDEST - timedelta(seconds=1)
    assert trial.publisher.run().withdrawn == 0
    assert (trial.read("one"), trial.key()) == (Other("一"), before)
    trial.now = NOW + OLDEST
    assert trial.publisher.run().withdrawn == 1
    with pytest.raises(DocumentWithdrawn, match="too_old"):
        trial.read("one")
    with open_public(trial.url).connect() as connection:
        bodies = connection.execute(sa.select(documents.c.body).where(documents.c.name == "one")).scalars()
        assert list(bodies) == [""], "the text is gone, not only marked"
    assert trial.read("two") == Other("二")
    assert read_withdrawn(open_public(trial.url)) == [Withdrawn("one", "too_old", NOW)]
    assert "public_document_withdrawn name=one reason=too_old" in caplog.text
    assert trial.key() != before, "screens draw anew without a new version"
    withdrawn = trial.key()
    assert trial.publisher.run().withdrawn == 0
    assert trial.key() == withdrawn
    trial.set("one", Other("一"))
    trial.publisher.run()
    assert trial.read("one") == Other("一")
    assert (read_withdrawn(open_public(trial.url)), trial.key() != withdrawn) == ([], True)


def test_what_names_an_organisation_that_is_not_public_any_more_is_withdrawn_at_once(trial: Trial) -> None:
    with trial.read_model.begin() as connection:
        public = sa.select(nodes.c.org_id).where(nodes.c.is_public).order_by(nodes.c.org_id.desc()).limit(1)
        org = connection.execute(public).scalar_one()
        values = {"short_name": "先锋里党支部", "name": "先锋里党支部"}
        connection.execute(nodes.update().where(nodes.c.org_id == org).values(values))
    trial.set("one", Other("先锋里党支部举办故事会"))
    trial.publisher.run()
    trial.fail("one")
    trial.fail("two")
    trial.new_version()
    assert trial.publisher.run().withdrawn == 0
    with trial.read_model.begin() as connection:
        connection.execute(nodes.update().where(nodes.c.org_id == org).values(is_public=False))
    trial.new_version()
    assert trial.publisher.run().withdrawn == 1
    with pytest.raises(DocumentWithdrawn, match="not_public"):
        trial.read("one")
    assert trial.read("two") == Other("二")


def test_a_list_of_documents_that_breaks_off_leaves_none_for_ever(trial: Trial) -> None:
    trial.publisher.run()

    def broken_off(reader: Reader) -> Iterator[Document[Any]]:
        yield trial.documents["one"]
        reader.connection.execute(sa.text("SELECT * FROM no_such_table"))

    trial.publisher.catalogue = broken_off
    trial.new_version()
    assert trial.publisher.run().failed > 0
    assert (trial.is_behind("one"), trial.is_behind("two")) == (False, True)
    trial.now = NOW + OLDEST
    assert trial.publisher.run().withdrawn == 1
    with pytest.raises(DocumentWithdrawn):
        trial.read("two")


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
