"""Builds the gazetteer from the installed packages and writes it beside the rules."""

import argparse
from pathlib import Path

from pipeline.extraction.gazetteer_build.build import build_rows
from pipeline.extraction.gazetteer_build.write import write_rows

_SHIPPED = Path(__file__).parents[2] / "knowledge" / "data" / "gazetteer.tsv.gz"


def main() -> None:
    """Build and write; the only option is where to."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.extraction.gazetteer_build", description=__doc__)
    parser.add_argument("--output", type=Path, default=_SHIPPED, help="the file to write (default: the shipped one)")
    output = parser.parse_args().output
    count = write_rows(build_rows(), output)
    print(f"{output}: {count:,} places, {output.stat().st_size:,} bytes")  # noqa: T201 (a command's answer)


if __name__ == "__main__":
    main()
