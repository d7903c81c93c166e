from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.browser import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Browser]":
    """A browser, where there is one: Debian's chromium and chromium-driver, and the Python package selenium."""
    pytest.importorskip("selenium", reason="needs selenium")
    from tests.support.browser import IS_THERE, browsing

    if not IS_THERE:
        pytest.skip("needs Debian's chromium and chromium-driver: .ci/install-chromium")
    with browsing(tmp_path_factory.mktemp("downloads")) as found:
        yield found
