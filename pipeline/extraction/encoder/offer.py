"""The rules and the encoder, as an extractor that can be chosen."""

from typing import TYPE_CHECKING

from pipeline.errors import MissingExtraError
from pipeline.extraction.interface import Extractor, Offer, Setup

if TYPE_CHECKING:
    from pipeline.extraction.rules.extractor import RulesExtractor

_NAME, _EXTRA = "rules+encoder", "encoder"


def _kind() -> "type[RulesExtractor]":
    try:
        from pipeline.extraction.encoder.extractor import EncoderExtractor  # its runtime takes memory: only when asked
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"--extractor {_NAME}", _EXTRA) from error
    return EncoderExtractor


def _version(setup: Setup) -> str:
    return _kind().version


def _make(setup: Setup) -> Extractor:
    return _kind()(setup.places, setup.actors)


OFFER = Offer(_NAME, _version, _make)
