"""Asking one server: what the behaviours of feeds do not show."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import AddressError, FetchError, TimedOutError, TooLargeError
from pipeline.sources.feeds.fetch import MAX_REDIRECTS, Client, FetchPolicy, host_of, is_web_address
from tests.support.web import Handler, Reply, Site, serving, slow_body, slow_headers


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as site:
        yield site


def client(*addresses: str, allow_private_hosts: bool = True, **policy: float) -> Client:
    """A client for whom every host is at these addresses."""
    values = {"timeout_seconds": 5.0, "max_bytes": 10_000} | policy
    return Client(
        FetchPolicy("incident-stream/test", allow_private_hosts=allow_private_hosts, **values),  # type: ignore[arg-type]
        lambda host, port, seconds: addresses or ["127.0.0.1"],
    )


def port_of(site: Site) -> str:
    return site.url.rsplit(":", 1)[1]


def test_who_asks_what_of_whom(site: Site) -> None:
    site.pages["/a%20b?c=%C3%A9"] = Reply("found")
    answer = client().get(f"http://news.example:{port_of(site)}/a b?c=é#part", {"If-None-Match": '"é"'})
    (request,) = site.requests
    assert answer.body == b"found"
    assert request.headers["Host"] == f"news.example:{port_of(site)}"
    assert request.headers["User-Agent"] == "incident-stream/test"
    assert request.headers["If-None-Match"] == '"é"'
    assert {"gzip", "br"} <= set(request.headers["Accept-Encoding"].split(", "))
    assert "Cookie" not in request.headers


def test_names_are_looked_up_once_so_that_they_cannot_change_meanwhile(site: Site) -> None:
    answers = iter([["127.0.0.1"]])
    rebinding = Client(FetchPolicy("test", allow_private_hosts=True), lambda host, port, seconds: next(answers))
    site.pages["/"] = Reply("found")
    assert rebinding.get(f"http://rebinding.example:{port_of(site)}/", {}).body == b"found"
    assert next(answers, None) is None


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::ffff:127.0.0.1]:{port}/"]
)
def test_private_hosts_are_asked_only_if_the_user_means_them(site: Site, url: str) -> None:
    url = url.format(port=port_of(site))
    site.pages["/"] = Reply("found")
    careful = Client(FetchPolicy("test"))
    with pytest.raises(AddressError, match="--allow-private-hosts"):
        careful.get(url, {})
    assert site.requests == []
    assert Client(FetchPolicy("test", allow_private_hosts=True)).get(url, {}).body == b"found"
    assert careful.get(url, {}, chosen=url).body == b"found"


def test_a_name_that_leads_to_a_private_host_is_not_meant_by_naming_it(site: Site) -> None:
    url = f"http://intranet.example:{port_of(site)}/"
    with pytest.raises(AddressError):
        client(allow_private_hosts=False).get(url, {}, chosen=url)


@pytest.mark.parametrize("to", ["http://127.0.0.1:1/", "http://localhost:{port}/", "http://10.1.2.3/", "http://[::1]/"])
def test_what_the_user_means_ends_at_a_redirect_to_another_host(site: Site, to: str) -> None:
    site.pages["/"] = Reply(status=302, headers={"Location": to.format(port=port_of(site))})
    with pytest.raises(AddressError):
        Client(FetchPolicy("test")).get(f"{site.url}/", {}, chosen=f"{site.url}/")


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "data:text/xml,<rss/>",
        "javascript:1",
        "http://",
        "http://[::1",
        "//",
    ],
)
def test_redirects_lead_to_the_web_or_nowhere(site: Site, to: str) -> None:
    site.pages["/"] = Reply(status=301, headers={"Location": to})
    with pytest.raises(FetchError):
        client().get(f"{site.url}/", {})


def test_redirects_are_counted(site: Site) -> None:
    for number in range(MAX_REDIRECTS + 1):
        site.pages[f"/{number}"] = Reply(status=307, headers={"Location": f"/{number + 1}"})
    site.pages[f"/{MAX_REDIRECTS + 1}"] = Reply("found")
    assert client().get(f"{site.url}/1", {}).body == b"found"
    with pytest.raises(FetchError, match="more than 5 times"):
        client().get(f"{site.url}/0", {})


def test_a_move_is_as_far_as_it_is_permanent(site: Site) -> None:
    site.pages |= {
        "/a": Reply(status=301, headers={"Location": "/b"}),
        "/b": Reply(status=308, headers={"Location": "/c"}),
        "/c": Reply(status=302, headers={"Location": "/d"}),
        "/d": Reply(status=301, headers={"Location": "/e"}),
        "/e": Reply("found"),
    }
    answer = client().get(f"{site.url}/a", {})
    assert (answer.body, answer.url, answer.moved_to) == (b"found", f"{site.url}/e", f"{site.url}/c")


def test_a_location_beyond_ascii(site: Site) -> None:
    def moved(handler: Handler) -> None:
        handler.wfile.write("HTTP/1.1 302 Found\r\nLocation: /café\r\nContent-Length: 0\r\n\r\n".encode())

    site.pages |= {"/": moved, "/caf%C3%A9": Reply("found")}
    assert client().get(f"{site.url}/", {}).body == b"found"


def test_passwords_are_not_taken_from_addresses(site: Site) -> None:
    site.pages["/"] = Reply("found")
    client().get(f"http://user:secret@127.0.0.1:{port_of(site)}/", {})
    assert "Authorization" not in site.requests[0].headers


@pytest.mark.parametrize("slow", [slow_headers, slow_body])
def test_the_deadline_is_for_the_whole(site: Site, slow: object) -> None:
    site.pages["/"] = slow  # type: ignore[assignment]
    with pytest.raises(TimedOutError, match=r"within 0\.2 s"):
        client(timeout_seconds=0.2).get(f"{site.url}/", {})


def test_a_redirect_does_not_set_the_clock_back(site: Site) -> None:
    def slow_redirect(handler: Handler) -> None:
        handler.site.over.wait(0.08)
        handler.reply(Reply(status=302, headers={"Location": "/"}))

    site.pages["/"] = slow_redirect
    with pytest.raises(TimedOutError):
        client(timeout_seconds=0.2).get(f"{site.url}/", {})


def test_the_limit_is_on_what_is_unpacked(site: Site) -> None:
    site.pages |= {
        "/just": Reply(gzip.compress(bytes(10_000)), headers={"Content-Encoding": "gzip"}),
        "/over": Reply(gzip.compress(bytes(10_001)), headers={"Content-Encoding": "gzip"}),
        "/thrice": Reply(gzip.compress(gzip.compress(bytes(9_000_000))), headers={"Content-Encoding": "gzip, gzip"}),
    }
    assert client().get(f"{site.url}/just", {}).body == bytes(10_000)
    for path in ("/over", "/thrice"):
        with pytest.raises(TooLargeError, match="10,000 bytes"):
            client().get(f"{site.url}{path}", {})


def test_chunks_that_end_too_soon(site: Site) -> None:
    def cut(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n9\r\nsec")

    site.pages["/"] = cut
    answer = client().get(f"{site.url}/", {})
    assert answer.cut
    assert answer.body.startswith(b"first")


@pytest.mark.parametrize(
    "said", [b"", b"gibberish", b"HTTP/1.1 999999 x\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n"]
)
def test_what_is_no_http(site: Site, said: bytes) -> None:
    site.pages["/"] = lambda handler: handler.wfile.write(said) and None
    with pytest.raises(FetchError):
        client().get(f"{site.url}/", {})


def test_https_means_it(site: Site) -> None:
    with pytest.raises(FetchError, match="SSL"):
        client().get(f"https://127.0.0.1:{port_of(site)}/", {})


def test_a_host_that_does_not_answer_at_one_address_is_asked_at_another(site: Site) -> None:
    site.pages["/"] = Reply("found")
    assert client("127.0.0.2:0", "127.0.0.1").get(f"http://two.example:{port_of(site)}/", {}).body == b"found"


def test_a_port_where_nobody_listens() -> None:
    with pytest.raises(FetchError, match="no answer"):
        client().get("http://127.0.0.1:1/", {})


@pytest.mark.parametrize(
    "url", ["http://a.example/x", "HTTPS://A.example", "http://[::1]:8080/", "http://münchen.example/"]
)
def test_web_addresses(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url", ["", "a.example", "/x", "file:///x", "ftp://a/", "mailto:x@a.example", "http:///x", "http://a:b/"]
)
def test_no_web_addresses(url: str) -> None:
    assert not is_web_address(url)


def test_hosts() -> None:
    assert host_of("http://A.example/x") == host_of("http://u:p@a.example:80") == "a.example:80"
    assert host_of("https://a.example/x") == "a.example:443"
    assert host_of(str(Path("/a/feed.xml"))) == "/a/feed.xml"


def test_a_cookie_that_a_redirect_sets_comes_back(site: Site) -> None:
    def at_the_door(handler: Handler) -> None:
        seen = "seen=1" in handler.headers.get("Cookie", "")
        greeting = Reply(status=302, headers={"Location": "/door", "Set-Cookie": "seen=1; Path=/; HttpOnly"})
        handler.reply(Reply("found") if seen else greeting)

    site.pages["/door"] = at_the_door
    asking = client()
    assert asking.get(f"{site.url}/door", {}).body == b"found"
    assert asking.get(f"{site.url}/door", {}).body == b"found"
    assert [request.headers.get("Cookie") for request in site.asked("/door")] == [None, "seen=1"] * 2  # none is kept


def test_a_cookie_is_for_the_host_that_set_it(site: Site) -> None:
    elsewhere = site.url.replace("127.0.0.1", "localhost")
    site.pages |= {
        "/": Reply(status=302, headers={"Location": f"{elsewhere}/there", "Set-Cookie": "secret=1"}),
        "/there": Reply("found"),
    }
    assert client().get(f"{site.url}/", {}).body == b"found"
    assert site.asked("/there")[0].headers.get("Cookie") is None
