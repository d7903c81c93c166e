"""What each part of the extractor is worth: a row for each way of reading, a column for each score.

    python -m benchmarks.ablation DATA [--articles 200]

DATA is a folder with `data/` (the labelled corpora), `gold/` (labelled pages) and `eval/score.py`. The scores of pages,
PITF, CASE and MUC are the scorer's own; roles on WikiEvents are scored here (`benchmarks/wikievents.py`). Then the
speed: articles of 2.5 kB on one core with everything loaded, beside the encoder run over the full text.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import wikievents
from pipeline.extraction.encoder.completion import SecondReader
from pipeline.extraction.encoder.model import DATA, Encoder
from pipeline.extraction.interface import Extractor
from pipeline.extraction.places.gazetteer import Gazetteer
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.text.sentences import split_sentences
from pipeline.sources.reader import read_file
from schemas import Article, Mention

_SIZE = 2500
_SETS = {
    "pages": ("gold/pages_dev.jsonl", "gold/pages_gold_dev.jsonl", None),
    "pitf": ("data/pitf_dev.jsonl.gz", "data/pitf_dev.jsonl.gz", None),
    "case": ("data/case2021_dev.jsonl.gz", "data/case2021_dev.jsonl.gz", None),
    "muc": ("data/muc4_train_dev.jsonl.gz", "data/muc4_train_dev.jsonl.gz", "dev"),
}
_COLUMNS = {
    "strict": ("pages", r"strict.*F1 ([\d.]+)"),
    "lenient": ("pages", r"lenient.*F1 ([\d.]+)"),
    "place": ("pages", r"slot place:.*= ([\d.]+)"),
    "perp": ("pages", r"slot perpetrator:.*= ([\d.]+)"),
    "target": ("pages", r"slot target:.*= ([\d.]+)"),
    "pitf": ("pitf", r"found:.*= ([\d.]+)"),
    "p.place": ("pitf", r"pitf place:.*= ([\d.]+)"),
    "case": ("case", r"accuracy:.*?= ([\d.]+)"),
    "muc doc": ("muc", r"incident:.*F1 ([\d.]+)"),
    "muc fill": ("muc", r"fill F1: ([\d.]+)"),
}


class _NoSites(Gazetteer):
    """The gazetteer without the curated sites; regions, seas and countries stay."""

    def _add_curated(self, row: dict[str, str]) -> None:
        if row["type"] in ("region", "sea", "admin1", "capital"):
            super()._add_curated(row)


class _NoneShipped(Gazetteer):
    """The gazetteer without its towns, provinces, districts and airfields."""

    @staticmethod
    def _read_shipped() -> list[str]:
        return []


def _with_gazetteer(gazetteer: Gazetteer) -> RulesExtractor:
    extractor = RulesExtractor()
    extractor._reader._places._gazetteer = gazetteer  # the product has no use for a gazetteer with less in it
    return extractor


def ways() -> dict[str, Callable[[], Extractor]]:
    """Return the ways of reading, by name."""
    made: dict[str, Callable[[], Extractor]] = {
        "rules, no curated sites": lambda: _with_gazetteer(_NoSites()),
        "rules, no towns or airfields": lambda: _with_gazetteer(_NoneShipped()),
        "rules": RulesExtractor,
    }
    if (DATA / "encoder.onnx").exists():
        made |= {
            "rules + syntax": lambda: _completed(tagger=False),
            "rules + tagger": lambda: _completed(syntax=False),
            "rules + syntax + tagger": _completed,
        }
    return made


def _completed(**heads: bool) -> RulesExtractor:
    return RulesExtractor(completion=SecondReader(Encoder(), **heads))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=200, help="how many articles the speed is measured on")
    options = parser.parse_args()
    corpora = Corpora(options.data)
    print(f"{'':30}" + "".join(f"{name:>9}" for name in (*_COLUMNS, "roles P", "roles R", "roles F1", "ms/page")))
    for name, make in ways().items():
        print(f"{name:30}" + "".join(f"{figure:9.3f}" for figure in corpora.figures(make())), flush=True)
    print()
    measure_speed(corpora.pages, options.articles)


class Corpora:
    """The labelled sets as articles, with their scorer."""

    def __init__(self, data: Path) -> None:
        self._scorer = _module(data / "eval/score.py")
        self._gold: dict[str, Any] = {}
        self._articles: dict[str, list[Article]] = {}
        for name, (source, gold, split) in _SETS.items():
            self._gold[name] = _split(self._scorer.lines(data / gold), split)
            self._articles[name] = _articles(
                self._scorer.articles(name, _split(self._scorer.lines(data / source), split))
            )
        self._documents = wikievents.read(data / "data/wikievents.jsonl.gz")
        texts = ({"id": d["doc_id"], "text": wikievents.text_of(d)} for d in self._documents)
        self._articles["wikievents"] = _articles(texts)

    @property
    def pages(self) -> list[Article]:
        """The labelled pages."""
        return self._articles["pages"]

    def figures(self, extractor: Extractor) -> list[float]:
        """Return the figures of one way of reading, in the order of the columns."""
        printed: dict[str, str] = {}
        for name, gold in self._gold.items():
            began = time.process_time()
            mentions = _mentions(extractor, self._articles[name])
            if name == "pages":
                per_page = (time.process_time() - began) / len(self.pages) * 1000
            with contextlib.redirect_stdout(io.StringIO()) as caught:
                getattr(self._scorer, f"score_{name}")(gold, mentions, 0)
            printed[name] = caught.getvalue()
        found = [float(_found(pattern, printed[name])) for name, pattern in _COLUMNS.values()]
        return [*found, *self._roles(extractor), per_page]

    def _roles(self, extractor: Extractor) -> wikievents.Figures:
        by_document = defaultdict(list)
        for mention in _mentions(extractor, self._articles["wikievents"]):
            by_document[mention["ref"]].append(mention)
        scored = wikievents.score(self._documents, lambda d: by_document[d["doc_id"]], self._scorer.overlap)
        return dict(scored)["all"]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _split(rows: list[dict[str, Any]], split: str | None) -> list[dict[str, Any]]:
    return [row for row in rows if split is None or row.get("split") == split]


def _articles(rows: Iterable[Mapping[str, Any]]) -> list[Article]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return [a for a in read_file(str(path), lambda p: Path(p).open("rb"), None) if isinstance(a, Article)]


def _mentions(extractor: Extractor, articles: Iterable[Article]) -> list[dict[str, Any]]:
    found = (report for article in articles for report in extractor.extract(article))
    return [report.model_dump(mode="json") for report in found if isinstance(report, Mention)]


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"the scorer printed nothing like {pattern!r}")
    return match[1]


def measure_speed(pages: list[Article], count: int) -> None:
    """Print articles a second of each way, and of the encoder over all sentences, on articles of 2.5 kB in turn."""
    joined = "\n\n".join(page.text for page in pages)
    pieces = [joined[at : at + _SIZE] for at in range(0, len(joined) - _SIZE, _SIZE)]
    articles = _articles({"id": f"{i}", "text": f"{pieces[i % len(pieces)]} {i}"} for i in range(count))
    made = ways()
    readers = {name: make() for name, make in made.items() if "no " not in name}
    speeds = {name: _speed(articles, reader.extract) for name, reader in readers.items()}
    if (DATA / "encoder.onnx").exists():
        encoder = Encoder()
        speeds["encoder over the full text"] = _speed(articles, lambda article: _read_all(encoder, article.text))
    for name, speed in speeds.items():
        print(f"{name:30}{speed:9.1f} articles/s of 2.5 kB, one core")
    for name in readers:
        print(f"{name:30}", _start_up(name))


def _read_all(encoder: Encoder, text: str) -> None:
    encoder.read(text, [(s.start, s.end) for s in split_sentences(text)])


def _speed(articles: list[Article], read: Callable[[Article], object]) -> float:
    read(articles[0])
    began = time.process_time()
    for article in articles:
        read(article)
    return len(articles) / (time.process_time() - began)


def _start_up(name: str) -> str:
    """Return what a fresh process takes to load one way and read its first article."""
    result = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", _START, name], capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


_START = """
import sys, time
began = time.perf_counter()
from benchmarks import ablation
ablation.report_start(sys.argv[1], began)
"""


def report_start(name: str, began: float) -> None:
    """Load one way, read an article, and print the seconds since `began` and the peak memory."""
    ways()[name]().extract(
        _articles([{"id": "one", "text": "Gunmen attacked a police station in Quetta on Monday."}])[0]
    )
    memory = _peak_mb()
    print(f"start-up {time.perf_counter() - began:.1f} s, {memory:.0f} MB")


def _peak_mb() -> float:
    """Return the peak memory of this process: its own, where Linux tells it apart from that of its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
