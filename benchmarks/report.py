"""The page of many incidents: how large its file is, how long it takes to write, to open, to filter, to tell.

Rows are made up: incidents with one to three reports, each in an article of some 2,500 characters with six quotes in
one stretch of fifty words and two elsewhere, over three years and forty places. Words are as frequent as in a natural
text (Zipf). Times in the browser are those of headless Chromium on a file, the slowest of each kind.

    python -m benchmarks.report [INCIDENTS ...]

Without arguments: 62, 10,000 and 100,000 incidents; with all words up to 10,000, without words from 10,000 on.
"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from pipeline.records import identity
from pipeline.storage.database import connect, create_schema
from schemas.tables import (
    ARTICLES,
    INCIDENT_MENTIONS,
    INCIDENT_REVISIONS,
    INCIDENTS,
    MENTIONS,
    RUNS,
    Table,
    arrow_schema,
)
from tests.support.browser import Browser, browsing

FIRST_DAY = date(2021, 1, 1)

_WATCHED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
"""Runs a command and prints the most memory that it took, in MB. A small process of its own: whatever is started by a
process that holds much counts what that held as its own (`vfork`).
"""

NOON = datetime(2024, 1, 1, 12, tzinfo=timezone.utc)
BATCH = 5_000
WITH_ALL_WORDS = 10_000
PARTIES = [f"{name} {kind}" for name in ("Northern", "River", "Hill", "Coast", "Desert") for kind in ("Front", "Army")]
TYPES = ["drone_attack", "airstrike", "ied_mine", "armed_clash", "rocket_missile_mortar", "armed_assault"]
FIELDS = [
    "event_type",
    "date_earliest",
    "place_name",
    "perpetrators",
    "targets",
    "killed_low",
    "wounded_low",
    "outcome",
]
COUNTRIES = ["SYR", "IRQ", "SDN", "MLI", "PAK", "UKR", "SOM", "MMR"]


class Maker:
    """Makes rows, the same for the same number."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # nothing secret
        self.words = ["".join(self.random.choices("aeioulnrstmkd", k=self.random.randint(2, 9))) for _ in range(8_000)]
        self.shares = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def text(self) -> tuple[str, list[dict[str, Any]]]:
        """An article, and the quotes in it."""
        words = self.random.choices(self.words, cum_weights=self.shares, k=380)
        begins = self.random.randrange(300)
        near = [begins + at for at in self.random.sample(range(0, 50, 5), len(FIELDS) - 2)]
        starts = sorted(near + self.random.sample(range(370), 2))
        text = " ".join(words)
        places = [0]
        for word in words:
            places.append(places[-1] + len(word) + 1)
        spans = [(places[at], places[at + self.random.randint(1, 4)] - 1) for at in starts]
        return text, [
            {"field": field, "start": start, "end": end, "quote": text[start:end]}
            for field, (start, end) in zip(FIELDS, spans, strict=True)
        ]

    def happening(self) -> dict[str, Any]:
        """What incidents and mentions share."""
        pick = self.random
        place = pick.randrange(40)
        first = FIRST_DAY + timedelta(days=pick.randrange(1_095))
        days = pick.choice([0, 0, 0, 0, 1, 6, 30])
        is_dated, precision = pick.random() < 0.93, pick.choice(["exact", "locality", "locality", "region", "country"])
        killed, wounded = pick.choice([None, None, 0, 1, 2, 5, 12]), pick.choice([None, None, 0, 3, 20])
        return {
            "event_type": pick.choice(TYPES), "status": "asserted", "outcome": pick.choice(["hit", "unknown"]),
            "background": pick.random() < 0.05,
            "date_earliest": first if is_dated else None,
            "date_latest": first + timedelta(days=days) if is_dated else None,
            "date_precision": ("days" if days else "day") if is_dated else "unknown",
            "date_basis": "explicit" if is_dated else "none",
            "place_name": f"Place {place}-{pick.randrange(60)}", "country": COUNTRIES[place % 8],
            "admin1": f"Province {place}", "geo_precision": precision,
            "latitude": None if precision == "country" else 10 + place * 0.7 + pick.gauss(0, 1),
            "longitude": None if precision == "country" else 20 + place * 1.1 + pick.gauss(0, 1),
            "perpetrators": self.parties(), "targets": self.parties(), "claimed_by": self.parties(0.2),
            "weapons": [{"weapon_type": "drone", "count_low": 2, "count_high": 3, "text": None}],
            "killed_low": killed, "killed_best": killed, "killed_high": None if killed is None else killed + 1,
            "wounded_low": wounded, "wounded_best": wounded, "wounded_high": wounded,
            "confidence": pick.randrange(40, 100) / 100, "confidence_parts": [],
        }  # fmt: skip

    def parties(self, share: float = 0.7) -> list[dict[str, Any]]:
        """No party, or one."""
        name = self.random.choice(PARTIES)
        party = {"name": name, "text": name, "actor_type": "armed_group", "actor_id": None}
        return [party] if self.random.random() < share else []

    def rows(self, incidents: int) -> Iterator[dict[Table, list[dict[str, Any]]]]:
        """Yield the rows of all tables, a batch of incidents at a time."""
        for first in range(0, incidents, BATCH):
            made: dict[Table, list[dict[str, Any]]] = {
                table: [] for table in (ARTICLES, MENTIONS, INCIDENTS, INCIDENT_MENTIONS, INCIDENT_REVISIONS)
            }
            for _ in range(first, min(incidents, first + BATCH)):
                self.add(made)
            yield made

    def add(self, made: dict[Table, list[dict[str, Any]]]) -> None:
        """Add an incident, its reports and their articles."""
        happening = self.happening()
        reports = self.random.choice([1, 1, 1, 1, 2, 3])
        incident = identity.incident_id(str(self.random.random()))
        ids = []
        for _ in range(reports):
            text, evidence = self.text()
            article = identity.article_id(None, None, text, NOON)
            mention = identity.mention_id(article, "")
            ids.append(mention)
            source = f"paper-{self.random.randrange(200)}.example"
            told = {"article_id": article, "ref": article, "source": source, "published_at": NOON}
            told["url"] = f"https://{source}/{article}"
            made[ARTICLES].append(told | {"title": text[:60], "text": text, "published_basis": "metadata"})
            origin = {"mention_id": mention, "extractor": "made up", "extractor_version": "1", "evidence": evidence}
            made[MENTIONS].append(told | happening | origin)
            made[INCIDENT_MENTIONS].append(
                {"incident_id": incident, "mention_id": mention, "link_score": 0.9, "group_id": incident}
                | {"link_reasons": ["date: same day (+3.0)", "place: same place (+3.0)"], "group_reasons": []}
            )
        conflict = {"field": "killed", "value": "2", "mention_ids": ids[:1]}
        counts = {"mention_count": reports, "article_count": reports, "source_count": reports}
        fused = happening | counts | {"incident_id": incident, "conflicts": [conflict] if reports > 2 else []}
        fused |= {"first_reported_at": NOON, "last_reported_at": NOON}
        made[INCIDENTS].append(fused)
        recorded = {"revision": 1, "run_id": 1, "recorded_at": NOON, "change": "created"}
        made[INCIDENT_REVISIONS].append(fused | recorded)


def make(database: Path, incidents: int) -> None:
    """Write a database of so many made-up incidents."""
    counts = {
        name: 0 for name in RUNS.columns if name.startswith(("articles", "mentions", "tallies", "rejects", "inci"))
    }
    ran = {"run_id": 1, "started_at": NOON, "finished_at": NOON, "version": "0", "inputs": []} | counts
    with connect(database) as connection:
        create_schema(connection)
        for made in [{RUNS: [ran | {"extractor": "made up", "extractor_version": "1"}]}, *Maker(7).rows(incidents)]:
            for table, rows in made.items():
                whole = [_defaults(table) | row for row in rows]
                connection.register("added", pa.Table.from_pylist(whole, arrow_schema(table.model)))
                connection.execute(f"INSERT INTO {table.name} BY NAME FROM added")  # our own names
                connection.unregister("added")


def _defaults(table: Table) -> dict[str, Any]:
    """Return what the columns hold that these rows leave out."""
    fields = table.model.model_fields.items()
    return {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}


def write(database: Path, page: Path, words: str) -> tuple[float, float]:
    """Write the page in a process of its own; return the seconds and the most MB that it took."""
    command = ["-m", "pipeline", "report", "--db", str(database), "-o", str(page), "--evidence", words]
    began = time.perf_counter()
    told = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", _WATCHED, sys.executable, *command, "--max-mb", "500"],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return time.perf_counter() - began, float(told.stdout.split()[-1])


def look(browser: Browser, page: Path) -> dict[str, float]:
    """Open a page, filter it and open incidents; return milliseconds, the slowest of each."""
    browser.open(page.as_uri())
    told = {"ready": float(browser.ask("document.body.dataset.ready"))}
    filters = [
        ("country", "SYR"),
        ("country", ""),
        ("q", "front"),
        ("q", ""),
        ("from", "2022-03-01"),
        ("type", "airstrike"),
    ]
    taken = []
    for name, value in filters:
        browser.set(name, value)
        taken.append(float(browser.ask("document.body.dataset.filtered")))
    told["filter"] = max(taken)
    taken = []
    for row in (0, 3, 1):
        browser.show(row)
        taken.append(float(browser.ask("document.body.dataset.opened")))
    told["incident"] = max(taken)
    return told


def main(sizes: list[int]) -> None:
    print("incidents  words      MB  write s  peak MB  ready ms  filter  incident")
    with TemporaryDirectory() as folder, browsing(Path(folder)) as browser:
        for size in sizes:
            database = Path(folder) / f"{size}.duckdb"
            make(database, size)
            for words in (["full"] if size <= WITH_ALL_WORDS else []) + (["none"] if size >= WITH_ALL_WORDS else []):
                page = Path(folder) / f"{size}-{words}.html"
                seconds, peak = write(database, page, words)
                seen = look(browser, page)
                print(
                    f"{size:>9,}  {words:<6} {page.stat().st_size / 1e6:>6.2f} {seconds:>8.1f} {peak:>8.0f} "
                    f"{seen['ready']:>9.0f} {seen['filter']:>7.0f} {seen['incident']:>9.0f}"
                )


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [62, 10_000, 100_000])
