import pytest

from pipeline.extraction.safely import extract_safely
from schemas import Article, Evidence, Mention, Reject, Tally
from tests.support.records import article, mention


class Broken:
    name, version = "broken", "1"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def extract(self, article: Article) -> list[Mention | Tally]:
        raise self._error


class Misquoting:
    name, version = "misquoting", "1"

    def extract(self, article: Article) -> list[Mention | Tally]:
        return [mention(1, evidence=(Evidence(field="event_type", start=0, end=6, quote="Drones"),))]


@pytest.mark.parametrize("error", [ValueError("no day"), KeyError("XSE"), RecursionError("too deep"), IndexError()])
def test_what_an_extractor_fails_on_is_rejected_and_not_the_end(error: Exception) -> None:
    found = extract_safely(Broken(error), article("A text.", "one.txt"))
    assert isinstance(found, Reject)
    assert (found.stage, found.ref, found.record) == ("extraction", "one.txt", "A text.")
    assert "broken 1" in found.reason
    assert str(error) in found.reason


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_who_stops_the_process_stops_it(stop: type[BaseException]) -> None:
    with pytest.raises(stop):
        extract_safely(Broken(stop()), article("A text.", "one.txt"))  # type: ignore[arg-type]


def test_a_quote_that_does_not_stand_there_is_rejected() -> None:
    found = extract_safely(Misquoting(), article("Another text.", "one.txt"))
    assert isinstance(found, Reject)
    assert "misquoting 1 invalid report" in found.reason
