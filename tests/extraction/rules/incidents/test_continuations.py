"""What sentences without a deed add to the incident told last."""

from collections.abc import Callable

from schemas import Mention

FIRST = "Gunmen killed nine soldiers near Gao in Mali on Monday. "


def test_a_toll_is_added(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    ((mention,), _) = extract(FIRST + "There were 14 injuries, a doctor said.")
    assert (mention.killed_best, mention.wounded_best) == (9, 14)


def test_an_accident_elsewhere_is_not(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    mentions, _ = extract(FIRST + "In a traffic accident 14 people were injured.")
    assert mentions[0].wounded_best is None


def test_it_happened_says_where(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    ((mention,), _) = extract("Gunmen killed nine soldiers in Mali. It happened on Monday in the town of Gao.")
    assert (mention.place_name, str(mention.date_earliest)) == ("Gao", "2019-07-08")
