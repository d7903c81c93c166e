"""Writing an export's file: all of it, or nothing."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import ExportError
from pipeline.export.registry import Format
from pipeline.export.rows import Row, Written


def write(form: Format, rows: Iterable[Row], path: Path) -> Written:
    """Write the rows to `path` through a file beside it, which takes the name when it is complete.

    What stood under the name goes. Raises ExportError when the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        written = form.write(rows, unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise ExportError(str(path), error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written
