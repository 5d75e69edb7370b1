"""The databases and clients that the tests share."""

import pytest
from front_door import ROOT, TINY, bake, build, client_of
from hypothesis import HealthCheck, settings

# Generated tests ask the same on every machine, however long it takes.
settings.register_profile("sure", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sure")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The database of tests/seeds."""
    return build(TINY, tmp_path_factory.mktemp("tiny") / "news.db")


@pytest.fixture(scope="session")
def edition(tmp_path_factory):
    """The database of the first edition."""
    return build(ROOT / "seeds", tmp_path_factory.mktemp("edition") / "news.db")


@pytest.fixture(scope="session")
def client(edition):
    """GETs of the first edition."""
    return client_of(edition)


@pytest.fixture(scope="session")
def tiny_client(tiny):
    return client_of(tiny)


@pytest.fixture(scope="session")
def dist(tiny, tmp_path_factory):
    """The static site of the tiny edition."""
    output = tmp_path_factory.mktemp("site") / "dist"
    result = bake(tiny, output, "--url", "https://example.org/news-site/")
    assert result.exit_code == 0, result.output
    return output
