"""One GET, for something that a stranger wrote, from a server that may be slow, broken or hostile.

What is fixed: only http and https; the connection goes to an address that was checked (`addresses`); redirects are
followed here, one by one, each checked like the first; one deadline covers everything, from the look-up of the host's
name to the last byte; the size limit counts bytes as they are decompressed, so that neither an endless answer nor a
small one that unpacks to gigabytes is ever held.
"""

import http.client
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from socket import SHUT_RDWR, socket
from urllib.parse import unquote, urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, make_headers, parse_url

from pipeline.errors import AddressError, FetchError, SourceError, TimedOutError, TooLargeError
from pipeline.sources.content_coding import decoded
from pipeline.sources.feeds.addresses import Resolve, look_up, permitted
from pipeline.sources.feeds.deadline import Deadline

MAX_REDIRECTS = 5

_CHUNK_BYTES = 64 * 1024
_SHORTEST_WAIT = 0.001
_PORTS = {"http": 80, "https": 443}
_PERMANENT, _TEMPORARY = (301, 308), (302, 303, 307)
_MOST_COOKIES = 20
_ENCODINGS = "gzip, deflate, br"


@dataclass(frozen=True)
class Answer:
    """What a server said. The names of `headers` are in lower case, `url` is where it was said.

    `moved_to` is where permanent redirects lead, null if there were none or a temporary one came before them. `cut`
    tells that the body ended before it was whole.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    moved_to: str | None = None
    cut: bool = False


@dataclass(frozen=True)
class FetchPolicy:
    """How to ask: who we say we are, how long to wait in all, how much to take, and whom never to ask.

    `logins` are `user:password` by the URLs that they were listed with; they go to the hosts of these and no further.
    """

    agent: str
    timeout_seconds: float = 20.0
    max_bytes: int = 15_000_000
    allow_private_hosts: bool = False
    logins: Mapping[str, str] = field(default_factory=dict, repr=False)


class Client:
    """Fetches. Keeps no connection and no cache, and no cookie beyond the redirects of one request."""

    def __init__(self, policy: FetchPolicy, resolve: Resolve = look_up) -> None:
        self.policy = policy
        self._resolve = resolve
        self._tls = ssl.create_default_context()

    def get(
        self,
        url: str,
        headers: Mapping[str, str],
        max_bytes: int | None = None,
        chosen: str | None = None,
        may_ask: Callable[[str], None] = lambda url: None,
    ) -> Answer:
        """Return what the server says, whatever its status.

        `chosen` is a URL that the user chose: if its host is an address and no name, the user means that address, and
        it may be asked even if it is private. `may_ask` is called with the URL of each hop, and raises FetchError to
        stop there.

        Raises:
            FetchError: there is no answer, or none that can be used.
            TooLargeError: the body is longer than `max_bytes` (by default that of the fetch policy).
        """
        deadline = Deadline(self.policy.timeout_seconds)
        most = max_bytes or self.policy.max_bytes
        target, moved_to, permanent = _target(url), None, True
        home = _origin(_target(chosen)) if chosen else None
        trusted = home if chosen and _is_literal(_target(chosen)) else None
        login, cookies = self._login(chosen), _Cookies()
        for _ in range(MAX_REDIRECTS + 1):
            may_ask(target.url)
            own = {"Authorization": login} if login and _origin(target) == home else {}
            own |= cookies.for_host(target)
            answer = self._ask(target, {**headers, **own}, most, deadline, _origin(target) == trusted)
            cookies.take(target, answer)
            location = answer.headers.get("location")
            if answer.status not in (*_PERMANENT, *_TEMPORARY) or not location:
                return Answer(answer.status, answer.headers, answer.body, target.url, moved_to, answer.cut)
            target = _target(_joined(target.url, location))
            permanent = permanent and answer.status in _PERMANENT
            moved_to = target.url if permanent else moved_to
        raise FetchError(f"redirected more than {MAX_REDIRECTS} times, last to {target.url}")

    def _login(self, chosen: str | None) -> str | None:
        login = self.policy.logins.get(chosen or "")
        return make_headers(basic_auth=login)["authorization"] if login else None

    def _ask(self, target: Url, headers: Mapping[str, str], most: int, deadline: Deadline, trusted: bool) -> Answer:
        host, port = _origin(target)[1:]
        found = self._resolve(host, port, deadline.left)
        addresses = permitted(host, found, trusted or self.policy.allow_private_hosts)
        sent = {"Host": target.netloc or host, "User-Agent": self.policy.agent, "Accept-Encoding": _ENCODINGS}
        with _clear_errors(deadline), self._connected(target, host, port, addresses, deadline) as connection:
            connection.request(
                "GET", target.request_uri, headers={**sent, **headers}, preload_content=False,
                enforce_content_length=False,
            )  # fmt: skip
            with closing(connection.getresponse()) as response:
                told = {name.lower(): value for name, value in response.headers.items()}
                told["set-cookie"] = "\n".join(response.headers.getlist("set-cookie"))
                body, cut = _body(response, most, deadline)
            return Answer(response.status, told, body, target.url, cut=cut)

    @contextmanager
    def _connected(
        self, target: Url, host: str, port: int, addresses: list[str], deadline: Deadline
    ) -> Iterator[HTTPConnection]:
        """Connect to the first of a host's addresses that lets us; hang up in the end, or at the deadline."""
        for tried, address in enumerate(addresses):
            others = len(addresses) - tried - 1
            connection = self._connection(target, host, address, port, deadline.left / (others + 1))
            sockets: list[socket] = []
            hang_up = threading.Timer(deadline.left, _hang_up, [connection, sockets])
            hang_up.daemon = True
            hang_up.start()
            try:
                if _connects(connection, others):
                    sockets.append(connection.sock)  # which it forgets when the answer is to end with the connection
                    connection.timeout = max(deadline.left, _SHORTEST_WAIT)
                    yield connection
                    return
            finally:
                hang_up.cancel()
                connection.close()

    def _connection(self, target: Url, host: str, address: str, port: int, seconds: float) -> HTTPConnection:
        if target.scheme == "http":
            return HTTPConnection(address, port, timeout=seconds)
        return HTTPSConnection(address, port, timeout=seconds, ssl_context=self._tls, server_hostname=host)


class _Cookies:
    """What servers gave to be shown again on the way of one request, by host: some let nobody in without it."""

    def __init__(self) -> None:
        self._by_host: dict[str, dict[str, str]] = {}

    def for_host(self, target: Url) -> dict[str, str]:
        """Return the header that shows a host its cookies."""
        held = self._by_host.get(target.host or "", {})
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())} if held else {}

    def take(self, target: Url, answer: Answer) -> None:
        """Keep the cookies of an answer, the first few."""
        held = self._by_host.setdefault(target.host or "", {})
        for line in answer.headers.get("set-cookie", "").split("\n")[:_MOST_COOKIES]:
            name, equals, value = line.split(";", 1)[0].partition("=")
            if equals and name.strip() and line.isprintable():
                held[name.strip()] = value.strip()


def is_web_address(url: str) -> bool:
    """Tell whether `url` is one that can be asked: http or https, with a host."""
    try:
        _target(url)
    except AddressError:
        return False
    return True


def without_login(url: str) -> tuple[str, str | None]:
    """Return a web address without the `user:password` in it, and that, decoded; null if it has none."""
    try:
        parsed = parse_url(url.strip())
    except LocationParseError:
        return url, None
    if not parsed.auth:
        return url, None
    return parsed._replace(auth=None).url, unquote(parsed.auth)


def host_of(url: str) -> str:
    """Return the host and port of a web address, by which requests are kept one at a time; the URL itself if none."""
    try:
        _, host, port = _origin(_target(url))
    except AddressError:
        return url
    return f"{host}:{port}"


def _target(url: str) -> Url:
    try:
        parsed = parse_url(url.strip())
    except LocationParseError as error:
        raise AddressError(f"no web address: {url[:200]!r}") from error
    if parsed.scheme not in _PORTS or not parsed.host:
        raise AddressError(f"no address of http or https: {url[:200]!r}")
    return parsed._replace(auth=None, fragment=None)  # what a feed says is no place to have passwords from


def _joined(base: str, location: str) -> str:
    """Return where a `Location` leads. Headers come as Latin-1, and what is beyond ASCII in them is UTF-8 by custom."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, location.strip())
    except ValueError as error:
        raise AddressError(f"redirected to no web address: {location[:200]!r}") from error


def _origin(target: Url) -> tuple[str, str, int]:
    scheme, host = target.scheme or "", (target.host or "").strip("[]")
    return scheme, host, target.port or _PORTS[scheme]


def _connects(connection: HTTPConnection, others: int) -> bool:
    """Connect; where there are `others` to try, return whether it worked, and otherwise raise why it did not."""
    try:
        connection.connect()
    except (HTTPError, OSError):
        if others:
            return False
        raise
    return True


def _is_literal(target: Url) -> bool:
    host = _origin(target)[1]
    return host == "localhost" or ":" in host or host.replace(".", "").isdigit()


def _body(response: BaseHTTPResponse, most: int, deadline: Deadline) -> tuple[bytes, bool]:
    """Return the decompressed body, and whether it was cut off. What the header says of compression may be wrong."""
    chunks, size, cut = [], 0, False
    try:
        for chunk in response.stream(_CHUNK_BYTES, decode_content=False):
            size += len(chunk)
            if size > most:
                raise TooLargeError("the answer", most)
            if not deadline.left:
                break
            chunks.append(chunk)
    except (HTTPError, http.client.HTTPException, OSError):
        cut = True
    if not deadline.left:
        raise TimedOutError(deadline.seconds)
    unpacked = decoded(b"".join(chunks), response.headers.get("content-encoding"), most, "the answer")
    return unpacked.body, unpacked.cut or cut or bool(getattr(response, "length_remaining", 0))


@contextmanager
def _clear_errors(deadline: Deadline) -> Iterator[None]:
    """Turn the errors of connections into ours; any that comes after the deadline is the deadline's."""
    try:
        yield
    except SourceError:
        raise
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:  # ValueError: headers beyond Latin-1
        if not deadline.left:
            raise TimedOutError(deadline.seconds) from error
        raise FetchError(f"no answer ({type(error).__name__}: {error})") from error


def _hang_up(connection: HTTPConnection, sockets: list[socket]) -> None:
    """Shut a connection, so that whoever waits for it goes on. Time-outs of sockets only count from byte to byte."""
    for held in (connection.sock, *sockets):
        with suppress(OSError, AttributeError):  # AttributeError: there is none yet
            held.shutdown(SHUT_RDWR)
