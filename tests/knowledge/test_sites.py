import pytest

from pipeline.knowledge.sites import kind_of_site
from schemas import FacilityType


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("college", "school"),
        ("Mosque", "religious"),
        ("police station", "police_station"),
        ("village", None),
        ("", None),
    ],
)
def test_words_for_a_kind_of_site(words: str, kind: str | None) -> None:
    assert kind_of_site(words) == (FacilityType(kind).value if kind else None)
