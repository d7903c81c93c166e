"""Linking on news pages and on the seeds, whose incidents are labelled with the cluster that they belong to.

Of the pairs of labelled incidents that were both extracted, how many of one cluster ended in one incident, and how
many of different clusters did. A labelled incident is taken to be extracted by the mention of its page that agrees
with it best in kind, time and place, in two of the three at least; each mention stands for one.

    python -m benchmarks.clusters pages LABELS.jsonl ARTICLES.jsonl
    python -m benchmarks.clusters seeds LABELS.json FOLDER
"""

import argparse
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.linked import Linked, read_lines, run_over
from pipeline.knowledge.distance import great_circle_km
from schemas import Mention

_SAME_KM = 30.0
_VAGUE_TYPES = {"attack", "armed_attack", "attack_on_civilians", "armed_assault", "armed_clash"}
_AIR = {"drone_attack", "airstrike", "rocket_missile_mortar", "bombardment"}
_PLAIN = {"base", "air", "airbase", "city", "town", "province", "region", "camp", "garrison", "field", "near", "the"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clusters", description=__doc__)
    parser.add_argument("what", choices=("pages", "seeds"))
    parser.add_argument("labels", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--errors", action="store_true", help="name the pairs that went wrong")
    options = parser.parse_args()
    (_pages if options.what == "pages" else _seeds)(options.labels, options.articles, options.errors)


def _pages(labels: Path, articles: Path, errors: bool) -> None:
    linked = run_over(_article(row) for row in read_lines(articles))
    pages = read_lines(labels)
    found = _matched({page["id"]: page["incidents"] for page in pages}, linked)
    cluster_of = {one["key"]: one.get("cluster") or one["key"] for page in pages for one in page["incidents"]}
    loose = {one["key"] for page in pages for one in page["incidents"] if one.get("same_as")}
    keys = sorted(key for key in cluster_of if key in found and key not in loose)
    pairs = list(combinations(keys, 2))
    same = [pair for pair in pairs if cluster_of[pair[0]] == cluster_of[pair[1]]]
    other = [pair for pair in pairs if cluster_of[pair[0]] != cluster_of[pair[1]]]
    joined = [pair for pair in same if found[pair[0]] == found[pair[1]]]
    confused = [pair for pair in other if found[pair[0]] == found[pair[1]]]
    print(f"{len(found)} of {len(cluster_of)} labelled incidents extracted")
    print(f"one cluster: {len(joined)} of {len(same)} pairs in one incident = {len(joined) / len(same):.3f}")
    print(
        f"different clusters: {len(confused)} of {len(other)} pairs in one incident = {len(confused) / len(other):.4f}"
    )
    if errors:
        print("parted:", *(pair for pair in same if pair not in joined), "confused:", *confused, sep="\n  ")


def _seeds(labels: Path, articles: Path, errors: bool) -> None:
    spec = json.loads(labels.read_text(encoding="utf-8"))
    reported = {name: [_seed(one) for one in article["incidents"]] for name, article in spec["articles"].items()}
    found = _matched(reported, run_over(articles), shared=True)
    for group in spec["same_incident"]:
        print(f"one incident: {'whole' if len({found.get(key) for key in group}) == 1 else 'NOT WHOLE'} {group}")
    for one, two in spec["must_not_merge"]:
        merged = one in found and found[one] == found.get(two)
        print(
            f"apart: {'MERGED' if merged else 'apart' if {one, two} <= found.keys() else 'one not found'} {one} {two}"
        )


def _article(row: Mapping[str, Any]) -> dict[str, Any]:
    day = row.get("date") or ""
    names = ("id", "url", "title", "text")
    return {"published_at": day if len(day) == len("2023-10-17") else None} | {name: row.get(name) for name in names}


def _seed(one: Mapping[str, Any]) -> dict[str, Any]:
    def choices(value: Any) -> list[Any]:
        return value["any_of"] if isinstance(value, dict) and "any_of" in value else [value]

    days = [day for day in choices(one["date"]) if isinstance(day, dict)]
    return {
        "key": one["key"],
        "country": one.get("country"),
        "event_type": choices(one["event_type"]),
        "place": [*choices(one["place"]), *([one["admin1"]] if one.get("admin1") else [])],
        "date": {
            "earliest": min((day["earliest"] for day in days if day.get("earliest")), default=None),
            "latest": max((day["latest"] for day in days if day.get("latest")), default=None),
        },
    }


def _matched(
    reported: Mapping[str, Sequence[Mapping[str, Any]]], linked: Iterable[Linked], shared: bool = False
) -> dict[str, str]:
    """Return the incident in which each labelled incident ended.

    `shared`: a mention that agrees in all three may stand for a second label, where an article tells one deed twice.
    """
    mentions: dict[str, list[Linked]] = defaultdict(list)
    for one in linked:
        mentions[one.mention.ref.rsplit("/", 1)[-1]].append(one)
    found: dict[str, str] = {}
    for page, incidents in reported.items():
        ranked = sorted(
            (
                (_alike(one.mention, label), -n, -m)
                for n, one in enumerate(mentions[page])
                for m, label in enumerate(incidents)
            ),
            reverse=True,
        )
        used: set[int] = set()
        for likeness, n, m in ranked:
            free = -n not in used or (shared and likeness >= 3)
            if likeness >= 2 and free and incidents[-m]["key"] not in found:
                used.add(-n)
                found[incidents[-m]["key"]] = mentions[page][-n].incident_id
    return found


def _alike(mention: Mention, label: Mapping[str, Any]) -> float:
    """Return in how many of kind, time and place a mention agrees; 0 where neither time nor place does."""
    if (
        mention.country
        and label.get("country")
        and mention.country not in (label["country"], *label.get("country_ok", ()))
    ):
        return 0.0
    kind, time, place = _kind(mention, label["event_type"]), _time(mention, label["date"]), _place(mention, label)
    tolls = sum(_toll(mention, what, label.get(what)) for what in ("killed", "wounded"))
    return kind + time + place + 0.1 * tolls if time or place else 0.0


def _kind(mention: Mention, types: Sequence[str]) -> bool:
    kind, wanted = mention.event_type.value, {*types}
    if kind in wanted or "attack" in {kind, *wanted}:
        return True
    vague = kind in _VAGUE_TYPES and bool(_VAGUE_TYPES & wanted)
    return vague or (kind in _AIR and bool(_AIR & wanted) and "drone_attack" not in wanted)


def _time(mention: Mention, label: Mapping[str, Any]) -> bool:
    days = {*(label.get("tolerated") or ()), *(label.get("world_day") or ())}
    earliest, latest = mention.date_earliest, mention.date_latest
    if earliest is None or latest is None:
        return not label.get("earliest") or bool(label.get("tolerated_null"))
    if earliest == latest and str(earliest) in days:
        return True
    first, last = label.get("earliest") or label.get("latest"), label.get("latest") or label.get("earliest")
    if first is None or last is None:
        return earliest != latest
    return earliest <= date.fromisoformat(last) and latest >= date.fromisoformat(first)


def _place(mention: Mention, label: Mapping[str, Any]) -> bool:
    names = (mention.place_name, mention.place_text, mention.facility, mention.admin1)
    ours = {word for name in names if name for word in _words(name)}
    theirs = {word for name in _listed(label["place"]) for word in _words(name)}
    if any(one[:5] == two[:5] for one in ours for two in theirs):
        return True
    distance = great_circle_km(mention.latitude, mention.longitude, label.get("lat"), label.get("lon"))
    return distance is not None and distance <= _SAME_KM


def _toll(mention: Mention, what: str, label: Mapping[str, Any] | None) -> bool:
    best = getattr(mention, f"{what}_best")
    return bool(label) and best is not None and best == label.get("low")


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return {word for word in re.findall(r"[a-z]{3,}", plain) if word not in _PLAIN}


if __name__ == "__main__":
    main()
