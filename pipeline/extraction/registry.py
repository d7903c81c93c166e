"""The extractors that there are. To add one: a folder beside this module, and a line here."""

from importlib import import_module

from pipeline.extraction.interface import Offer

EXTRACTORS = {
    "rules": "pipeline.extraction.rules.offer",
    "rules+encoder": "pipeline.extraction.encoder.offer",
    "llm": "pipeline.extraction.llm.offer",
}
"""The module that has the offer of each, by name; the first is the one that reads where none is chosen."""

DEFAULT = next(iter(EXTRACTORS))


def offer_of(name: str) -> Offer:
    """Return the offer of an extractor. Raises KeyError for a name that none has."""
    offer: Offer = import_module(EXTRACTORS[name]).OFFER
    return offer
