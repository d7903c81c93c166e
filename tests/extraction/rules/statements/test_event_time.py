from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.event_time import Timing, time_of
from schemas import DatePrecision

Read = Callable[..., Document]


def timing(read: Read, text: str) -> Timing:
    document = read(text)
    head = max(document.triggers, key=lambda t: t.strength)
    return time_of([document.clause_at(head.span.start)], document.clauses, head, document)


@pytest.mark.parametrize(
    ("text", "done", "told"),
    [
        ("Gunmen attacked a bank on Monday.", "Monday", None),
        ("On Monday, gunmen attacked a bank.", "Monday", None),
        ("Gunmen attacked a bank, police said on Monday.", None, "Monday"),
        ("Police said Monday that gunmen attacked a bank.", None, "Monday"),
        ("On Monday, police told reporters that gunmen attacked a bank.", None, "Monday"),
        ("Gunmen attacked a bank on Sunday, police said on Monday.", "Sunday", "Monday"),
        ("Gunmen attacked a bank.", None, None),
        ("The mayor confirmed the latest attack on Monday.", None, "Monday"),
        ("The mayor condemned the attack on Monday.", None, "Monday"),
        ("On Monday, police blamed a gang for the attack.", None, "Monday"),
        ("Police hunted a man on Monday over the attack.", None, "Monday"),
        ("There was an attack on Monday.", "Monday", None),
        ("Gunmen attacked a bank in the east of the city on Monday, police said.", "Monday", None),
        ("It was the first attack since rebels took power on Monday.", None, None),
        ("Hundreds attended funerals Monday for victims of an attack.", None, "Monday"),
        ("The attack ended on Monday.", "Monday", None),
        ("A militia claimed Monday's attack.", "Monday", None),
        ("Police said Monday night's attack was cruel.", "Monday night", None),
        ("The mayor condemned the May 3 attack.", "May 3", None),
        ("The mayor condemned the attack on May 3.", None, "May 3"),
        ("The mayor said on Monday the attack was cruel.", None, "Monday"),
        ("The attack, which ended on Monday, began on Sunday.", "Sunday", None),
    ],
)
def test_days_of_the_deed_and_of_the_telling(read: Read, text: str, done: str | None, told: str | None) -> None:
    found = timing(read, text)
    assert (found.done.span.text if found.done else None) in (done, done and f"on {done}", done and f"On {done}")
    assert (found.told.span.text if found.told else None) in (told, told and f"on {told}", told and f"On {told}")


def test_what_ended_on_a_day_was_on_that_day_or_the_one_before(read: Read) -> None:
    day = timing(read, "The siege and the attack ended on Monday.").done
    assert day is not None
    assert (str(day.earliest), str(day.latest), day.precision) == ("2019-07-07", "2019-07-08", DatePrecision.DAYS)
    assert day.weekday is None


def test_what_began_then_has_gone_on_since(read: Read) -> None:
    found = timing(read, "Attacks that began on Monday have cost lives.")
    assert found.done is None
    assert found.since is not None


def test_since_opens_a_period(read: Read) -> None:
    found = timing(read, "There have been 20 attacks since July 1.")
    assert found.done is None
    assert found.since is not None
