import io

import pytest

from pipeline.sources.streams import Limits
from pipeline.sources.text import headline_of, read_text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Two outposts under fire\n\nPORTVILLE — Two outposts.", "Two outposts under fire"),
        ("\n  BREAKING: Outposts under fire (video)\n\nText.", "BREAKING: Outposts under fire (video)"),
        ("Are outposts under fire?\n\nText.", "Are outposts under fire?"),
        ("Two outposts came under fire.\n\nMore text.", None),
        ("Two outposts came under fire on\nTuesday, it was said.", None),
        ("Two outposts under fire", None),
        ("Two outposts under fire\n\n", None),
        ("PORTVILLE, Nov 14, 2023 (XYZ) —\n\nText.", None),
        ("Published 14 November 2023\n\nText.", None),
        ("Fire\n\nText.", None),
        ("word " * 60 + "\n\nText.", None),
        ("", None),
    ],
)
def test_headlines(text: str, title: str | None) -> None:
    assert headline_of(text) == title


def test_the_text_is_kept_as_it_is() -> None:
    text = " date 2023-11-14 Two outposts\r\ncame under fire.\n"
    (document,) = read_text(io.BytesIO(text.encode()), "news/a.txt", Limits())
    assert document.text == text.replace("\r\n", "\n")
    assert (document.ref, document.name, document.folder) == ("news/a.txt", "a.txt", "news")
