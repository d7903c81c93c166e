from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.extraction.llm.store import AnswerStore, Kept


def kept(content: str) -> Kept:
    return Kept(content, "stop", 10, 3)


def test_what_is_kept_is_found_again_by_another_and_the_first_stays(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    AnswerStore(path).put("k", "m", kept("one"))
    AnswerStore(path).put("k", "m", kept("two"))
    assert AnswerStore(path).get("k") == kept("one")
    assert AnswerStore(path).get("other") is None


def test_looking_makes_no_file(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "answers.sqlite")
    assert store.get("k") is None
    assert (store.last(), store.tokens_since(0)) == (0, 0)
    assert not store.path.exists()


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite").touch()
    assert AnswerStore(tmp_path / "answers.sqlite").get("k") is None


def test_what_was_spent_since_is_counted(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "answers.sqlite")
    store.put("a", "m", kept("a"))
    since = store.last()
    assert store.tokens_since(since) == 0
    store.put("b", "m", kept("b"))
    store.put("c", "m", kept("c"))
    assert store.tokens_since(since) == 26


def test_threads_write_at_a_time(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "answers.sqlite")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.put(str(n % 20), "m", kept(str(n % 20))), range(80)))
    assert [store.get(str(n)) for n in range(20)] == [kept(str(n)) for n in range(20)]
    assert store.tokens_since(0) == 20 * 13
