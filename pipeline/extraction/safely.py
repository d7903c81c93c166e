"""Extraction of one article that cannot end the work on all others."""

from pipeline.extraction.interface import Extractor
from pipeline.records.rejects import reject
from schemas import Article, Mention, Reject, Tally, check_quotes


def extract_safely(extractor: Extractor, article: Article) -> list[Mention | Tally] | Reject:
    """Return what an article reports, every quote checked, or the reject that says how the extractor failed on it.

    Not all that an extractor meets in the wild is foreseen; the article is stored all the same.
    """
    try:
        reports = extractor.extract(article)
        for report in reports:
            check_quotes(report.evidence, article.text)
    except Exception as error:  # a fault in reading one article must not end a run over a million
        problem = f"invalid report: {error}" if isinstance(error, ValueError) else f"failed: {error!r}"
        return reject("extraction", f"{extractor.name} {extractor.version} {problem}", article.ref, article.text)
    return reports
