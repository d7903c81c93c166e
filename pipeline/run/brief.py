"""What a run found, in a line."""

from pipeline.run.launcher import Outcome


def line_of(outcome: Outcome) -> str:
    """Return what a run found, in one line, as logs of schedulers want it."""
    run = outcome.record
    seconds = (run.finished_at - run.started_at).total_seconds()
    feeds = f", {outcome.feeds_failed} of {outcome.feeds_polled} feeds failed" if outcome.feeds_failed else ""
    return (
        f"{run.articles_read:,} articles read, {run.articles_new:,} new, {run.mentions_new:,} mentions, "
        f"{run.incidents_created:,} incidents new, {run.incidents_updated:,} updated, {run.rejects_new:,} rejects"
        f"{feeds} in {seconds:.1f} s"
    )
