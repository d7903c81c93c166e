"""The extractor that reads twice: by rules, and then with the encoder where the rules left something open."""

from pathlib import Path

from pipeline.extraction.encoder.completion import SecondReader
from pipeline.extraction.encoder.model import Encoder
from pipeline.extraction.rules.extractor import RulesExtractor


class EncoderExtractor(RulesExtractor):
    """Reads articles by rules and the encoder. `places` and `actors` are the user's own tables."""

    name = "rules+encoder"
    version = f"{RulesExtractor.version}.2"

    def __init__(self, places: Path | None = None, actors: Path | None = None) -> None:
        super().__init__(places, actors, SecondReader(Encoder()))
