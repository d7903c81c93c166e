"""Which words name a kind of site, in any of the languages that are read."""

from functools import cache

from pipeline.knowledge.tables import phrases_of, rows


def kind_of_site(words: str) -> str | None:
    """Return the kind of site (a `FacilityType`) that words stand for, such as `school` for "college", else None.

    Case does not matter. Words for several kinds stand for the last of them in the list.
    """
    return _kinds().get(words.lower())


@cache
def _kinds() -> dict[str, str]:
    return {phrase: row["type"] for row in rows("facilities.csv") for phrase in phrases_of(row["phrases"])}
