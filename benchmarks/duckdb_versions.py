"""Whether other releases of DuckDB read the file that a run writes, lists of structs and views included.

Each release is installed into a throw-away environment (with uv, or else pip), opens the database of a run over the
seeds read-only, and reads every row of every table and view.

    python -m benchmarks.duckdb_versions [1.2 1.4 2.0]
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.runtime import logs

RELEASES = ("1.2", "1.3", "1.4", "2.0")

_READ = """
import sys, duckdb
held = duckdb.connect(sys.argv[1], read_only=True)
held.execute("SET TimeZone = 'UTC'")
names = held.execute("SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall()
rows = {name: len(held.execute(f'SELECT CAST(COLUMNS(*) AS VARCHAR) FROM "{name}"').fetchall()) for (name,) in names}
perpetrators = "SELECT unnest(perpetrators) AS actor FROM incidents"
actors = held.execute(f"SELECT count(*) FROM ({perpetrators}) WHERE actor.name <> ''")
print(duckdb.__version__, sum(rows.values()), "rows of", len(rows), "tables and views,", actors.fetchone()[0], "actors")
"""


def main() -> None:
    logs.configure(0)
    releases = sys.argv[1:] or RELEASES
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "incidents.duckdb"
        launcher.run(RunOptions(ReadOptions(("seeds",)), database))
        failed = [release for release in releases if not _reads(release, database, Path(folder))]
    sys.exit(f"not read by {', '.join(failed)}" if failed else 0)


def _reads(release: str, database: Path, folder: Path) -> bool:
    python = _environment(release, folder / release)
    done = subprocess.run(
        [str(python), "-c", _READ, str(database)], capture_output=True, text=True, check=False
    )  # fmt: skip
    print(f"{release}: {done.stdout.strip() or done.stderr.strip().splitlines()[-1]}", flush=True)
    return done.returncode == 0


def _environment(release: str, folder: Path) -> Path:
    python = folder / "bin" / "python"
    wanted = f"duckdb=={release}.*"
    if uv := shutil.which("uv"):
        commands = [[uv, "venv", "-q", str(folder)], [uv, "pip", "install", "-q", "--python", str(python), wanted]]
    else:
        commands = [[sys.executable, "-m", "venv", str(folder)], [str(python), "-m", "pip", "install", "-q", wanted]]
    for command in commands:
        subprocess.run(command, check=True)
    return python


if __name__ == "__main__":
    main()
