import time
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.publication_date import PublicationDate, read_publication_date
from schemas.enums import PublishedBasis

NOVEMBER_14 = datetime(2023, 11, 14, tzinfo=timezone.utc)
NONE = PublicationDate(None, PublishedBasis.NONE)


@pytest.mark.parametrize(
    "text",
    [
        " date 2023-11-14 Two outposts came under fire.",
        "Date: 2023-11-14\nTwo outposts came under fire.",
        "Outposts under fire\n\nPublished: 14 November 2023\nBy A. Writer\n\nTwo outposts came under fire.",
        "Outposts under fire\nBy A. Writer | Published Nov. 14, 2023 at 10:20 AM\n\nTwo outposts.",
        "Outposts under fire\nUpdated 15 November 2023\nPublished on 14 November 2023\n\nTwo outposts.",
        "Tuesday, November 14, 2023 10:15 AM EST\nTwo outposts came under fire.",
        "Outposts under fire\n14/11/2023\n\nTwo outposts came under fire.",
        "Outposts under fire\n14th of November, 2023\n\nTwo outposts came under fire.",
    ],
)
def test_headers(text: str) -> None:
    assert read_publication_date(text) == PublicationDate(NOVEMBER_14, PublishedBasis.HEADER)


@pytest.mark.parametrize(
    "text",
    [
        "PORTVILLE, 14 NOV 23 -- [TEXT] TWO OUTPOSTS CAME UNDER FIRE.",
        "   PORTVILLE (NORLAND), NOVEMBER 14 2023 (XYZ) -- [TEXT] TWO OUTPOSTS.",
        "NEW PORTVILLE, 14 NOV 23 (RADIO\nPORTVILLE) -- TWO OUTPOSTS CAME UNDER FIRE.",
        "PORTVILLE, Nov. 14, 2023 (Reuters) - Two outposts came under fire.",
        "PORTVILLE, Norland, 14 November 2023 (AP) — Two outposts came under fire.",
        "Outposts under fire\n\nPortville, 14 November 2023 – Two outposts came under fire.",
        "PORTVILLE, Norland, November 14, 2023. Two outposts came under fire.",
        "PORTVILLE, November 14, 2023. /TASS/. Two outposts came under fire.",
        "November 14, 2023 (PORTVILLE) – Two outposts came under fire.",
        "(CNN) November 14, 2023 Two outposts came under fire.",
        "RIO de PORTVILLE, Nov 14 2023: Two outposts came under fire.",
    ],
)
def test_datelines(text: str) -> None:
    assert read_publication_date(text) == PublicationDate(NOVEMBER_14, PublishedBasis.DATELINE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PORTVILLE (AP) — Two outposts came under fire.",
        "PORTVILLE, November 14 — Two outposts came under fire.",
        "PORTVILLE, NO DATE (XYZ) -- TWO OUTPOSTS CAME UNDER FIRE.",
        "PORTVILLE, Feb. 31, 2023 (Reuters) - Two outposts.",
        "PORTVILLE, 03/04/2023 (AP) — Two outposts.",
        "On November 14, 2023, two outposts came under fire.",
        "In Portville, November 14, 2023 was a day of fire.",
        "The ministry said a decree\nissued 14 November 2020 had been withdrawn.",
        "Portville saw fire on Nov 14, 2023 - the third time.",
        "Portville, November 14, 2020. REUTERS/A. Photographer\n\nTwo outposts came under fire.",
        "Portville, November 14, 2020 (Photo by A. Photographer)\n\nTwo outposts came under fire.",
        "A month of fire\n\n14 November 2020\n\nTwo outposts.\n\n15 November 2020\n\nA bridge.",
        "A month of fire\n\n14 November 2020 - Two outposts.\n\n15 November 2020 - A bridge.",
        "Nov 14 1400 GMT\nTwo outposts came under fire.",
    ],
)
def test_what_gives_no_clock(text: str) -> None:
    assert read_publication_date(text) == NONE


@pytest.mark.parametrize(
    ("dateline", "url", "day", "basis"),
    [
        ("November 14", "https://news.example/2023/11/15/a", (2023, 11, 14), PublishedBasis.DATELINE),
        ("December 31", "https://news.example/2024/01/01/a", (2023, 12, 31), PublishedBasis.DATELINE),
        ("January 1", "https://news.example/2023/12/31/a", (2024, 1, 1), PublishedBasis.DATELINE),
        ("December 31", "https://news.example/2023/a", (2023, 12, 31), PublishedBasis.DATELINE),
        ("March 3", "https://news.example/2023/11/14/a", (2023, 11, 14), PublishedBasis.URL),
    ],
)
def test_a_dateline_without_a_year_takes_it_from_the_address(
    dateline: str, url: str, day: tuple[int, int, int], basis: PublishedBasis
) -> None:
    clock = read_publication_date(f"PORTVILLE, {dateline} — Two outposts came under fire.", url)
    assert clock == PublicationDate(datetime(*day, tzinfo=timezone.utc), basis)


def test_the_order_of_what_is_believed() -> None:
    declared = datetime(2023, 11, 16, 8, tzinfo=timezone.utc)
    text = "PORTVILLE, Nov 14, 2023 (XYZ) — Two outposts."
    url = "https://news.example/2023/11/15/a"
    assert read_publication_date(text, url, declared) == PublicationDate(declared, PublishedBasis.METADATA)
    assert read_publication_date("Published: 13 November 2023\n\n" + text, url).basis is PublishedBasis.HEADER
    assert read_publication_date(text, url).basis is PublishedBasis.DATELINE
    assert read_publication_date("Two outposts.", url).basis is PublishedBasis.URL


@pytest.mark.parametrize(
    ("written", "year"), [("14 NOV 69", 1969), ("14 NOV 99", 1999), ("14 NOV 00", 2000), ("14 NOV 68", 2068)]
)
def test_two_digit_years_turn_at_69(written: str, year: int) -> None:
    clock = read_publication_date(f"PORTVILLE, {written} -- TWO OUTPOSTS.")
    assert clock.published_at == datetime(year, 11, 14, tzinfo=timezone.utc)


@given(st.text(st.sampled_from("A a,.(-—:/[])1234 90JANov\n")) | st.text())
def test_any_text_is_survived(text: str) -> None:
    clock = read_publication_date(text, "https://news.example/" + text)
    assert (clock.published_at is None) == (clock.basis is PublishedBasis.NONE)


@pytest.mark.parametrize("token", ["A ", "PORTVILLE, ", "(A ", "3 JAN ", "Published ", "-- ", "al ", " ", "14 ", "A,("])
def test_long_lines_of_anything_are_quick(token: str) -> None:
    started = time.perf_counter()
    read_publication_date(token * (100_000 // len(token)), "https://news.example/" + token * 10_000)
    assert time.perf_counter() - started < 2
