import os
from pathlib import Path

from pipeline.extraction.choice import shared_extractor


def test_a_process_has_one_extractor_until_its_files_change(tmp_path: Path) -> None:
    actors = tmp_path / "actors.csv"
    actors.write_text("", encoding="utf-8")
    first = shared_extractor(False, None, None)
    assert shared_extractor(False, None, None) is first
    os.utime(actors, ns=(1, 1))
    mine = shared_extractor(False, None, actors)
    assert mine is not first
    assert shared_extractor(False, None, actors) is mine
    os.utime(actors, ns=(2, 2))
    assert shared_extractor(False, None, actors) is not mine
