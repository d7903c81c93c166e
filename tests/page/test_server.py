"""The served page: who is answered, what is answered, and that a run beside it is never disturbed."""

import gzip
import http.client
import json
import re
import threading
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest

from pipeline.errors import NoDatabaseError, WrongOptionError
from pipeline.page.document import LIVE_CHUNK
from pipeline.page.selection import PageSelection
from pipeline.page.server import is_this_machine, serving
from pipeline.page.snapshots import KEPT, Snapshots
from pipeline.storage.database import connect
from tests.support.pages import database_of, link, quoted, revision, run_record
from tests.support.records import article, incident, mention

TEXT = "A drone hit the market of Rukban, killing 4 people."


def records(incidents: int) -> list[Any]:
    found: list[Any] = [run_record()]
    for number in range(incidents):
        source = article(TEXT, f"{number}.txt")
        told = mention(number, article_id=source.article_id, evidence=(quoted(TEXT, "killed_low", "4 people"),))
        fused = incident(number, killed_low=4)
        found += [source, told, fused, link(fused, told), revision(fused)]
    return found


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return database_of(tmp_path / "incidents.duckdb", *records(12))


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server over a database that stays as it is."""
    database = database_of(tmp_path_factory.mktemp("standing") / "incidents.duckdb", *records(12))
    with serving(database, PageSelection(), "127.0.0.1", 0, ("Reports.Example",)) as (address, _):
        yield port_of(address)


@pytest.fixture
def served(database: Path) -> Iterator[tuple[int, Snapshots]]:
    with serving(database, PageSelection(), "127.0.0.1", 0) as (address, snapshots):
        yield port_of(address), snapshots


def port_of(address: str) -> int:
    return int(address.rstrip("/").rsplit(":", 1)[1])


def ask(port: int, path: str, method: str = "GET", host: str = "127.0.0.1") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def about(page: bytes) -> dict[str, Any]:
    [packed] = re.findall(rb'id="about">([^<]*)<', page)
    found: dict[str, Any] = json.loads(gzip.decompress(b64decode(packed)))
    return found


def test_the_page_and_its_incidents(standing: int) -> None:
    status, headers, page = ask(standing, "/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["x-frame-options"] == "DENY"
    assert b"connect-src 'self'" in page
    assert (about(page)["live"], about(page)["chunk"]) == (True, LIVE_CHUNK)
    status, _, packed = ask(standing, f"/detail/{about(page)['snapshot']}/1")
    details = json.loads(gzip.decompress(packed))
    assert (status, len(details)) == (200, LIVE_CHUNK)
    assert details[0]["reports"][0]["passages"] == [[TEXT, [[42, 50, "killed"]]]]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "10.0.0.1:8000", "evil.example:80"]
)
def test_a_foreign_name_is_refused(standing: int, host: str) -> None:
    for path in ("/", "/export.csv", "/feed.atom", "/detail/1/0"):
        status, _, content = ask(standing, path, host=host)
        assert status == 421
        assert len(content) < 100


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "reports.example"])
def test_its_own_names_are_answered(standing: int, host: str) -> None:
    assert ask(standing, "/", host=host)[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_it_only_answers_get(standing: int, method: str) -> None:
    status, headers, _ = ask(standing, "/", method)
    assert (status, headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "path", ["/detail/1/99", "/detail/1/-1", "/detail/1/x", "/detail/1/٣", "/detail/1/", "/detail/1/" + "9" * 400,
             "/export.exe", "/../../etc/passwd", "/export.csv/../x", "/favicon.ico"]
)  # fmt: skip
def test_there_is_nothing_else(standing: int, path: str) -> None:
    assert ask(standing, path.replace("٣", "%D9%A3"))[0] == 404


def test_exports_and_the_feed(standing: int) -> None:
    status, headers, content = ask(standing, "/export.csv")
    assert (status, headers["content-disposition"]) == (200, 'attachment; filename="incidents.csv"')
    assert len(content.decode().splitlines()) == 13
    assert len(json.loads(ask(standing, "/export.geojson")[2])["features"]) == 12
    status, headers, content = ask(standing, "/feed.atom")
    assert (status, headers["content-type"]) == (200, "application/atom+xml")
    assert len(feedparser.parse(content).entries) == 12


def test_a_run_beside_it_is_not_disturbed_and_is_seen(served: tuple[int, Snapshots], database: Path) -> None:
    port, snapshots = served
    before = about(ask(port, "/")[2])
    with connect(database) as connection:  # refused while a reader has the file open
        connection.execute("DELETE FROM incidents WHERE incident_id = 'i-3'")
        assert ask(port, "/")[0] == 200
    snapshots.refresh()
    after = about(ask(port, "/")[2])
    assert (before["held"], after["held"]) == (12, 11)
    assert before["snapshot"] != after["snapshot"]
    assert ask(port, f"/detail/{before['snapshot']}/0")[0] == 200  # who has the old page open goes on reading it
    snapshots.refresh()
    assert about(ask(port, "/")[2])["snapshot"] == after["snapshot"]


def test_old_states_go(served: tuple[int, Snapshots], database: Path) -> None:
    port, snapshots = served
    first = about(ask(port, "/")[2])["snapshot"]
    for number in range(KEPT):
        with connect(database) as connection:
            connection.execute(f"DELETE FROM incidents WHERE incident_id = 'i-{number}'")
        snapshots.refresh()
    assert ask(port, f"/detail/{first}/0")[0] == 409


def test_a_database_that_breaks_leaves_the_last_state(served: tuple[int, Snapshots], database: Path) -> None:
    port, snapshots = served
    database.write_bytes(b"no database")
    snapshots.refresh()
    assert ask(port, "/")[0] == 200
    database.unlink()
    snapshots.refresh()
    assert about(ask(port, "/")[2])["held"] == 12


def test_many_at_once(standing: int) -> None:
    name = about(ask(standing, "/")[2])["snapshot"]
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda at=at: found.append(ask(standing, f"/detail/{name}/{at % 3}")[0]))
        for at in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 20


def test_what_cannot_be_served(database: Path, tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseError), serving(tmp_path / "none.duckdb", PageSelection(), "127.0.0.1", 0):
        pass
    with serving(database, PageSelection(), "127.0.0.1", 0) as (address, _):
        taken = port_of(address)
        with pytest.raises(WrongOptionError, match="--port"), serving(database, PageSelection(), "127.0.0.1", taken):
            pass


def test_which_addresses_are_this_machine() -> None:
    assert all(map(is_this_machine, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_this_machine, ("0.0.0.0", "::", "192.168.1.4", "example.org")))  # noqa: S104  # none is bound
