import gc
import os
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.extraction.choice import let_go, shared_extractor
from pipeline.extraction.interface import Setup


def test_a_process_has_one_extractor_until_its_files_change(tmp_path: Path) -> None:
    actors = tmp_path / "actors.csv"
    actors.write_text("", encoding="utf-8")
    first = shared_extractor("rules", Setup())
    assert shared_extractor("rules", Setup()) is first
    os.utime(actors, ns=(1, 1))
    mine = shared_extractor("rules", Setup(actors=actors))
    assert mine is not first
    assert shared_extractor("rules", Setup(actors=actors)) is mine
    os.utime(actors, ns=(2, 2))
    assert shared_extractor("rules", Setup(actors=actors)) is not mine


def test_threads_that_begin_together_share_one() -> None:
    let_go()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: shared_extractor("rules", Setup()), range(4)))
    assert {id(extractor) for extractor in made} == {id(made[0])}


def test_an_extractor_that_was_let_go_leaves_the_memory() -> None:
    kept = weakref.ref(shared_extractor("rules", Setup()))
    let_go()
    gc.collect()
    assert kept() is None
