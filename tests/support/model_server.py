"""A language model's server of this machine: plain HTTP, and as good, slow, broken or obedient as it is told to be."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 1_000, "completion_tokens": 200}


@dataclass(frozen=True)
class Said:
    """One answer of a server: what the model says in it, or else a whole `body`.

    It is sent after `wait_seconds`, and `drip_seconds` pass between one byte and the next.
    """

    content: str = ""
    finish_reason: str = "stop"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    usage: Mapping[str, int] | None = field(default_factory=lambda: USAGE)
    wait_seconds: float = 0.0
    drip_seconds: float = 0.0

    @property
    def sent(self) -> bytes:
        if self.body is not None:
            return self.body.encode()
        choice = {
            "index": 0,
            "finish_reason": self.finish_reason,
            "message": {"role": "assistant", "content": self.content},
        }
        whole = {"object": "chat.completion", "choices": [choice], **({"usage": self.usage} if self.usage else {})}
        return json.dumps(whole).encode()


@dataclass(frozen=True)
class Call:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def user(self) -> str:
        return str(self.body["messages"][-1]["content"])


Says = Callable[[Call, int], Said]
"""What a server says to a request, and to the how manieth one it is, from 0."""


class ModelServer:
    def __init__(self, says: Says) -> None:
        self.says = says
        self.calls: list[Call] = []
        self.answered = 0
        self.url = ""
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self.over = threading.Event()

    def enter(self, call: Call) -> int:
        with self._lock:
            self.calls.append(call)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            return len(self.calls) - 1

    def leave(self, whole: bool) -> None:
        with self._lock:
            self._at_once -= 1
            self.answered += whole


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of: ModelServer

    def do_POST(self) -> None:
        self.close_connection = True
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        call = Call(self.path, dict(self.headers), body)
        number, whole = self.server_of.enter(call), False
        try:
            self._send(self.server_of.says(call, number))
            whole = True
        except OSError:  # whoever asked has hung up
            pass
        finally:
            self.server_of.leave(whole)

    def _send(self, said: Said) -> None:
        self.server_of.over.wait(said.wait_seconds)
        self.send_response(said.status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(said.sent)),
            **said.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        pieces = [said.sent[n : n + 1] for n in range(len(said.sent))] if said.drip_seconds else [said.sent]
        for piece in pieces:
            if said.drip_seconds and self.server_of.over.wait(said.drip_seconds):
                return
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, *arguments: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def answering(says: Says) -> Iterator[ModelServer]:
    """Serve a model under a port of its own."""
    model = ModelServer(says)
    server = _Server(("127.0.0.1", 0), type("ModelHandler", (_Handler,), {"server_of": model}))
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def always(said: Said) -> Says:
    return lambda call, number: said


def in_turn(*said: Said) -> Says:
    """The first answer to the first request and so on; the last one to all that follow."""
    return lambda call, number: said[min(number, len(said) - 1)]
