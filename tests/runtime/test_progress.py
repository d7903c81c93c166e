import json
import pickle
import subprocess
import sys
import threading
from pathlib import Path

from pipeline.runtime.progress import Meter, read_totals


def test_totals_are_read_when_a_bundle_ends(tmp_path: Path) -> None:
    meter = Meter(str(tmp_path))
    for _ in range(3):
        meter.add(articles=1, mentions=2)
    meter.add(rejects=1)
    meter.flush()
    assert read_totals(tmp_path) == {"articles": 3, "mentions": 6, "rejects": 1}


def test_meters_of_one_process_share_their_totals(tmp_path: Path) -> None:
    one, other = Meter(str(tmp_path)), pickle.loads(pickle.dumps(Meter(str(tmp_path))))  # noqa: S301  # our own
    one.add(articles=1)
    other.add(articles=2)
    one.flush()
    assert read_totals(tmp_path)["articles"] == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_runs_are_counted_apart(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        meter = Meter(str(tmp_path / name))
        meter.add(articles=1)
        meter.flush()
    assert read_totals(tmp_path / "one") == {"articles": 1}


def test_processes_are_summed(tmp_path: Path) -> None:
    script = (
        "import sys; from pipeline.runtime.progress import Meter; m = Meter(sys.argv[1]); m.add(articles=5); m.flush()"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)  # this very interpreter
    meter = Meter(str(tmp_path))
    meter.add(articles=2)
    meter.flush()
    assert read_totals(tmp_path) == {"articles": 7}


def test_the_first_count_is_told_at_once(tmp_path: Path) -> None:
    Meter(str(tmp_path)).add(articles=1)
    assert read_totals(tmp_path) == {"articles": 1}


def test_threads_lose_nothing(tmp_path: Path) -> None:
    meter = Meter(str(tmp_path))
    meter.add(articles=0)
    threads = [threading.Thread(target=lambda: [meter.add(articles=1) for _ in range(500)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    meter.flush()
    assert read_totals(tmp_path)["articles"] == 2_000


def test_half_written_totals_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "7.new").write_text('{"arti')
    (tmp_path / "8.json").write_text(json.dumps({"articles": 4}))
    assert read_totals(tmp_path) == {"articles": 4}


def test_without_a_folder_nothing_is_counted(tmp_path: Path) -> None:
    meter = Meter(None)
    meter.add(articles=1)
    meter.flush()
    assert read_totals(tmp_path) == {}
