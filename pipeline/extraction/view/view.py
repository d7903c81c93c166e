"""From an article to what is read in its place, and from what was found there back to the article."""

from pipeline.extraction.view.characters import readable
from pipeline.extraction.view.edits import View
from pipeline.extraction.view.layout import IsPlace, laid_out
from pipeline.extraction.view.marks import without_marks
from pipeline.extraction.view.remnants import without_remnants
from schemas import Article, Evidence, Mention, Tally


def view_of(article: Article, is_place: IsPlace) -> View:
    """Return what is read in an article's place."""
    return laid_out(without_marks(readable(without_remnants(View(article.text)))), article.blocks, is_place)


def in_the_article(report: Mention | Tally, view: View, text: str) -> Mention | Tally:
    """Return a report that was found in the view with its evidence quoted from the article's `text`."""
    if view.is_original:
        return report
    return report.model_copy(update={"evidence": tuple(_quoted(each, view, text) for each in report.evidence)})


def _quoted(evidence: Evidence, view: View, text: str) -> Evidence:
    start, end = view.original(evidence.start, evidence.end)
    return Evidence(field=evidence.field, start=start, end=end, quote=text[start:end])
