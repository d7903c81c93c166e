"""That a page is called what trafilatura calls it, without the half of its work that nobody uses."""

import time

import pytest
import trafilatura
from trafilatura.metadata import extract_metadata

from pipeline.sources.page_metadata import read_metadata

URL = '<link rel="canonical" href="https://www.post.example/1">'
LINKED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Blast","publisher":{"name":"Post"}}</script>'
)
HEADS = (
    "",
    "<title>Blast - The Post</title>",
    "<title>Blast | post.example</title>",
    URL,
    f'{URL}<meta property="og:site_name" content="the post"><meta property="og:title" content="A blast">',
    f'{URL}<meta name="twitter:site" content="@post">',
    LINKED,
    f"{URL}{LINKED}",
    '<script type="application/ld+json">{"@type":</script>',
)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    "body", ["<h1>Blast in &eacute;</h1>", "<h1>One</h1><h1>Two</h1>", "<h2>Blast</h2>", "<p>x</p>"]
)
def test_it_is_called_what_trafilatura_calls_it(head: str, body: str) -> None:
    tree = trafilatura.load_html(f"<html><head>{head}</head><body>{body}</body></html>")
    theirs = extract_metadata(tree)
    assert read_metadata(tree) == (theirs.title or None, theirs.url or None, theirs.sitename or None)


@pytest.mark.parametrize("data", ["<!--" * 40_000, '"author":' * 40_000, "[" * 90_000])
def test_data_that_take_for_ever_are_passed_over(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    tree = trafilatura.load_html(f"<html><head><title>Blast</title>{script}</head><body><p>x</p></body></html>")
    begun = time.process_time()
    assert read_metadata(tree).title == "Blast"
    assert time.process_time() - begun < 5
