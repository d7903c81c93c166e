"""`run`: read articles, write incidents."""

import argparse

from pipeline.commands.arguments import Commands, add_feeds, add_writing, run_options
from pipeline.runtime import interrupts
from pipeline.runtime.visible import say

_EPILOG = """Every other option goes to Apache Beam (--runner FlinkRunner, --direct_num_workers 2
--direct_running_mode multi_processing, ...). A run over the same input changes nothing; a run over more input adds
what is new.

exit status: 0 done; 1 the run failed and the database is as it was before; 2 wrong usage; 130 stopped by Ctrl-C

examples:
  python -m pipeline run seeds --output incidents.duckdb
  python -m pipeline run 'archive/2023-*.jsonl.gz' more/ --output incidents.duckdb
  python -m pipeline run --feeds feeds.txt --output incidents.duckdb
  python -m pipeline run gs://bucket/articles/ --staging /shared --output incidents.duckdb --runner FlinkRunner"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("run", help="read articles, write incidents to DuckDB", epilog=_EPILOG)
    parser.set_defaults(command=_run)
    add_writing(parser)
    parser.add_argument("--brief", action="store_true", help="print one line when it is done, for logs")
    add_feeds(parser, required=False)


def _run(options: argparse.Namespace, for_beam: list[str]) -> None:
    from pipeline.commands import summary
    from pipeline.run import brief, launcher, plain  # Beam takes most of a second to import: not for --help

    asked = run_options(options, for_beam)
    if (estimate := plain.estimate_of(asked.reading, asked.output)) is not None:
        say(estimate)
        return
    outcome = launcher.run(asked, watch=summary.live_line)
    interrupts.stop_listening()
    say(brief.line_of(outcome) if options.brief else summary.summarise(asked.output, outcome))
