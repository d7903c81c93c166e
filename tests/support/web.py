"""A web server of this machine that behaves as badly as it is told to, and feeds for it to serve."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


@dataclass(frozen=True)
class Reply:
    """What is answered. A reply with an `etag` or a date is answered with 304 to who has it already."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    length: int | None = None
    """The length that is claimed, if it is not the real one."""


class Request(NamedTuple):
    path: str
    headers: Mapping[str, str]
    status: int
    body_bytes: int


Behaviour = Reply | Callable[["Handler"], None]


class Site:
    """What a server has under which path, and what it was asked for. `over` ends whatever would go on for ever."""

    def __init__(self) -> None:
        self.pages: dict[str, Behaviour] = {}
        self.requests: list[Request] = []
        self.over = threading.Event()
        self.url = ""

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.close_connection = True
        behaviour = self.site.pages.get(self.path, Reply(b"nothing here", 404))
        try:
            if isinstance(behaviour, Reply):
                self.reply(behaviour)
            else:
                behaviour(self)
        except OSError:  # whoever asked has hung up
            pass

    def reply(self, reply: Reply) -> None:
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        status = 304 if self._has_it(reply) else reply.status
        body = b"" if status == 304 else body
        self.note(status, len(body))
        self.send_response_only(status)  # without the date of the day
        headers = {"Content-Type": "application/rss+xml", "Content-Length": str(reply.length or len(body))}
        validators = {"ETag": reply.etag, "Last-Modified": reply.last_modified}
        headers |= {name: value for name, value in validators.items() if value} | dict(reply.headers)
        for name, value in headers.items():
            self.send_header(name, value.replace("{url}", self.site.url))
        self.end_headers()
        self.wfile.write(body)

    def note(self, status: int, body_bytes: int = 0) -> None:
        self.site.requests.append(Request(self.path, dict(self.headers), status, body_bytes))

    def _has_it(self, reply: Reply) -> bool:
        if reply.etag:
            return self.headers.get("If-None-Match") == reply.etag
        return bool(reply.last_modified) and self.headers.get("If-Modified-Since") == reply.last_modified

    def log_message(self, *arguments: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve a site under a port of its own."""
    server = _Server(("127.0.0.1", 0), type("SiteHandler", (Handler,), {"site": site}))
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


# Behaviours that no reply describes.


def slow_headers(handler: Handler) -> None:
    """A header that comes letter by letter, so that no single wait is long."""
    handler.note(200)
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.site.over.wait(0.02):
        handler.wfile.write(b"a")


def slow_body(handler: Handler) -> None:
    handler.note(200)
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss version='2.0'>")
    while not handler.site.over.wait(0.02):
        handler.wfile.write(b" ")


def endless_body(handler: Handler) -> None:
    handler.note(200)
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss version='2.0'>")
    while not handler.site.over.is_set():
        handler.wfile.write(b"<channel/>" * 1_000)


def no_answer(handler: Handler) -> None:
    handler.note(0)
    handler.connection.close()


def rss(*items: str, about: str = "", title: str = "Local News") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>http://news.example/</link>{about}{''.join(items)}</channel></rss>"
    )


def item(number: int = 1, **fields: str | None) -> str:
    """An item. A field given as None is left out; others replace what it would have, and are escaped."""
    values: dict[str, str | None] = {
        "title": f"Story {number}",
        "link": f"http://news.example/story/{number}",
        "guid": f"story-{number}",
        "pubDate": f"Thu, 09 Nov 2023 10:{number % 60:02}:00 GMT",
        "description": f"<p>The council met for the <b>{number}th</b> time.</p>",
    }
    given = {name: value for name, value in (values | fields).items() if value is not None}
    return "<item>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in given.items()) + "</item>"
