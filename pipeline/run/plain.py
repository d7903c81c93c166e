"""Extraction without a pipeline and without a database: for pipes and for scoring."""

import logging
from collections.abc import Iterator

from pipeline.extraction.choice import chosen_extractor, shared_extractor
from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.trace import Trace
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
    for article in _articles_in(options):
        read = extract_safely(extractor, article)
        if isinstance(read, Reject):
            _warn(read)
        else:
            yield from (report for report in read if isinstance(report, wanted))


def explanations_of(options: ReadOptions) -> Iterator[tuple[Article, Document, Trace]]:
    """Yield all articles that the inputs hold, as they are analysed, with what became of their statements.

    What cannot be read is logged as a warning. Raises NoInputError for an input that matches nothing.
    """
    extractor = shared_extractor(options.extractor.encoder, options.extractor.places, options.extractor.actors)
    for article in _articles_in(options):
        yield article, *extractor.explain(article)


def _articles_in(options: ReadOptions) -> Iterator[Article]:
    for passed_over in unread_in(folders_of(options.inputs)).rejects:
        _warn(passed_over)
    for found in read_files(matched_files(patterns_of(options.inputs, matched_files)), options.limits):
        if isinstance(found, Article):
            yield found
        else:
            _warn(found)


def _warn(unread: Reject) -> None:
    _log.warning("%s: %s", unread.ref, unread.reason)
