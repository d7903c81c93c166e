"""Extraction without a pipeline and without a database: for pipes and for scoring."""

import logging
from collections.abc import Iterator

from pipeline.extraction.choice import chosen_extractor
from pipeline.inputs import patterns_of
from pipeline.options import ReadOptions
from pipeline.sources.transform import matched_files, read_files
from schemas import Article, Mention, Tally

_log = logging.getLogger(__name__)


def reports_in(options: ReadOptions, tallies: bool) -> Iterator[Mention | Tally]:
    """Yield the mentions (or the tallies) of all articles that the inputs hold, in order.

    What cannot be read is logged as a warning. Raises NoInputError for an input that matches nothing.
    """
    wanted = Tally if tallies else Mention
    extractor = chosen_extractor(options).make()
    for found in read_files(matched_files(patterns_of(options.inputs, matched_files)), options.limits):
        if isinstance(found, Article):
            yield from (report for report in extractor.extract(found) if isinstance(report, wanted))
        else:
            _log.warning("%s: %s", found.ref, found.reason)
