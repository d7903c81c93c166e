"""What an incident says of its day where its words give none."""

from collections.abc import Callable

from schemas import DateBasis, Mention


def test_a_day_it_was_told_on_is_the_end_of_three(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    ((mention,), _) = extract("Gunmen killed nine soldiers near Gao in Mali, the army said on Monday.")
    assert (str(mention.date_earliest), str(mention.date_latest)) == ("2019-07-06", "2019-07-08")


def test_nothing_is_dated_by_an_article_without_a_day(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    ((mention,), _) = extract("Gunmen killed nine soldiers near Gao in Mali.", clock=None)
    assert (mention.date_earliest, mention.date_basis) == (None, DateBasis.NONE)


def test_news_without_a_day_is_of_the_week_before(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    ((mention,), _) = extract("Gunmen killed nine soldiers near Gao in Mali.")
    assert (mention.date_basis, (mention.date_latest - mention.date_earliest).days) == (DateBasis.PUBLICATION, 7)
