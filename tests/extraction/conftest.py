from collections.abc import Callable
from datetime import date

import pytest

from pipeline.extraction.actors.alias_table import organisation_keys
from pipeline.extraction.actors.recogniser import ActorFinder
from pipeline.extraction.document import Document, DocumentReader
from pipeline.extraction.places.recogniser import PlaceFinder
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.rules.incidents.trace import Trace
from pipeline.extraction.rules.statements.finder import statements_of
from pipeline.extraction.rules.statements.statement import Statement
from schemas import Mention, Tally, check_quotes
from tests.support.records import article

Extract = Callable[..., tuple[list[Mention], list[Tally]]]
Read = Callable[..., Document]
Explain = Callable[..., Trace]
State = Callable[..., list[Statement]]
CLOCK = date(2019, 7, 10)  # a Wednesday


@pytest.fixture(scope="session")
def extractor() -> RulesExtractor:
    return RulesExtractor()


@pytest.fixture(scope="session")
def extract(extractor: RulesExtractor) -> Extract:
    """Extract a text, check every quote, and return its mentions and its tallies."""

    def run(text: str, clock: date | None = CLOCK) -> tuple[list[Mention], list[Tally]]:
        found = extractor.extract(article(text, published=clock))
        for record in found:
            check_quotes(record.evidence, text)
        return [r for r in found if isinstance(r, Mention)], [r for r in found if isinstance(r, Tally)]

    return run


@pytest.fixture(scope="session")
def explain(extractor: RulesExtractor) -> Explain:
    """Return what became of every statement of a text."""
    return lambda text, clock=CLOCK: extractor.explain(article(text, published=clock))[1]


@pytest.fixture(scope="session")
def state(read: Read) -> State:
    """Return the statements of a text, in order."""
    return lambda text, clock=CLOCK: [one for mine in statements_of(read(text, clock)) for one in mine]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a text without putting anything together."""
    reader = DocumentReader(PlaceFinder(None, organisation_keys()), ActorFinder())
    return lambda text, clock=CLOCK: reader.read(text, clock)
