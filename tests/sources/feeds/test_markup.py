import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.feeds.markup import looks_like_markup, text_of, tidied


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("Two   rockets\nhit.", "Two rockets\nhit."),
        ("<p>Two <b>rock</b>ets</p><p>hit a base.</p>", "Two rockets\n\nhit a base."),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>one</li><li>two</li></ul>after", "one\n\ntwo\n\nafter"),
        ("a<script>alert(1)</script>b<style>p{}</style>c<!-- d -->", "abc"),
        ("<p>AT&amp;T &eacute; &#233; &lt;3 &nbsp;x</p>", "AT&T é é <3 x"),
        ("&lt;p&gt;Escaped twice.&lt;/p&gt;&lt;p&gt;Yes.&lt;/p&gt;", "Escaped twice.\n\nYes."),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("<p>never closed <b>bold", "never closed bold"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a | b"),
        ("<img src=x onerror=alert(1)>", ""),
        ("\x00<p>nul</p>", "nul"),
    ],
)
def test_text(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_what_looks_like_markup() -> None:
    assert looks_like_markup("a <br/> b")
    assert not looks_like_markup("a < b and <unknown> c")


@given(st.text() | st.text(alphabet="<>&;/pbr= \"'\n!-[]"))
def test_anything_is_text_in_the_end(markup: str) -> None:
    assert tidied(text_of(markup)) == text_of(markup)
