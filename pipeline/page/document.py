"""The page as one HTML document: its script, its style and all its data within, and a policy that allows no more.

Data are compressed JSON in base64, in elements that no browser runs; nothing of a database is ever part of the markup
but the title, which is escaped. The policy (a Content-Security-Policy in the document itself, which holds for a file
too) names the script and the style by their digests, so that a browser would run no other, and allows no request;
a served page may ask its own server. The same content makes the same bytes.
"""

import gzip
import html
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

CHUNK = 100
"""Incidents whose details are packed together; the script unpacks one such pack when an incident is opened."""

LIVE_CHUNK = 1
"""Those that a server sends at once: no more than are asked for, so that many readers are answered quickly."""

_LEVEL = 6
"""Of compression: the highest saves 1 % and takes four times as long."""


def document(
    title: str, data: Mapping[str, bytes], details: Iterable[bytes] = (), is_live: bool = False
) -> Iterator[str]:
    """Yield the document in parts. `data` and `details` are packed; a live page asks its server for details."""
    script, style = resource("page.js"), resource("page.css")
    yield (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script, style, is_live)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">\n'
        f"<title>{html.escape(title)}</title>\n<style>{style}</style></head>\n<body>{resource('page.html')}\n"
    )
    for name, packed in data.items():
        yield _element(name, packed)
    for number, packed in enumerate(details):
        yield _element(f"detail-{number}", packed)
    yield f"<script>{script}</script></body></html>\n"


def pack(content: Any) -> bytes:
    """Return content as compressed JSON."""
    return gzip.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(), _LEVEL, mtime=0)


@cache
def world() -> bytes:
    """Return the base map, packed."""
    return (files("pipeline.page") / "data" / "world.json.gz").read_bytes()


@cache
def resource(name: str) -> str:
    """Return a file of the built front end."""
    return (files("pipeline.page") / "data" / name).read_text(encoding="utf-8")


def _element(name: str, packed: bytes) -> str:
    return f'<script type="text/plain" id="{name}">{b64encode(packed).decode("ascii")}</script>\n'


def _policy(script: str, style: str, is_live: bool) -> str:
    ask = "connect-src 'self'; " if is_live else ""
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; {ask}"
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"
