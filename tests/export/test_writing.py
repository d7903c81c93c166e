"""An export's file is all there, or as it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ExportError
from pipeline.export.registry import FORMATS
from pipeline.export.writing import write
from tests.export.test_formats import LOCATED


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text("old", encoding="utf-8")

    def broken() -> Iterator[dict[str, Any]]:
        yield LOCATED
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left"):
        write(FORMATS["csv"], broken(), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["incidents.csv"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nowhere"):
        write(FORMATS["json"], [LOCATED], tmp_path / "nowhere" / "x.json")
