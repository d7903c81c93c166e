"""One POST of JSON, and its answer: all of it within one deadline, or none."""

import http.client
import json
import threading
from collections.abc import Mapping
from contextlib import closing, suppress
from socket import SHUT_RDWR, socket
from typing import Any, NamedTuple

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, parse_url

_MOST_BYTES = 8_000_000
_CHUNK_BYTES = 64 * 1024
_CONNECT_SECONDS = 10.0


class Response(NamedTuple):
    """What a server said. The names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NoResponse(Exception):  # noqa: N818  # it tells what there is not
    """There is no answer, or none that is whole; the text says why. `late` tells that time was up."""

    def __init__(self, problem: str, late: bool = False) -> None:
        super().__init__(problem)
        self.late = late


def post(url: str, headers: Mapping[str, str], message: Mapping[str, Any], timeout_seconds: float) -> Response:
    """Return the answer to a message, whatever its status. Raises NoResponse.

    Redirects are not followed: a key goes where it was meant to go.
    """
    target = _target(url)
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
    connection = _connection(target, min(timeout_seconds, _CONNECT_SECONDS))
    cut_off = _CutOff(connection, timeout_seconds)
    try:
        connection.connect()
        cut_off.watch(connection.sock)
        connection.timeout = timeout_seconds
        connection.sock.settimeout(timeout_seconds)
        connection.request("POST", target.request_uri, body=body, headers=dict(headers), preload_content=False)
        with closing(connection.getresponse()) as response:
            told = {name.lower(): value for name, value in response.headers.items()}
            whole = Response(response.status, told, _body(response))
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        if cut_off.happened or isinstance(error, TimeoutError) or "timed out" in str(error).lower():
            raise NoResponse(f"no whole answer within {timeout_seconds:g} seconds", late=True) from error
        raise NoResponse(f"no answer ({type(error).__name__})") from error
    finally:
        cut_off.cancel()
        connection.close()
    if cut_off.happened:
        raise NoResponse(f"no whole answer within {timeout_seconds:g} seconds", late=True)
    return whole


class _CutOff:
    """Hangs up when time is up: time-outs of sockets only count from byte to byte, and a slow server has many."""

    def __init__(self, connection: HTTPConnection, seconds: float) -> None:
        self.happened = False
        self._connection, self._sockets = connection, list[socket]()
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, held: socket) -> None:
        """Keep the socket, which the connection forgets when the answer is to end with it."""
        self._sockets.append(held)

    def cancel(self) -> None:
        self._timer.cancel()

    def _hang_up(self) -> None:
        self.happened = True
        for held in (self._connection.sock, *self._sockets):
            with suppress(OSError, AttributeError):  # AttributeError: there is none yet
                held.shutdown(SHUT_RDWR)


def _target(url: str) -> Url:
    try:
        parsed = parse_url(url)
    except LocationParseError as error:
        raise NoResponse("no web address") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise NoResponse("no web address")
    return parsed


def _connection(target: Url, seconds: float) -> HTTPConnection:
    host = (target.host or "").strip("[]")
    if target.scheme == "https":
        return HTTPSConnection(host, target.port or 443, timeout=seconds)
    return HTTPConnection(host, target.port or 80, timeout=seconds)


def _body(response: BaseHTTPResponse) -> bytes:
    chunks, size = [], 0
    for chunk in response.stream(_CHUNK_BYTES, decode_content=True):
        size += len(chunk)
        if size > _MOST_BYTES:
            raise ValueError("the answer is too long")
        chunks.append(chunk)
    if getattr(response, "length_remaining", 0):
        raise http.client.IncompleteRead(b"".join(chunks))
    return b"".join(chunks)
