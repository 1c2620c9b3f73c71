"""Fixtures for all tests.

`db`            rolled back after the test (pytest-django's; also by the mark `django_db`)
`committed_db`  an own copy of the migrated database: for threads, servers, and whatever must really commit
`database`      whichever of the two the test asked for: what fixtures that write rows should ask for
`site_url`      the application, served to real clients over `committed_db`
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.rig.databases import Databases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the tests marked `long`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked `long`, unless asked for."""
    left_out = [item for item in items if item.get_closest_marker("long") and not config.getoption("--long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, worker_id: str, testrun_uid: str) -> Databases:
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker_id == "master" else folder.parent
    return Databases(shared, run=testrun_uid[:8], worker=worker_id)


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases, django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's: ordinary tests roll back in a copy of the template."""
    with django_db_blocker.unblock():
        databases.build_template()
        with databases.copy():
            yield
        if databases.worker == "master":
            databases.drop_template()


@pytest.fixture
def committed_db(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """An own database, in which commits are real and seen by every thread. Yields its name (SQLite: its path)."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail(
            "committed_db cannot be combined with db: let fixtures ask for `database`, and drop the mark django_db"
        )
    databases: Databases = request.getfixturevalue("databases")
    with django_db_blocker.unblock(), databases.copy() as name:
        yield name


@pytest.fixture
def database(request: pytest.FixtureRequest) -> None:
    """The database of this test, `committed_db` where the test asks for it (or for `site_url`), else `db`."""
    asked = {"committed_db", "site_url"} & set(request.fixturenames)
    request.getfixturevalue("committed_db" if asked else "db")


@pytest.fixture
def site_url(committed_db: str) -> Iterator[str]:
    """Address of the application, served by threads over `committed_db`."""
    from tests.rig.server import serve

    with serve() as url:
        yield url


@pytest.fixture
def transactional_db() -> None:
    pytest.fail("this would flush, which the journal refuses: use committed_db")


@pytest.fixture
def live_server() -> None:
    pytest.fail("this would flush, which the journal refuses: use site_url")
