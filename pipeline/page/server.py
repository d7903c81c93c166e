"""`serve`: the page over a live database. It answers GET, on this machine only unless told otherwise, and never writes.

Only requests that name this server in their Host header are answered: a page of another site that a browser has open
can't reach it under a name of its own (DNS rebinding).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import urlsplit

from pipeline.errors import WrongOptionError
from pipeline.export.registry import FORMATS
from pipeline.export.writing import write
from pipeline.page.selection import PageSelection
from pipeline.page.snapshots import Snapshot, Snapshots
from pipeline.storage.selection import selected

_log = logging.getLogger(__name__)

_HTML = "text/html; charset=utf-8"
_PACKED = "application/octet-stream"
_TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml", "gpkg": "application/geopackage+sqlite3",
    "atom": "application/atom+xml", "acled": "text/csv; charset=utf-8", "ged": "text/csv; charset=utf-8",
    "hxl": "text/csv; charset=utf-8",
}  # fmt: skip
_FEED = "feed.atom"
_EXPORT = "export."
_PATIENCE_SECONDS = 30.0

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Handler(BaseHTTPRequestHandler):
    """Answers one connection's requests."""

    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE_SECONDS

    def __init__(self, snapshots: Snapshots, hosts: frozenset[str], *arguments: object) -> None:
        self._snapshots = snapshots
        self._hosts = hosts
        super().__init__(*arguments)  # type: ignore[arg-type]  # as the server gives them

    def do_GET(self) -> None:  # the name that http.server looks for
        """Answer a request."""
        if _host_of(self.headers.get("Host", "")) not in self._hosts:
            self._tell(HTTPStatus.MISDIRECTED_REQUEST, "this server does not go by that name")
            return
        path = urlsplit(self.path).path.strip("/")
        kind, _, rest = path.partition("/")
        if path == "":
            self._send(self._snapshots.newest.page, _HTML)
        elif kind == "detail":
            self._detail(*rest.partition("/")[::2])
        elif path == _FEED:
            self._export("atom")
        elif path.startswith(_EXPORT) and path.removeprefix(_EXPORT) in FORMATS:
            self._export(path.removeprefix(_EXPORT))
        else:
            self._tell(HTTPStatus.NOT_FOUND, "there is nothing here: / is the page, /export.csv and its kin the rows")

    def refuse(self) -> None:
        """Refuse a request that would do more than read."""
        self.close_connection = True
        self._tell(HTTPStatus.METHOD_NOT_ALLOWED, "this server only answers GET", {"Allow": "GET"})

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_TRACE = do_CONNECT = refuse  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # so it is called
        """Log a request, when much is logged."""
        _log.debug(format, *arguments)

    def _detail(self, name: str, number: str) -> None:
        state = self._snapshots.named(name)
        if state is None:
            self._tell(HTTPStatus.CONFLICT, "a run has changed the database since: load the page anew")
            return
        packed = state.chunk(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
        if packed is None:
            self._tell(HTTPStatus.NOT_FOUND, "there are no such incidents")
        else:
            self._send(packed, _PACKED)

    def _export(self, form: str) -> None:
        content = _exported(self._snapshots.newest, form)
        attached = (
            {} if form == "atom" else {"Content-Disposition": f'attachment; filename="incidents.{_suffix(form)}"'}
        )
        self._send(content, _TYPES.get(form, _PACKED), attached)

    def _tell(self, status: HTTPStatus, text: str, headers: dict[str, str] | None = None) -> None:
        self._send(f"{text}\n".encode(), "text/plain; charset=utf-8", headers, status)

    def _send(
        self, content: bytes, kind: str, headers: dict[str, str] | None = None, status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        self.send_response(status)
        own = {"Content-Type": kind, "Content-Length": str(len(content))}
        for name, value in (_HEADERS | own | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


class Server(ThreadingHTTPServer):
    """A server with a thread for each connection."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Log what went wrong with a connection: mostly a reader who left."""
        _log.debug("connection of %s broke off", client_address, exc_info=True)


@contextmanager
def serving(
    database: Path, selection: PageSelection, host: str, port: int, names: tuple[str, ...] = ()
) -> Iterator[tuple[str, Snapshots]]:
    """Serve until the block ends; yield the page's address, and the states to refresh.

    `port` 0 takes any that is free. `names` are further names under which the server may be asked. Raises
    WrongOptionError where that address can't be had, and what reading the database raises.
    """
    with TemporaryDirectory(prefix="incidents-served-") as folder:
        snapshots = Snapshots(database, Path(folder), selection)
        try:
            hosts = frozenset(("localhost", "127.0.0.1", "::1", host.lower(), *(name.lower() for name in names)))
            server = _server(host, port, partial(Handler, snapshots, hosts))
            with server:
                Thread(target=server.serve_forever, daemon=True).start()
                try:
                    yield f"http://{f'[{host}]' if ':' in host else host}:{server.server_address[1]}/", snapshots
                finally:
                    server.shutdown()
        finally:
            snapshots.close()


def is_this_machine(host: str) -> bool:
    """Return whether an address is reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _server(host: str, port: int, handler: "partial[Handler]") -> Server:
    try:
        return Server((host, port), handler)
    except (OSError, OverflowError) as error:
        raise WrongOptionError(f"cannot serve at {host}:{port} ({error}): name another --port or --host") from error


def _host_of(header: str) -> str:
    """Return the name in a Host header, without the port; an empty text for one that cannot be meant."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _exported(state: Snapshot, form: str) -> bytes:
    with TemporaryDirectory(prefix="incidents-export-") as folder:
        path = Path(folder) / f"incidents.{_suffix(form)}"
        write(FORMATS[form], selected(state.path, PageSelection(), FORMATS[form].of_revisions), path)
        return path.read_bytes()


def _suffix(form: str) -> str:
    """Return the end of a file's name by which programs know the format."""
    return {"acled": "acled.csv", "ged": "ged.csv", "hxl": "hxl.csv", "geoparquet": "geo.parquet"}.get(form, form)
