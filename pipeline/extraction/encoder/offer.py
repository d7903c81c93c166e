"""The rules and the encoder, as an extractor that can be chosen."""

from pipeline.extraction.interface import Extractor, Offer, Setup


def _version(setup: Setup) -> str:
    from pipeline.extraction.encoder.extractor import EncoderExtractor  # its runtime takes memory: only when asked

    return EncoderExtractor.version


def _make(setup: Setup) -> Extractor:
    from pipeline.extraction.encoder.extractor import EncoderExtractor

    return EncoderExtractor(setup.places, setup.actors)


OFFER = Offer("rules+encoder", _version, _make)
