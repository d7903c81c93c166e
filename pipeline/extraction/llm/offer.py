"""The language model, as an extractor that can be chosen."""

from pathlib import Path

from pipeline.extraction.interface import Extractor, Offer, Preparation, Setup
from pipeline.extraction.llm.options import LlmOptions

_ENGLISH = "en"


def answers_beside(setup: Setup) -> Path:
    """Return the file that answers are kept in: beside the database, or in the working folder where there is none."""
    options: LlmOptions = setup.own
    if options.cache is not None:
        return options.cache.absolute()
    database = setup.database or Path("llm")
    return database.absolute().with_name(f"{database.name}.answers.sqlite")


def _version(setup: Setup) -> str:
    from pipeline.extraction.llm.extractor import version_of

    return version_of(setup.own)


def _make(setup: Setup) -> Extractor:
    from pipeline.extraction.llm.extractor import LlmExtractor
    from pipeline.extraction.rules.extractor import RulesExtractor

    return LlmExtractor(setup.own, answers_beside(setup), RulesExtractor(setup.places, setup.actors))


def _prepare(setup: Setup) -> Preparation:
    from pipeline.extraction.llm.preparation import preparation_of

    return preparation_of(setup.own, answers_beside(setup))


def _languages(setup: Setup) -> frozenset[str]:
    options: LlmOptions = setup.own
    return frozenset(options.only_languages) - {_ENGLISH}


OFFER = Offer("llm", _version, _make, _prepare, LlmOptions, _languages)
