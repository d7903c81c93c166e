"""The rules, as an extractor that can be chosen."""

from pipeline.extraction.interface import Extractor, Offer, Setup


def _version(setup: Setup) -> str:
    from pipeline.extraction.rules.extractor import RulesExtractor

    return RulesExtractor.version


def _make(setup: Setup) -> Extractor:
    from pipeline.extraction.rules.extractor import RulesExtractor

    return RulesExtractor(setup.places, setup.actors)


OFFER = Offer("rules", _version, _make)
