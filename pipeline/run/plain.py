"""Extraction without a pipeline and without a database: for pipes and for scoring."""

import logging
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import WrongOptionError
from pipeline.extraction.choice import Choice, chosen_extractor
from pipeline.extraction.document import Document
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.rules.incidents.trace import Trace
from pipeline.extraction.safely import extract_safely
from pipeline.run.inputs import patterns_of
from pipeline.run.options import ReadOptions
from pipeline.sources.passed_over import folders_of, unread_in
from pipeline.sources.transform import matched_files, read_files
from pipeline.storage.exports import known_articles
from schemas import Article, Mention, Reject, Tally

_log = logging.getLogger(__name__)


def reports_in(options: ReadOptions, tallies: bool) -> Iterator[Mention | Tally]:
    """Yield the mentions (or the tallies) of all articles that the inputs hold, in order.

    What cannot be read is logged as a warning. Raises NoInputError for an input that matches nothing.
    """
    wanted = Tally if tallies else Mention
    chosen = chosen_extractor(options.extractor, options.setup())
    extractor = chosen.make()
    for passed_over in unread_in(folders_of(options.inputs)).rejects:
        _warn(passed_over)
    for found in _prepared(options, chosen):
        read = extract_safely(extractor, found) if isinstance(found, Article) else found
        if isinstance(read, Reject):
            _warn(read)
        else:
            yield from (report for report in read if isinstance(report, wanted))


def _prepared(options: ReadOptions, chosen: Choice) -> Iterator[Article | Reject]:
    files = matched_files(patterns_of(options.inputs, matched_files))
    found = read_files(files, options.limits, chosen.languages)
    return found if chosen.preparation is None else chosen.preparation.done(found)


def estimate_of(options: ReadOptions, database: Path | None = None) -> str | None:
    """Return what reading the inputs may cost, as a line for people, null if the user asked to read them.

    Articles that a database holds are read no more. Raises NoInputError for an input that matches nothing.
    """
    chosen = chosen_extractor(options.extractor, options.setup(database))
    if chosen.preparation is None:
        return None
    files = matched_files(patterns_of(options.inputs, matched_files)) if options.inputs else []
    known = known_articles(database) if database is not None else frozenset()
    found = read_files(files, options.limits, chosen.languages)
    return chosen.preparation.estimate(one for one in found if isinstance(one, Article) and one.article_id not in known)


def explanations_of(options: ReadOptions) -> Iterator[tuple[Article, Document, Trace]]:
    """Yield all articles that the inputs hold, as they are analysed, with what became of their statements.

    What cannot be read is logged as a warning. Raises NoInputError for an input that matches nothing, WrongOptionError
    for an extractor that does not explain itself.
    """
    extractor = chosen_extractor(options.extractor, options.setup()).make()
    if not isinstance(extractor, RulesExtractor):
        raise WrongOptionError(f"--extractor {options.extractor} does not explain itself: only the rules do")
    for passed_over in unread_in(folders_of(options.inputs)).rejects:
        _warn(passed_over)
    for found in read_files(matched_files(patterns_of(options.inputs, matched_files)), options.limits):
        if isinstance(found, Article):
            yield found, *extractor.explain(found)
        else:
            _warn(found)


def _warn(unread: Reject) -> None:
    _log.warning("%s: %s", unread.ref, unread.reason)
