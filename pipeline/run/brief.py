"""What a run found, in a line."""

from schemas.incident import RunRecord


def line_of(run: RunRecord) -> str:
    """Return what a run found, in one line, as logs of schedulers want it."""
    seconds = (run.finished_at - run.started_at).total_seconds()
    return (
        f"{run.articles_read:,} articles read, {run.articles_new:,} new, {run.mentions_new:,} mentions, "
        f"{run.incidents_created:,} incidents new, {run.incidents_updated:,} updated, {run.rejects_new:,} rejects "
        f"in {seconds:.1f} s"
    )
