"""Writing a file so that it is never seen half done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from pipeline.errors import ExportError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside `path` that takes its place at the end, or is removed if something goes wrong.

    Raises ExportError where that cannot be.
    """
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            beside = Path(file.name)
            try:
                yield file
                file.close()
                beside.chmod(0o644)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(str(path), error.strerror or str(error)) from error
