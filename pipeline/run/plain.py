"""Extraction without a pipeline and without a database: for pipes and for scoring."""

import logging
from collections.abc import Iterator

from pipeline.extraction.choice import chosen_extractor
from pipeline.extraction.safely import extract_safely
from pipeline.run.inputs import patterns_of
from pipeline.run.options import ReadOptions
from pipeline.sources.passed_over import folders_of, unread_in
from pipeline.sources.transform import matched_files, read_files
from schemas import Article, Mention, Reject, Tally

_log = logging.getLogger(__name__)


def reports_in(options: ReadOptions, tallies: bool) -> Iterator[Mention | Tally]:
    """Yield the mentions (or the tallies) of all articles that the inputs hold, in order.

    What cannot be read is logged as a warning. Raises NoInputError for an input that matches nothing.
    """
    wanted = Tally if tallies else Mention
    extractor = chosen_extractor(options.extractor).make()
    for passed_over in unread_in(folders_of(options.inputs)).rejects:
        _log.warning("%s: %s", passed_over.ref, passed_over.reason)
    for found in read_files(matched_files(patterns_of(options.inputs, matched_files)), options.limits):
        read = extract_safely(extractor, found) if isinstance(found, Article) else found
        if isinstance(read, Reject):
            _log.warning("%s: %s", read.ref, read.reason)
        else:
            yield from (report for report in read if isinstance(report, wanted))
