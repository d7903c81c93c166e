"""Which rule made the reports of an incident of which statements: found by reading their articles again."""

from collections.abc import Iterator, Sequence

from pipeline.commands.explain_text import steps_told
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.storage.accounts import Account
from schemas import Article, Mention


def traced(account: Account, articles: Sequence[Article]) -> Iterator[str]:
    """Yield the lines that tell what became of the statements that an incident's reports are made of.

    An article that another extractor has read, or this one with a user's own places and actors, may not give the
    same report again; the lines say so.
    """
    extractor = RulesExtractor()
    by_id = {article.article_id: article for article in articles}
    for mention in (report.mention for report in account.reports):
        yield f"\n{mention.mention_id} in {mention.ref}, statement by statement:"
        read_by = (mention.extractor, mention.extractor_version)
        if read_by != (extractor.name, extractor.version):
            yield f"  read by {' '.join(read_by)}, and this is {extractor.name} {extractor.version}: no trace"
        elif mention.article_id in by_id:
            yield from _trace_of(mention, by_id[mention.article_id], extractor)


def _trace_of(mention: Mention, article: Article, extractor: RulesExtractor) -> Iterator[str]:
    document, trace = extractor.explain(article)
    numbers = [number for number, told in trace.reported.items() if told == mention.mention_id]
    if not numbers:
        yield "  not reported when it is read again: it was read with other places or actors"
    yield from steps_told([step for step in trace.steps if step.decision.incident in numbers], document)
