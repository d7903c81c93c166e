from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.urls import Stretch, site_of, stretch_in

DAY = Stretch(date(2023, 11, 14), date(2023, 11, 14))


@pytest.mark.parametrize(
    ("url", "stretch"),
    [
        ("https://news.example/2023/11/14/drone", DAY),
        ("https://news.example/world/2023/nov/14/drone", DAY),
        ("https://news.example/20231114/drone.html", DAY),
        ("https://news.example/20231114-drone", DAY),
        ("https://news.example/news/2023-11-14/drone", DAY),
        ("https://news.example/2023/11/14", DAY),
        ("https://news.example/2023/11/drone", Stretch(date(2023, 11, 1), date(2023, 11, 30))),
        ("https://news.example/2024/02/drone", Stretch(date(2024, 2, 1), date(2024, 2, 29))),
        ("https://news.example/2023/drone", Stretch(date(2023, 1, 1), date(2023, 12, 31))),
    ],
)
def test_the_path_names_a_time(url: str, stretch: Stretch) -> None:
    assert stretch_in(url) == stretch


@pytest.mark.parametrize(
    "url",
    [None, "", "https://news.example/2311058115/", "https://news.example/a?d=/2023/11/14/", "http://[bad/2023/11/14/",
     "https://2023.example/a", "https://news.example/story-20231399", "https://news.example/99999999/"],
)  # fmt: skip
def test_other_digits_are_no_time(url: str | None) -> None:
    assert stretch_in(url) is None


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert stretch_in("https://news.example/2023/02/31/") == Stretch(date(2023, 2, 1), date(2023, 2, 28))


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.News.example:8080/a", "news.example"),
        ("https://m.news.example/a", "news.example"),
        ("https://english.news.example/a", "english.news.example"),
        ("not a url", None),
        ("http://[bad/", None),
        (None, None),
    ],
)
def test_the_site_is_the_host_without_www(url: str | None, site: str | None) -> None:
    assert site_of(url) == site


@given(st.text())
def test_any_text_is_survived(url: str) -> None:
    site_of(url)
    stretch_in("https://news.example/" + url)
